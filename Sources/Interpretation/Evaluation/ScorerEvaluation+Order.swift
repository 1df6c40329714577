import ArenaTypes

/// Whether the right explanation comes before others.
extension ScorerEvaluation {
  private static let kinds: [(LabelledUnit.Kind?, String)] = [
    (nil, "all"), (.meaning, "meaning"), (.form, "form"),
  ]

  func matched(_ book: ScoreBook) -> [EvaluationFigure] {
    let goals: [Double?] = [nil, 0.99, 0.93]
    var figures = zip(Self.kinds, goals).map { kind, goal in
      maker.auc(
        "AUC, \(kind.1)", entries(of: kind.0, against: mismatches, book), goal: goal)
    }
    for (kind, name) in Self.kinds {
      figures.append(
        maker.mean(
          "right one first of 10, \(name)",
          values(kind) { unit in
            own(unit, book).flatMap { own in
              EvaluationStatistics.firstAmong(
                10, own: own, others: others(mismatches[unit], on: unit, book))
            }
          }, chance: 0.1, goal: kind == nil ? 0.95 : nil))
    }
    let counts = Set(mismatches.map { $0.count + 1 }).sorted()
    let name = "right one first of all"
    let size = counts.count == 1 ? "\(counts[0])" : "\(counts[0]) to \(counts.last ?? 0)"
    figures.append(
      maker.mean(
        name,
        values(nil) { unit in first(unit, among: mismatches[unit], book) },
        chance: EvaluationStatistics.mean(mismatches.map { 1 / Double($0.count + 1) }),
        note: plan.mismatchCount == nil ? size : "\(size), drawn"))
    figures.append(
      maker.mean("mean score, matched", values(nil) { own($0, book) }, measure: .points))
    figures.append(
      maker.mean(
        "mean score, mismatched",
        values(nil) { EvaluationStatistics.mean(others(mismatches[$0], on: $0, book)) },
        measure: .points))
    return figures
  }

  /// A unit's own explanation against others on it.
  func entries(of kind: LabelledUnit.Kind?, against others: [[Int]], _ book: ScoreBook)
    -> [WeightedAUC.Entry]
  {
    set.units.indices.flatMap { unit -> [WeightedAUC.Entry] in
      guard kind == nil || set.units[unit].kind == kind, let own = own(unit, book) else {
        return []
      }
      return [WeightedAUC.Entry(value: own, isPositive: true, unit: unit)]
        + self.others(others[unit], on: unit, book).map {
          WeightedAUC.Entry(value: $0, isPositive: false, unit: unit)
        }
    }
  }

  private func first(_ unit: Int, among indices: [Int], _ book: ScoreBook) -> Double? {
    let others = others(indices, on: unit, book)
    guard !others.isEmpty else { return nil }
    return own(unit, book).map { EvaluationStatistics.placeCredit(own: $0, others: others) }
  }

  func hard(_ book: ScoreBook) -> [EvaluationFigure] {
    let both = set.units.indices.map(hardNegatives.all)
    let sorts = [
      ("nearest by meaning", hardNegatives.byMeaning),
      ("units firing on similar text", hardNegatives.byText), ("both", both),
    ]
    return sorts.flatMap { name, indices in
      let size = EvaluationStatistics.mean(indices.map { Double($0.count + 1) }) ?? 1
      return [
        maker.auc("AUC, \(name)", entries(of: nil, against: indices, book)),
        maker.mean(
          "right one first, \(name)",
          values(nil) { first($0, among: indices[$0], book) },
          chance: EvaluationStatistics.mean(indices.map { 1 / Double($0.count + 1) }), goal: 0.85,
          note: "of \(EvaluationFigure.Measure.fixed(size, digits: 1))"),
      ]
    }
  }

  func puzzles(_ book: ScoreBook) -> [EvaluationFigure] {
    let rivals = set.units.map(\.rivals)
    let sizes = rivals.filter { !$0.isEmpty }.map { Double($0.count + 1) }
    func place(_ places: Int, _ kind: LabelledUnit.Kind?) -> [Double?] {
      values(kind) { puzzle($0, rivals[$0], places: places, book) }
    }
    var figures: [EvaluationFigure] = []
    for (kind, name) in Self.kinds {
      figures.append(
        maker.mean(
          "truth first, \(name)", place(1, kind),
          chance: EvaluationStatistics.mean(sizes.map { 1 / $0 }), goal: kind == nil ? 0.65 : nil))
    }
    for group in Set(set.units.compactMap(\.group)).sorted() {
      let own = place(1, nil).enumerated().map { set.units[$0].group == group ? $1 : nil }
      figures.append(maker.mean("truth first, \(group)", own))
    }
    figures.append(
      maker.mean(
        "truth in the first two", place(2, nil),
        chance: EvaluationStatistics.mean(sizes.map { min(1, 2 / $0) })))
    let names = Set(rivals.joined().compactMap(\.kind)).sorted()
    for name in names {
      let ofKind = rivals.map { $0.filter { $0.kind == name } }
      figures.append(
        maker.mean(
          "truth before \(name.replacing("_", with: " "))",
          values(nil) { puzzle($0, ofKind[$0], places: 1, book) }, chance: 0.5,
          goal: name == "list" ? 0.8 : nil))
    }
    return figures
  }

  /// The chance that the truth is among the first of itself and rivals.
  func puzzle(
    _ unit: Int, _ rivals: [LabelledUnit.Rival], places: Int, _ book: ScoreBook
  ) -> Double? {
    let others = rivals.compactMap { book.value($0.text, on: unit) }
    guard !others.isEmpty else { return nil }
    return own(unit, book).map {
      EvaluationStatistics.placeCredit(own: $0, others: others, places: places)
    }
  }

  /// How often the better of two explanations has the higher score.
  func graded(_ book: ScoreBook) -> [EvaluationFigure] {
    let grades: [(String, (LabelledUnit) -> ExplanationText?)] = [
      ("true", { $0.explanation }), ("paraphrase", { $0.paraphrase }),
      ("half right", { $0.halfRight }), ("too broad", { $0.tooBroad }),
    ]
    var figures: [EvaluationFigure] = []
    for (better, first) in grades.enumerated() {
      for second in grades.dropFirst(better + 1) {
        figures.append(
          maker.mean(
            "\(first.0) before \(second.0)",
            values(nil) { unit in
              beats(first.1(set.units[unit]), second.1(set.units[unit]), on: unit, book)
            }, chance: 0.5, goal: first.0 == "true" && second.0 == "too broad" ? 0.95 : nil))
      }
      figures.append(
        maker.mean(
          "\(first.0) before wrong",
          values(nil) { unit in
            guard let text = first.1(set.units[unit]), let value = book.value(text, on: unit)
            else { return nil }
            return EvaluationStatistics.auc([value], others(mismatches[unit], on: unit, book))
          }, chance: 0.5))
    }
    return figures
  }

  private func beats(
    _ better: ExplanationText?, _ worse: ExplanationText?, on unit: Int, _ book: ScoreBook
  ) -> Double? {
    guard let better, let worse, let first = book.value(better, on: unit),
      let second = book.value(worse, on: unit)
    else { return nil }
    return EvaluationStatistics.auc([first], [second])
  }
}
