/// Something that accuracy earns, and volume doesn't.
public enum Milestone: String, Hashable, Sendable, CaseIterable {
  /// An explanation that scores 50.
  case half
  /// An explanation that scores 70.
  case clear
  /// An explanation that scores 85.
  case brilliant
  /// The best explanation that is known of a unit.
  case ahead
  /// The best explanations that are known of five units.
  case pathfinder
  /// A mean of 50 over the ten units that were explained best.
  case steady
  /// A mean of 65 over the ten units that were explained best.
  case master
  /// 16 of the last 20 picks right.
  case keenEye
  /// 45 of the last 50 picks right.
  case hawkEye

  /// What is known of how accurate a player is.
  public struct Facts: Hashable, Sendable {
    /// The best score on each unit that the player has explained, in any order.
    public var bestScores: [Double]
    /// On how many units nobody is known to have explained better.
    public var aheadCount: Int
    /// Whether each of the last picks was right, the latest first.
    public var picks: [Bool]

    /// Facts of these parts.
    public init(bestScores: [Double], aheadCount: Int, picks: [Bool]) {
      self.bestScores = bestScores
      self.aheadCount = aheadCount
      self.picks = picks
    }
  }

  /// How far it takes.
  public var goal: Int {
    switch self {
    case .half, .steady: 50
    case .clear: 70
    case .brilliant: 85
    case .ahead: 1
    case .pathfinder: 5
    case .master: 65
    case .keenEye: 16
    case .hawkEye: 45
    }
  }

  /// How far a player is, at most the goal.
  public func value(_ facts: Facts) -> Int {
    let value: Double
    switch self {
    case .half, .clear, .brilliant: value = facts.bestScores.max() ?? 0
    case .ahead, .pathfinder: value = Double(facts.aheadCount)
    case .steady, .master:
      // Units that are still missing count 0, so that one lucky text is no mean.
      value = facts.bestScores.sorted(by: >).prefix(10).reduce(0, +) / 10
    case .keenEye: value = Double(facts.picks.prefix(20).count { $0 })
    case .hawkEye: value = Double(facts.picks.prefix(50).count { $0 })
    }
    return min(max(Int(value), 0), goal)
  }
}
