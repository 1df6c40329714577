import ArenaTypes

/// How a program's explanations do beside the labelled ones.
extension ScorerEvaluation {
  static let machineTitle = "Machine explanations"

  /// Mean scores, and how often the program's text is judged at least as good as another.
  ///
  /// What counts is the text that the program puts first, unless a figure says otherwise.
  func machineFigures(_ book: ScoreBook) -> [EvaluationFigure] {
    let first = values(nil) { machineScores(of: $0, book).first }
    let better = values(nil) { machineScores(of: $0, book).max() }
    func atLeast(_ name: String, _ other: (Int) -> [Double]) -> EvaluationFigure {
      maker.mean("at least as good as \(name)", share(first, other))
    }
    func label(_ text: @escaping (LabelledUnit) -> ExplanationText?) -> (Int) -> [Double] {
      { unit in [text(set.units[unit]).flatMap { book.value($0, on: unit) }].compactMap { $0 } }
    }
    func rivals(_ unit: Int) -> [Double] {
      set.units[unit].rivals.compactMap { book.value($0.text, on: unit) }
    }
    let truth = label { $0.explanation }
    return [
      maker.mean("mean score of the truth", values(nil) { own($0, book) }, measure: .points),
      maker.mean(
        "mean score of the program's first text", first, measure: .points,
        note: explainerName.map { "\($0), from the clues alone" }),
      maker.mean("mean score of the better of its texts", better, measure: .points),
      atLeast("the truth", truth),
      maker.mean("the better of its texts at least as good as the truth", share(better, truth)),
      atLeast("the too broad", label { $0.tooBroad }),
      atLeast("the half right", label { $0.halfRight }),
      atLeast("a rival", rivals),
      atLeast("the best rival") { [rivals($0).max()].compactMap { $0 } },
      atLeast("another unit's truth") { others(mismatches[$0], on: $0, book) },
    ]
  }

  private func machineScores(of unit: Int, _ book: ScoreBook) -> [Double] {
    machineTexts[unit].compactMap { book.value($0, on: unit) }
  }

  /// For each unit the share of the other scores that the machine's reaches; nil where either lacks.
  private func share(_ machine: [Double?], _ others: (Int) -> [Double]) -> [Double?] {
    machine.enumerated().map { unit, own in
      let others = others(unit)
      guard let own, !others.isEmpty else { return nil }
      return Double(others.count { own >= $0 }) / Double(others.count)
    }
  }
}
