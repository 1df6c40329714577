public import ArenaTypes

/// Compares what texts scored before with what they score now.
///
/// It gathers earlier scores, tells which texts have none of the present scorer yet, takes those, and
/// reports. Nothing that was gathered is changed.
public struct Rescoring: Sendable {
  /// A text on a unit.
  public struct Entry: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// The text.
    public let text: ExplanationText
  }

  /// The present scorer's name and version.
  public let scorer: String
  /// The units that there are; texts on others can't be scored.
  private let units: Set<UnitID>
  private var entries: [Entry] = []
  /// By scorer; texts that were scored several times by one are there once.
  private var earlier: [Entry: [String?: Double]] = [:]
  private var present: [Entry: Double] = [:]
  private var scoredCount = 0
  private var leftOut = RescoreReport.LeftOut()

  /// An empty comparison with `scorer`, which scores texts on `units`.
  public init(scorer: String, units: some Sequence<UnitID>) {
    self.scorer = scorer
    self.units = Set(units)
  }

  /// Takes note of a score, of whatever scorer.
  public mutating func note(_ score: EarlierScore) {
    guard units.contains(score.unit) else {
      return leftOut.unknownUnits[score.unit, default: 0] += 1
    }
    guard score.value.isFinite else { return leftOut.unreadableCount += 1 }
    let entry = Entry(unit: score.unit, text: score.text)
    if earlier[entry] == nil {
      entries.append(entry)
      earlier[entry] = [:]
    }
    if score.scorer == scorer {
      present[entry] = present[entry] ?? score.value
    } else if earlier[entry]?[score.scorer] == nil {
      earlier[entry]?[score.scorer] = score.value
    }
  }

  /// Takes note of a score that belongs to another campaign, whose excerpts are others.
  public mutating func noteOtherCampaign() { leftOut.otherCampaignCount += 1 }

  /// Takes note of a score whose text breaks the limits of explanations.
  public mutating func noteUnreadable() { leftOut.unreadableCount += 1 }

  /// What the present scorer has not scored yet, in the order of being noted.
  public var missing: [Entry] { entries.filter { present[$0] == nil } }

  /// Takes the present scorer's score of a text.
  ///
  /// One that it had already is not changed.
  public mutating func take(_ score: Score, of entry: Entry) {
    guard present[entry] == nil else { return }
    present[entry] = score.value
    scoredCount += 1
  }

  /// What changed, for the texts that have both an earlier score and one of the present scorer.
  public var report: RescoreReport {
    var changes: [String?: [ScoreChange]] = [:]
    for entry in entries {
      guard let new = present[entry] else { continue }
      for (scorer, old) in earlier[entry] ?? [:] {
        changes[scorer, default: []].append(
          ScoreChange(unit: entry.unit, text: entry.text, old: old, new: new))
      }
    }
    let scorers = changes.keys.sorted { ($0 ?? "") < ($1 ?? "") }
    return RescoreReport(
      scorer: scorer, scoredCount: scoredCount, presentCount: present.count - scoredCount,
      comparisons: scorers.map { ScoreComparison(scorer: $0, changes: changes[$0] ?? []) },
      leftOut: leftOut)
  }
}
