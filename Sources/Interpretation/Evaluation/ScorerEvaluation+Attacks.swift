import ArenaTypes

/// What attacks get.
extension ScorerEvaluation {
  /// For each attack the share of units on which it does at least as well as the truth, as the scorer
  /// alone has it and after the checks at submission, and the mean score.
  func attackFigures(_ book: ScoreBook) -> [EvaluationFigure] {
    Attack.Kind.allCases.flatMap { kind -> [EvaluationFigure] in
      let isList = kind == .peakWords || kind == .lookAlikes || kind == .invisible
      func attack(_ unit: Int) -> Attack? {
        // Naming the words of a lexical unit explains it.
        if isList && set.units[unit].isLexical { return nil }
        return attacks[unit].first { $0.kind == kind }
      }
      func raw(_ unit: Int) -> Double? {
        guard let text = attack(unit)?.text else { return nil }
        return book.value(text, on: unit)
      }
      func wins(_ unit: Int, _ value: Double?) -> Double? {
        guard let own = own(unit, book), let value else { return nil }
        return value >= own ? 1 : 0
      }
      let mean = EvaluationStatistics.mean(set.units.indices.compactMap(raw))
      let note = mean.map { "mean \(EvaluationFigure.Measure.fixed($0, digits: 0))" }
      return [
        maker.mean(
          "\(kind.rawValue): at least as good as the truth", values(nil) { wins($0, raw($0)) },
          note: note),
        maker.mean(
          "\(kind.rawValue): the same after the checks",
          values(nil) { unit in
            attack(unit).flatMap { attack in
              attack.isRefused ? 0 : wins(unit, raw(unit).map { min($0, attack.limit) })
            }
          }, goal: 0.05,
          note: refusals(set.units.indices.compactMap(attack))),
      ]
    }
  }

  private func refusals(_ attacks: [Attack]) -> String? {
    let refused = attacks.count(where: \.isRefused)
    let held = attacks.count { !$0.isRefused && $0.limit < 100 }
    if refused == 0 && held == 0 { return nil }
    let parts = [(refused, "refused"), (held, "held at 49")].filter { $0.0 > 0 }
    return parts.map { "\($0.0) of \(attacks.count) \($0.1)" }.joined(separator: ", ")
  }
}
