/// How much of everything an evaluation does.
public struct EvaluationPlan: Hashable, Sendable {
  /// The seed of all drawing.
  public var seed: UInt64
  /// How many mismatched explanations each unit is scored with; nil for all.
  public var mismatchCount: Int?
  /// As `mismatchCount`, where excerpts are shuffled.
  public var shuffledMismatchCount: Int?
  /// How many hard negatives of either sort a unit gets.
  public var hardNegativeCount: Int
  /// How many units are attacked.
  public var attackedUnitCount: Int
  /// How many excerpts of each kind a unit's predictions are made on.
  public var predictedExcerptCount: Int
  /// How many scores are timed.
  public var timedScoreCount: Int
  /// Whether attacks, sanity checks and predictions are left out: what costs time and no fit needs.
  public var isQuick: Bool
  /// How often units are drawn anew for the intervals.
  public var resampleCount = 1_000

  /// The whole for a scorer that reads a text once, however many the units; else samples, which keep a
  /// set of fifty units at some 2,000 scores.
  public init(seed: UInt64 = 1, readsTextOnce: Bool, unitCount: Int, isQuick: Bool = false) {
    self.seed = seed
    self.isQuick = isQuick
    let isSmall = unitCount <= 160
    mismatchCount = readsTextOnce ? (isSmall ? nil : 100) : 10
    shuffledMismatchCount = readsTextOnce ? (isSmall ? nil : 40) : 4
    hardNegativeCount = readsTextOnce ? 4 : 3
    attackedUnitCount = isQuick ? 0 : readsTextOnce ? 160 : 48
    predictedExcerptCount = isSmall ? 8 : 4
    timedScoreCount = readsTextOnce ? 20 : 10
  }
}
