import ArenaTypes

/// What the numbers of the scale mean.
extension ScorerEvaluation {
  private static let scoreBins: [Range<Double>] = [
    0..<10, 10..<25, 25..<50, 50..<75, 75..<100.1,
  ]
  private static let gapBins: [Range<Double>] = [0..<5, 5..<10, 10..<20, 20..<40, 40..<100.1]

  /// How often an explanation of a score is the unit's own, and how often a gap points the right way.
  func calibration(_ book: ScoreBook) -> [EvaluationFigure] {
    let kinds = Dictionary(grouping: pairs(book), by: \.kind)
    return scale(book)
      + PairKind.allCases.flatMap { kind in gaps(kind, kinds[kind] ?? []) }
      + [width(book)]
  }

  /// Of a matched and a mismatched explanation that are equally likely, how often one with a score
  /// within each range is the matched one.
  private func scale(_ book: ScoreBook) -> [EvaluationFigure] {
    Self.scoreBins.map { bin in
      func share(_ weights: [Double]) -> Double? {
        var (own, ownAll, other, otherAll) = (0.0, 0.0, 0.0, 0.0)
        for unit in set.units.indices where weights[unit] > 0 {
          let values = others(mismatches[unit], on: unit, book)
          guard let value = self.own(unit, book), !values.isEmpty else { continue }
          let inside = values.count(where: bin.contains)
          own += bin.contains(value) ? weights[unit] : 0
          other += weights[unit] * Double(inside) / Double(values.count)
          ownAll += weights[unit]
          otherAll += weights[unit]
        }
        guard own + other > 0 else { return nil }
        return (own / ownAll) / (own / ownAll + other / otherAll)
      }
      let all = [Double](repeating: 1, count: set.units.count)
      let interval = maker.bootstrap.interval(share)
      let count = set.units.indices.count { own($0, book).map(bin.contains) ?? false }
      return EvaluationFigure(
        name: "the unit's own, score \(Self.text(bin))", value: share(all),
        low: interval?.lowerBound, high: interval?.upperBound, count: count, chance: 0.5,
        goal: nil, measure: .share, note: "against one other, n counts its own")
    }
  }

  /// What two explanations are to each other.
  private enum PairKind: String, CaseIterable {
    case mismatched = "true, another unit's"
    case rival = "true, a rival"
    case tooBroad = "true, too broad"
    case halfRight = "true, half right"
  }

  private struct Pair {
    let kind: PairKind
    let unit: Int
    let better: Double
    let worse: Double
  }

  private func pairs(_ book: ScoreBook) -> [Pair] {
    set.units.indices.flatMap { unit -> [Pair] in
      guard let own = own(unit, book) else { return [] }
      let labels = set.units[unit]
      func pairs(_ kind: PairKind, _ texts: [ExplanationText]) -> [Pair] {
        texts.compactMap { book.value($0, on: unit) }.map {
          Pair(kind: kind, unit: unit, better: own, worse: $0)
        }
      }
      return pairs(.mismatched, mismatches[unit].map { set.units[$0].explanation })
        + pairs(.rival, labels.rivals.map(\.text))
        + pairs(.tooBroad, [labels.tooBroad].compactMap { $0 })
        + pairs(.halfRight, [labels.halfRight].compactMap { $0 })
    }
  }

  /// How often the higher score is the better explanation's, by the gap between the two.
  private func gaps(_ kind: PairKind, _ pairs: [Pair]) -> [EvaluationFigure] {
    if pairs.isEmpty { return [] }
    return Self.gapBins.map { bin in
      let inside = pairs.filter { bin.contains(abs($0.better - $0.worse)) }
      let byUnit = Dictionary(grouping: inside, by: \.unit)
      func share(_ weights: [Double]) -> Double? {
        var (right, all) = (0.0, 0.0)
        for (unit, pairs) in byUnit {
          for pair in pairs {
            right +=
              weights[unit]
              * (pair.better > pair.worse ? 1 : pair.better == pair.worse ? 0.5 : 0)
            all += weights[unit]
          }
        }
        return all > 0 ? right / all : nil
      }
      let interval = maker.bootstrap.interval(share)
      return EvaluationFigure(
        name: "higher is better, \(kind.rawValue), gap \(Self.text(bin))",
        value: share([Double](repeating: 1, count: set.units.count)), low: interval?.lowerBound,
        high: interval?.upperBound, count: inside.count, chance: 0.5, goal: nil, measure: .share,
        note: "n counts pairs")
    }
  }

  /// How wide the scores' own intervals are.
  private func width(_ book: ScoreBook) -> EvaluationFigure {
    let widths = set.units.indices.compactMap { unit in
      book.score(set.units[unit].explanation, on: unit).map { $0.high - $0.low }
    }.sorted()
    return maker.plain(
      "width of a score's interval", widths.isEmpty ? nil : widths[widths.count / 2],
      count: widths.count, measure: .points, note: "median")
  }

  private static func text(_ bin: Range<Double>) -> String {
    "\(Int(bin.lowerBound)) to \(Int(bin.upperBound))"
  }
}
