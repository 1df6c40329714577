public import ArenaTypes

/// What a unit's own explanation predicts on one excerpt, to fit predictions by.
public struct PredictedExcerpt: Hashable, Sendable, Encodable {
  /// The unit.
  public let unit: UnitID
  /// How the excerpt was drawn.
  public let kind: Excerpt.Kind
  /// What is expected on each token.
  public let predicted: [Float]
  /// The activations, those below zero raised to it.
  public let real: [Float]
}

/// What is predicted for single tokens.
extension ScorerEvaluation {
  /// What one unit's predictions are compared with.
  private typealias Prediction = PredictedExcerpt

  /// Which excerpts are looked at together.
  private static let choices: [(name: String, kinds: Set<Excerpt.Kind>)] = [
    ("top and random", [.top, .random]), ("random only", [.random]),
    ("all kinds", Set(Excerpt.Kind.allCases)),
  ]

  /// `[units]`: what each unit's own explanation predicts.
  func predictions() throws(InterpretationError) -> [[PredictedExcerpt]] {
    var predictions: [[Prediction]] = []
    for unit in set.units.indices {
      predictions.append(try self.predictions(of: unit))
      progress.report(.predicting, unit + 1, set.units.count)
    }
    return predictions
  }

  /// The figures of predictions, and those that say whether such figures can be trusted.
  func tokenFigures(_ predictions: [[PredictedExcerpt]])
    -> (figures: [EvaluationFigure], sanity: [EvaluationFigure])
  {
    var figures: [EvaluationFigure] = []
    for (name, kinds) in Self.choices {
      let chosen = predictions.map { $0.filter { kinds.contains($0.kind) } }
      if name == "all kinds", !hasMoreThanTopAndRandom(predictions) { continue }
      figures.append(
        maker.mean(
          "correlation, \(name)", chosen.map(Self.correlation), measure: .coefficient, chance: 0,
          goal: kinds == [.top, .random] ? 0.45 : nil))
      figures.append(
        maker.mean(
          "AUROC of tokens that fire, \(name)", chosen.indices.map { auroc(chosen[$0], of: $0) },
          measure: .coefficient, chance: 0.5))
    }
    return (figures, tokenSanity(predictions))
  }

  private func hasMoreThanTopAndRandom(_ predictions: [[Prediction]]) -> Bool {
    predictions.joined().contains { $0.kind != .top && $0.kind != .random }
  }

  private func predictions(of unit: Int) throws(InterpretationError) -> [Prediction] {
    var counts: [Excerpt.Kind: Int] = [:]
    let excerpts = labelled.parts[unit].map(\.excerpt).filter { excerpt in
      counts[excerpt.kind, default: 0] += 1
      return counts[excerpt.kind, default: 0] <= plan.predictedExcerptCount
    }
    let predicted = try scorer.predict(
      set.units[unit].explanation, unit: set.units[unit].id, on: excerpts)
    return zip(excerpts, predicted).map { excerpt, values in
      Prediction(
        unit: set.units[unit].id, kind: excerpt.kind, predicted: values,
        real: excerpt.activations.map { max(0, $0) })
    }
  }

  private static func correlation(_ predictions: [Prediction]) -> Double? {
    EvaluationStatistics.correlation(
      predictions.flatMap(\.predicted), predictions.flatMap(\.real))
  }

  /// How well predictions part the tokens on which the unit is active from the others.
  private func auroc(_ predictions: [Prediction], of unit: Int) -> Double? {
    let threshold = PoolDrawing.activeShare * labelled.campaign.units[unit].top20MeanPeak
    var (firing, silent): ([Double], [Double]) = ([], [])
    for prediction in predictions {
      for (predicted, real) in zip(prediction.predicted, prediction.real) {
        if real >= threshold {
          firing.append(Double(predicted))
        } else {
          silent.append(Double(predicted))
        }
      }
    }
    return EvaluationStatistics.auc(firing, silent)
  }

  /// NeuronEval's two checks on the metrics, and predictions against shuffled activations.
  ///
  /// Oikarinen, Yan, Weng: "Evaluating Neuron Explanations: A Unified Framework with Sanity Checks"
  /// (ICML 2025): half of the tokens that a perfect explanation names are left out, or as many others
  /// named beside them; a metric that can be trusted falls.
  private func tokenSanity(_ predictions: [[Prediction]]) -> [EvaluationFigure] {
    var generator = SeededGenerator(seed: plan.seed).forked(for: "token sanity")
    // Over all tokens of a unit: within excerpts alone, a prediction that is higher throughout where the
    // unit fires would still be right.
    let shuffled = predictions.map { predictions in
      var real = predictions.flatMap(\.real).shuffled(using: &generator)[...]
      return predictions.map { prediction in
        defer { real = real.dropFirst(prediction.real.count) }
        return Prediction(
          unit: prediction.unit, kind: prediction.kind, predicted: prediction.predicted,
          real: Array(real.prefix(prediction.real.count)))
      }
    }
    var figures = [
      maker.mean(
        "correlation with activations shuffled among a unit's tokens",
        shuffled.map(Self.correlation),
        measure: .coefficient, chance: 0)
    ]
    for (name, kinds) in Self.choices.prefix(2) {
      let chosen = predictions.map { $0.filter { kinds.contains($0.kind) } }
      let changes = chosen.indices.map { unit in
        labelChanges(chosen[unit], of: unit, using: &generator)
      }
      figures.append(
        maker.mean(
          "correlation falls with half of the labels missing, \(name)", changes.map { $0?.missing },
          goal: 0.95, note: "the metric, on true labels"))
      figures.append(
        maker.mean(
          "correlation falls with as many extra labels, \(name)", changes.map { $0?.extra },
          goal: 0.95, note: "the metric, on true labels"))
    }
    return figures
  }

  private func labelChanges(
    _ predictions: [Prediction], of unit: Int, using generator: inout SeededGenerator
  ) -> (missing: Double, extra: Double)? {
    let real = predictions.flatMap(\.real)
    let threshold = PoolDrawing.activeShare * labelled.campaign.units[unit].top20MeanPeak
    guard let changes = LabelChanges(activations: real, threshold: threshold, using: &generator)
    else { return nil }
    return (
      missing: changes.missing < changes.whole ? 1 : 0, extra: changes.extra < changes.whole ? 1 : 0
    )
  }
}

/// How the correlation of labels with activations changes when the labels are damaged.
struct LabelChanges {
  /// With a label on each token that fires.
  let whole: Double
  /// With half of those labels.
  let missing: Double
  /// With as many labels more, on tokens that don't fire.
  let extra: Double

  /// Changes at random; nil where there are too few tokens of either sort.
  init?(activations: [Float], threshold: Float, using generator: inout SeededGenerator) {
    let firing = activations.indices.filter { activations[$0] >= threshold }
    let silent = activations.indices.filter { activations[$0] < threshold }
    guard firing.count >= 2, silent.count > firing.count else { return nil }
    func correlation(_ labelled: [Int]) -> Double? {
      var labels = [Float](repeating: 0, count: activations.count)
      for index in labelled { labels[index] = 1 }
      return EvaluationStatistics.correlation(labels, activations)
    }
    let half = Array(firing.shuffled(using: &generator).prefix(firing.count / 2))
    let more = silent.shuffled(using: &generator).prefix(firing.count)
    guard let whole = correlation(firing), let missing = correlation(half),
      let extra = correlation(firing + more)
    else { return nil }
    self.whole = whole
    self.missing = missing
    self.extra = extra
  }
}
