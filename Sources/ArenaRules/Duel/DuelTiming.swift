import ArenaTypes

/// How long the parts of a duel last, in milliseconds.
public struct DuelTiming: Hashable, Sendable, Codable {
  /// From the match to the first question.
  public var countdownMilliseconds: Int64 = 3_000
  /// The time for a pick question.
  public var pickMilliseconds: Int64 = 30_000
  /// The time for a write question.
  public var writeMilliseconds: Int64 = 75_000
  /// The time for an odd-one-out question.
  public var oddOneOutMilliseconds: Int64 = 20_000
  /// The time for a predict question.
  public var predictMilliseconds: Int64 = 30_000
  /// The time for a fire question.
  public var fireMilliseconds: Int64 = 60_000
  /// How long the reveal of a pick round is shown.
  public var pickRevealMilliseconds: Int64 = 8_000
  /// How long the reveal of any other round is shown: there is more to read.
  public var textRevealMilliseconds: Int64 = 12_000
  /// How long a finished question waits for the engine; what is missing then counts nothing.
  public var engineWaitMilliseconds: Int64 = 20_000
  /// How long a player must be away before the other may claim the duel.
  public var absenceMilliseconds: Int64 = 30_000

  /// The timing of the game.
  public init() {}

  /// Reads a timing; what a journal of an older server doesn't have is as in a new timing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func read(_ key: CodingKeys, into field: inout Int64) throws {
      field = try values.decodeIfPresent(Int64.self, forKey: key) ?? field
    }
    try read(.countdownMilliseconds, into: &countdownMilliseconds)
    try read(.pickMilliseconds, into: &pickMilliseconds)
    try read(.writeMilliseconds, into: &writeMilliseconds)
    try read(.oddOneOutMilliseconds, into: &oddOneOutMilliseconds)
    try read(.predictMilliseconds, into: &predictMilliseconds)
    try read(.fireMilliseconds, into: &fireMilliseconds)
    try read(.pickRevealMilliseconds, into: &pickRevealMilliseconds)
    try read(.textRevealMilliseconds, into: &textRevealMilliseconds)
    try read(.engineWaitMilliseconds, into: &engineWaitMilliseconds)
    try read(.absenceMilliseconds, into: &absenceMilliseconds)
  }

  /// The time for a question of `kind`.
  public func question(_ kind: RoundKind) -> Int64 {
    switch kind {
    case .pick: pickMilliseconds
    case .write: writeMilliseconds
    case .oddOneOut: oddOneOutMilliseconds
    case .predict: predictMilliseconds
    case .fire: fireMilliseconds
    }
  }

  /// How long the reveal of a round of `kind` is shown.
  public func reveal(_ kind: RoundKind) -> Int64 {
    switch kind {
    case .pick: pickRevealMilliseconds
    case .write, .oddOneOut, .predict, .fire: textRevealMilliseconds
    }
  }
}

extension Timestamp {
  /// The moment `milliseconds` later.
  static func + (moment: Self, milliseconds: Int64) -> Self {
    Self(millisecondsSinceEpoch: moment.millisecondsSinceEpoch + milliseconds)
  }

  /// The moment `milliseconds` earlier.
  static func - (moment: Self, milliseconds: Int64) -> Self {
    Self(millisecondsSinceEpoch: moment.millisecondsSinceEpoch - milliseconds)
  }

  /// The milliseconds from `other` to this moment.
  func milliseconds(since other: Self) -> Int64 {
    millisecondsSinceEpoch - other.millisecondsSinceEpoch
  }
}
