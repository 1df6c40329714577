public import ArenaTypes

/// What changed when old scores were computed anew.
public struct RescoreReport: Hashable, Sendable, Encodable {
  /// What could not be scored.
  public struct LeftOut: Hashable, Sendable, Encodable {
    /// Scores of units that the campaign doesn't have, by unit.
    public var unknownUnits: [UnitID: Int] = [:]
    /// Scores that belong to other campaigns.
    public var otherCampaignCount = 0
    /// Scores that are no numbers, or of texts that are no explanations.
    public var unreadableCount = 0

    private enum Keys: String, CodingKey { case unknownUnits, otherCampaignCount, unreadableCount }

    /// Encodes units as the keys of an object.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      let named = Dictionary(uniqueKeysWithValues: unknownUnits.map { ($0.rawValue, $1) })
      try container.encode(named, forKey: .unknownUnits)
      try container.encode(otherCampaignCount, forKey: .otherCampaignCount)
      try container.encode(unreadableCount, forKey: .unreadableCount)
    }
  }

  /// The present scorer's name and version.
  public let scorer: String
  /// How many texts were scored now.
  public let scoredCount: Int
  /// How many had a score of the present scorer already.
  public let presentCount: Int
  /// The comparison with each earlier scorer, by name; the one whose name was not kept first.
  public let comparisons: [ScoreComparison]
  /// What could not be scored.
  public let leftOut: LeftOut
}

extension RescoreReport {
  /// Lines for people.
  public var lines: [String] {
    var lines = [
      "\(scoredCount) text\(scoredCount == 1 ? "" : "s") scored now by \(scorer), "
        + "\(presentCount) had its score already"
    ]
    for (unit, count) in leftOut.unknownUnits.sorted(by: { $0.key < $1.key }).prefix(10) {
      lines.append("left out: \(count) of \(unit), which the campaign doesn't have")
    }
    if leftOut.unknownUnits.count > 10 {
      lines.append("left out: those of \(leftOut.unknownUnits.count - 10) more units")
    }
    if leftOut.otherCampaignCount > 0 {
      lines.append("left out: \(leftOut.otherCampaignCount) of other campaigns")
    }
    if leftOut.unreadableCount > 0 {
      lines.append("left out: \(leftOut.unreadableCount) that can't be read")
    }
    if comparisons.isEmpty { lines.append("there is no earlier score to compare with") }
    return lines + comparisons.flatMap { $0.lines(to: scorer) }
  }
}

extension ScoreComparison {
  /// Lines for people about the change to `present`.
  func lines(to present: String) -> [String] {
    func points(_ value: Double) -> String { EvaluationFigure.Measure.fixed(value, digits: 1) }
    let correlation =
      rankCorrelation.map { EvaluationFigure.Measure.fixed($0, digits: 3) } ?? "none"
    let sign = meanRise >= 0 ? "+" : ""
    return [
      "",
      "\(scorer ?? "a scorer that was not kept") -> \(present): \(count) "
        + "text\(count == 1 ? "" : "s")",
      "  mean change          \(points(meanChange)) points (\(sign)\(points(meanRise)) on the whole)",
      "  largest change       \(points(largestChange)) points",
      "  rank correlation     \(correlation) (Spearman)",
      "  order within units   \(reversedPairCount) of \(pairCount) pairs changed",
      "  largest changes      old -> new",
    ]
      + largest.map { change in
        "    \(points(change.old)) -> \(points(change.new))  \(change.text)  [\(change.unit)]"
      }
  }
}
