import ArenaTypes

/// Which scores an evaluation needs, and what they are.
///
/// They are asked for first and then computed text by text, since many scorers read a text once and
/// apply it to any number of units.
struct ScoreBook {
  private var texts: [ExplanationText] = []
  private var wanted: [ExplanationText: Set<Int>] = [:]
  private var scores: [ExplanationText: [Int: PartedScore]] = [:]

  /// Asks for the score of `text` on the unit at `unit`.
  mutating func need(_ text: ExplanationText, on unit: Int) {
    if wanted[text] == nil { texts.append(text) }
    wanted[text, default: []].insert(unit)
  }

  /// How many scores were asked for.
  var count: Int { wanted.values.reduce(0) { $0 + $1.count } }

  /// Computes what was asked for.
  mutating func fill(
    with scorer: any Scorer, units: [UnitID], progress: BuildProgress,
    stage: BuildProgress.Stage = .scoring
  ) throws(InterpretationError) {
    let total = count
    var done = 0
    for text in texts {
      let indices = (wanted[text] ?? []).sorted()
      let values = try scorer.partedScores(text, units: indices.map { units[$0] })
      for (index, score) in zip(indices, values) { scores[text, default: [:]][index] = score }
      done += indices.count
      progress.report(stage, done, total)
    }
  }

  /// The value of a score that was asked for.
  func value(_ text: ExplanationText, on unit: Int) -> Double? { score(text, on: unit)?.value }

  /// A score that was asked for.
  func score(_ text: ExplanationText, on unit: Int) -> Score? { parted(text, on: unit)?.score }

  /// A score that was asked for, with what it is made of.
  func parted(_ text: ExplanationText, on unit: Int) -> PartedScore? { scores[text]?[unit] }
}
