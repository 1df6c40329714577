/// Which rounds a duel has.
public enum DuelFormat: String, Hashable, Sendable, Codable, CaseIterable {
  /// Five pick rounds.
  case pick
  /// Three write rounds.
  case write
  /// Three fire rounds.
  case fire

  /// The kinds of the regular rounds, in order.
  public var rounds: [RoundKind] {
    switch self {
    case .pick: Array(repeating: .pick, count: 5)
    case .write: Array(repeating: .write, count: 3)
    case .fire: Array(repeating: .fire, count: 3)
    }
  }

  /// How many pick rounds may follow a tie.
  public static let suddenDeathCountMax = 3
}
