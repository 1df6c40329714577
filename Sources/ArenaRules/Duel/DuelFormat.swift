/// Which rounds a duel has.
public enum DuelFormat: String, Hashable, Sendable, Codable, CaseIterable {
  /// Five pick rounds.
  case pick
  /// Three write rounds.
  case write
  /// Three fire rounds.
  case fire
  /// Five rounds, one of each kind.
  case mixed

  /// The kinds of the regular rounds, in order.
  public var rounds: [RoundKind] {
    switch self {
    case .pick: Array(repeating: .pick, count: 5)
    case .write: Array(repeating: .write, count: 3)
    case .fire: Array(repeating: .fire, count: 3)
    // From reading to writing; the round that counts double is settled by the model itself.
    case .mixed: [.pick, .oddOneOut, .predict, .write, .fire]
    }
  }

  /// How many pick rounds may follow a tie.
  public static let suddenDeathCountMax = 3
}
