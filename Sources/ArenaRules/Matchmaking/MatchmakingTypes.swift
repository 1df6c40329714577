public import ArenaTypes

/// A player's place in the queue.
public struct Ticket: Hashable, Sendable, Codable {
  /// Who waits.
  public let player: PlayerID
  /// For which format.
  public let format: DuelFormat
  /// The player's rating in that format.
  public let rating: Double
  /// What the player can be recognised by beside the id (account, device), as the shell's keys.
  ///
  /// Two tickets with a key in common are never matched. A network address is none: households share
  /// one.
  public let identities: [String]
  /// Since when the player has waited.
  public let since: Timestamp

  /// A ticket of these parts.
  public init(
    player: PlayerID, format: DuelFormat, rating: Double, identities: [String] = [],
    since: Timestamp
  ) {
    self.player = player
    self.format = format
    self.rating = rating
    self.identities = identities
    self.since = since
  }

  /// Whether both may be the same person.
  func mayBeSamePerson(as other: Ticket) -> Bool {
    player == other.player || !Set(identities).isDisjoint(with: other.identities)
  }
}

/// Two who are to play: the shell makes sure that both are connected, and `join`s the one who is with
/// the old ticket again if the other isn't, which keeps the place.
public struct Match: Hashable, Sendable, Codable {
  /// The one who waited longer.
  public let first: Ticket
  /// The other one.
  public let second: Ticket
}

/// What can be done to the queue.
public enum MatchmakingCommand: Hashable, Sendable, Codable {
  /// A player waits; with an old ticket, in the old place.
  case join(ticket: Ticket)
  /// A player waits no longer; harmless for one who doesn't.
  case leave(player: PlayerID)
  /// A player takes the bot that was offered.
  case acceptBot(player: PlayerID)
  /// Time has passed; due at `Matchmaking.nextDeadline`, harmless at any moment.
  case tick
}

/// Why a player still waits.
public enum WaitReason: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nobody else waits for this format.
  case alone
  /// Others wait, but their ratings are too far away yet; the accepted gap is widening.
  case widening
  /// The only others may be the same person.
  case sameIdentity = "same_identity"
}

/// What has happened in the queue.
public enum MatchmakingEvent: Hashable, Sendable, Codable {
  /// Two were taken out of the queue to play.
  case matched(match: Match)
  /// A player waits, for this reason; told on joining and when the reason changes.
  case waiting(player: PlayerID, reason: WaitReason, gap: Int, others: Int)
  /// A player has waited for long enough to be offered a bot; the wait goes on.
  case botOffered(player: PlayerID)
  /// A player was taken out of the queue to play a bot.
  case botMatched(ticket: Ticket)
  /// A player was taken out of the queue.
  case left(player: PlayerID)
}

/// Why the queue refuses a command; the queue is as it was.
public enum MatchmakingRejection: Rejection {
  /// The player waits already.
  case alreadyQueued
  /// The player doesn't wait.
  case notQueued
  /// No bot was offered yet; carries when one will be.
  case noBotOffered(offeredAt: Timestamp)
  /// The queue is full.
  case full

  /// The wire error code.
  public var code: String {
    switch self {
    case .alreadyQueued: "already_queued"
    case .notQueued: "not_queued"
    case .noBotOffered: "no_bot_offered"
    case .full: "busy"
    }
  }

  /// What to do about it.
  public var remedy: Remedy {
    switch self {
    case .alreadyQueued, .notQueued: .refresh
    case .noBotOffered(let offeredAt): .wait(until: offeredAt)
    case .full: .wait(until: nil)
    }
  }
}
