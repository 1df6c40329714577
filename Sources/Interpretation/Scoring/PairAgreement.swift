public import ArenaTypes

/// How often readers who judge two explanations of a unit blind prefer the one with the higher score,
/// by what the two are to each other and by the gap between their scores.
///
/// Measured on units of which the scorer has seen no explanation. It decides which pairs the scorer
/// may settle in pick rounds where neither readers nor players have: those where it would agree in
/// nine of ten.
public struct PairAgreement: Hashable, Sendable, Codable {
  /// What two explanations are to each other.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The truth, and a text that holds for much else too.
    case tooBroad
    /// The truth, and a text that catches a part of it.
    case tooNarrow
    /// The truth, and a text that is wrong and tempting.
    case wrong
    /// Two texts of which neither was meant as right.
    case twoRivals
  }

  /// The pairs of one kind whose scores lie so far apart.
  public struct Row: Hashable, Sendable, Codable {
    /// What the two texts are to each other.
    public let kind: Kind
    /// The smallest gap, in points.
    public let gapFrom: Double
    /// The gap that is too large, in points.
    public let gapTo: Double
    /// How many pairs.
    public let count: Int
    /// The share in which readers prefer the higher score; a pair that they can't decide counts half.
    public let share: Double
    /// The lower end of its 95 % interval, over units.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// A row of these figures.
    public init(
      kind: Kind, gapFrom: Double, gapTo: Double, count: Int, share: Double, low: Double,
      high: Double
    ) {
      self.kind = kind
      self.gapFrom = gapFrom
      self.gapTo = gapTo
      self.count = count
      self.share = share
      self.low = low
      self.high = high
    }
  }

  /// How often the scorer must agree with readers to settle a pair.
  public static let shareMin = 0.9
  /// With fewer pairs nothing is proved.
  public static let countMin = 20

  /// The scorer's name and version; of another's scores it says nothing.
  public let scorer: String
  /// By kind, then by gap.
  public let rows: [Row]

  /// What was found about `scorer`.
  public init(scorer: String, rows: [Row]) {
    self.scorer = scorer
    self.rows = rows
  }

  /// The least gap from which on the scorer may settle a pair of `kind`; nil where it may settle none.
  ///
  /// All wider gaps must be proved too: a scorer that errs where it is surest is not to be trusted below.
  public func gapMin(_ kind: Kind) -> Double? {
    var least: Double?
    for row in rows.filter({ $0.kind == kind }).sorted(by: { $0.gapFrom > $1.gapFrom }) {
      guard row.count >= Self.countMin, row.share >= Self.shareMin else { break }
      least = row.gapFrom
    }
    return least
  }

  /// Which of two scored texts is better, where the scorer may say so: the first, or not.
  ///
  /// - Parameter kind: What they are to each other; where that is not known, as with players' texts,
  ///   they are held to the strictest kind.
  /// - Returns: nil where the pair stays open, and for scores of another scorer.
  public func prefersFirst(_ first: Score, _ second: Score, kind: Kind?) -> Bool? {
    guard first.scorer == scorer, second.scorer == scorer else { return nil }
    let least = (kind.map { [$0] } ?? Kind.allCases).map(gapMin)
    guard let needed = least.reduce(0.0 as Double?, { Self.larger($0, $1) }),
      abs(first.value - second.value) >= needed
    else { return nil }
    return first.value > second.value
  }

  private static func larger(_ left: Double?, _ right: Double?) -> Double? {
    guard let left, let right else { return nil }
    return max(left, right)
  }
}

extension PairAgreement.Kind {
  /// What two texts that were written in these roles are to each other; nil where roles don't tell.
  init?(_ first: CampaignExplanation.Role, _ second: CampaignExplanation.Role) {
    switch (first, second) {
    case (.intended, .tooBroad), (.tooBroad, .intended): self = .tooBroad
    case (.intended, .halfRight), (.halfRight, .intended): self = .tooNarrow
    case (.intended, .wrongTempting), (.wrongTempting, .intended): self = .wrong
    case (.intended, .intended), (.machine, _), (_, .machine): return nil
    default: self = .twoRivals
    }
  }
}
