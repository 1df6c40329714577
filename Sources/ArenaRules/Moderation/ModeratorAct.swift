public import ArenaTypes

/// What a moderator can do.
public enum ModeratorAct: Hashable, Sendable, Codable {
  /// Voids a duel.
  case endDuel(id: DuelID)
  /// Stops a contest's clocks.
  case pauseContest(id: ContestID)
  /// Lets a contest's clocks run again.
  case resumeContest(id: ContestID)
  /// Ends a contest; what was reached counts.
  case endContest(id: ContestID)
  /// Takes a player's run off a contest's board.
  case removeFromContest(id: ContestID, player: PlayerID)
  /// Closes a player's connections and keeps the player out for so long; 0 is just the closing.
  case kick(player: PlayerID, seconds: Int)
}

/// What the shell has to do for a moderator's act.
public enum ModerationEffect: Hashable, Sendable {
  /// Give a duel this command.
  case duel(id: DuelID, command: DuelCommand)
  /// Give a contest this command.
  case contest(id: ContestID, command: ContestCommand)
  /// Close all connections of a player with the code for it and this reason.
  case disconnect(player: PlayerID, reason: String)
  /// Refuse the player until then.
  case ban(player: PlayerID, until: Timestamp, reason: String)
  /// Take the player out of the queue.
  case leaveQueue(player: PlayerID)
}

/// One line of the audit log: who, when, what and why.
public struct AuditEntry: Hashable, Sendable, Codable {
  /// When.
  public let at: Timestamp
  /// The label of the moderator's token.
  public let moderator: String
  /// What.
  public let act: ModeratorAct
  /// Why.
  public let reason: String
}

/// Decides what a moderator's act does.
///
/// The shell performs the effects once the audit entry is durable, never before.
public enum Moderation {
  /// The most characters of a reason.
  public static let reasonCharacterCountMax = 300
  /// The longest time to keep somebody out: ten years.
  public static let kickSecondsMax = 315_360_000

  /// What an act does, and the audit entry to write first.
  ///
  /// - Throws: `ModerationRejection` if the reason or the time is none.
  public static func perform(
    _ act: ModeratorAct, by moderator: String, because text: String, now: Timestamp
  ) throws(ModerationRejection) -> (entry: AuditEntry, effects: [ModerationEffect]) {
    let reason = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !reason.isEmpty else { throw .reasonMissing }
    guard reason.count <= reasonCharacterCountMax,
      reason.utf8.count <= 4 * reasonCharacterCountMax
    else { throw .reasonTooLong }
    if case .kick(_, let seconds) = act, !(0...kickSecondsMax).contains(seconds) {
      throw .badDuration
    }
    let entry = AuditEntry(at: now, moderator: moderator, act: act, reason: reason)
    return (entry, effects(of: entry))
  }

  private static func effects(of entry: AuditEntry) -> [ModerationEffect] {
    let (moderator, reason) = (entry.moderator, entry.reason)
    switch entry.act {
    case .endDuel(let id):
      return [.duel(id: id, command: .end(moderator: moderator, reason: reason))]
    case .pauseContest(let id):
      return [.contest(id: id, command: .pause(moderator: moderator, reason: reason))]
    case .resumeContest(let id):
      return [.contest(id: id, command: .resume(moderator: moderator, reason: reason))]
    case .endContest(let id):
      return [.contest(id: id, command: .end(moderator: moderator, reason: reason))]
    case .removeFromContest(let id, let player):
      return [
        .contest(id: id, command: .remove(player: player, moderator: moderator, reason: reason))
      ]
    case .kick(let player, let seconds):
      var effects: [ModerationEffect] = [
        .leaveQueue(player: player), .disconnect(player: player, reason: reason),
      ]
      if seconds > 0 {
        // The ban comes first: a client that is cut off comes back at once.
        let until = entry.at + Int64(seconds) * 1_000
        effects.insert(.ban(player: player, until: until, reason: reason), at: 0)
      }
      return effects
    }
  }
}

/// Why a moderator's act is refused.
public enum ModerationRejection: Rejection {
  /// Every act needs a reason.
  case reasonMissing
  /// The reason is too long.
  case reasonTooLong
  /// The time is negative or too long.
  case badDuration

  /// The wire error code.
  public var code: String {
    switch self {
    case .reasonMissing: "reason_missing"
    case .reasonTooLong: "text_too_long"
    case .badDuration: "bad_duration"
    }
  }

  /// What to do about it.
  public var remedy: Remedy { .correct }
}
