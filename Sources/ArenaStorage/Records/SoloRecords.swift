public import ArenaTypes

/// What a player's solo play keeps beside what it wrote and voted.
public struct SoloRecord: Hashable, Sendable, Codable {
  /// Who plays.
  public var player: PlayerID
  /// The state; the store doesn't look into it.
  public var state: [UInt8]

  /// A record of these parts.
  public init(player: PlayerID, state: [UInt8]) {
    self.player = player
    self.state = state
  }
}

/// What a player thinks of an explanation, of a campaign's or of another player's.
public struct VoteRecord: Hashable, Sendable, Codable {
  /// For or against.
  public enum Direction: Int, Hashable, Sendable, Codable {
    /// It fits.
    case up = 1
    /// It doesn't fit.
    case down = -1
    /// The vote is taken back; such a record is kept by nobody.
    case none = 0
  }

  /// Who votes.
  public var player: PlayerID
  /// The unit that is explained.
  public var unit: UnitID
  /// The explanation.
  public var explanation: ExplanationID
  /// The vote.
  public var direction: Direction
  /// When it was given.
  public var at: Timestamp

  /// A vote of these parts.
  public init(
    player: PlayerID, unit: UnitID, explanation: ExplanationID, direction: Direction, at: Timestamp
  ) {
    self.player = player
    self.unit = unit
    self.explanation = explanation
    self.direction = direction
    self.at = at
  }
}

/// How many have voted on one explanation.
public struct VoteCount: Hashable, Sendable, Codable {
  /// The explanation.
  public var explanation: ExplanationID
  /// How many for it.
  public var up: Int
  /// How many against it.
  public var down: Int

  /// A count of these parts.
  public init(explanation: ExplanationID, up: Int, down: Int) {
    self.explanation = explanation
    self.up = up
    self.down = down
  }
}

/// What a player says of a unit beside all explanations.
public struct UnitMarkRecord: Hashable, Sendable, Codable {
  /// What is said.
  public enum Mark: String, Hashable, Sendable, Codable {
    /// None of the explanations fits.
    case noneFits
    /// The unit has too many meanings for one explanation.
    case mess
    /// What was said is taken back; such a record is kept by nobody.
    case none
  }

  /// Who says it.
  public var player: PlayerID
  /// Of which unit.
  public var unit: UnitID
  /// What.
  public var mark: Mark
  /// When.
  public var at: Timestamp

  /// A mark of these parts.
  public init(player: PlayerID, unit: UnitID, mark: Mark, at: Timestamp) {
    self.player = player
    self.unit = unit
    self.mark = mark
    self.at = at
  }
}

/// An explanation that waits for its score.
///
/// In the queue stand first those that failed least often, then those that were paid for, then the
/// older ones.
public struct WaitingTextRecord: Hashable, Sendable, Codable {
  /// The explanation.
  public var explanation: ExplanationID
  /// The unit that it explains.
  public var unit: UnitID
  /// Its author.
  public var player: PlayerID
  /// Since when it waits.
  public var askedAt: Timestamp
  /// Whether its author's budget has paid for it; otherwise it is a draft.
  public var isPaid: Bool
  /// How often the engine could not score it.
  public var failureCount: Int

  /// A waiting text of these parts.
  public init(
    explanation: ExplanationID, unit: UnitID, player: PlayerID, askedAt: Timestamp, isPaid: Bool,
    failureCount: Int = 0
  ) {
    self.explanation = explanation
    self.unit = unit
    self.player = player
    self.askedAt = askedAt
    self.isPaid = isPaid
    self.failureCount = failureCount
  }
}

/// A daily that a player has finished.
public struct FinishedDailyRecord: Hashable, Sendable, Codable {
  /// Who.
  public var player: PlayerID
  /// The daily's own date, in days since 1970-01-01.
  public var day: Int64
  /// When it was finished.
  public var at: Timestamp

  /// A record of these parts.
  public init(player: PlayerID, day: Int64, at: Timestamp) {
    self.player = player
    self.day = day
    self.at = at
  }
}
