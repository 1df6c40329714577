import ArenaTypes

/// What the scorer makes of campaigns that are wrong on purpose.
extension ScorerEvaluation {
  func sanity(_ book: ScoreBook) throws(InterpretationError) -> [EvaluationFigure] {
    let seed = SeededGenerator(seed: plan.seed)
    let missing = try falls(labelled.withMissingLabels(seed: seed), book)
    let extra = try falls(labelled.withExtraLabels(seed: seed), book)
    return try shuffled(labelled.shuffled(seed: seed), seed: seed) + [
      maker.mean(
        "score falls where half of the labels are missing", missing, goal: 0.9,
        note: "half of the strongest excerpts are another unit's"),
      maker.mean(
        "score falls where half of the labels are extra", extra, goal: 0.9,
        note: "half of the strongest excerpts made silent"),
    ]
  }

  /// For each unit whether the truth scores less on another campaign.
  private func falls(_ campaign: Campaign, _ book: ScoreBook) throws(InterpretationError)
    -> [Double?]
  {
    var changed = ScoreBook()
    for (index, unit) in set.units.enumerated() { changed.need(unit.explanation, on: index) }
    try changed.fill(
      with: try makeScorer(campaign), units: unitIDs, progress: progress, stage: .checking)
    return values(nil) { unit in
      guard let before = own(unit, book), let after = own(unit, changed) else { return nil }
      return EvaluationStatistics.auc([before], [after])
    }
  }

  /// AUC and puzzles on a campaign whose excerpts have nothing to do with their units.
  private func shuffled(_ campaign: Campaign, seed: SeededGenerator)
    throws(InterpretationError) -> [EvaluationFigure]
  {
    let drawn = Self.mismatches(
      in: set, count: plan.shuffledMismatchCount, seed: seed.forked(for: "shuffled"))
    var book = ScoreBook()
    for (index, unit) in set.units.enumerated() {
      book.need(unit.explanation, on: index)
      for other in drawn[index] { book.need(set.units[other].explanation, on: index) }
      for rival in unit.rivals { book.need(rival.text, on: index) }
    }
    try book.fill(
      with: try makeScorer(campaign), units: unitIDs, progress: progress, stage: .checking)
    let rivals = set.units.map(\.rivals)
    return [
      maker.auc(
        "AUC with excerpts shuffled among units", entries(of: nil, against: drawn, book),
        note: "must be chance"),
      maker.mean(
        "puzzles with excerpts shuffled among units",
        values(nil) { puzzle($0, rivals[$0], places: 1, book) },
        chance: EvaluationStatistics.mean(
          rivals.filter { !$0.isEmpty }.map { 1 / Double($0.count + 1) }),
        note: "beyond chance: solved by the texts' looks"),
    ]
  }
}
