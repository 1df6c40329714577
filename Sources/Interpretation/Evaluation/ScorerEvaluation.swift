import ArenaTypes

/// Measures a scorer on a labelled set: everything that can be asked of a score.
///
/// Scores are asked for by every part first (`ScoreBook`), then computed, then read by every part. The
/// same set, scorer and plan give the same report, but for the time it took.
public struct ScorerEvaluation {
  let set: LabelledSet
  let plan: EvaluationPlan
  let labelled: LabelledCampaign
  let scorer: any Scorer
  let makeScorer: (Campaign) throws(InterpretationError) -> any Scorer
  let progress: BuildProgress
  let maker: FigureMaker
  /// `[units]`: explanations of other units that it was decided to score it with.
  let mismatches: [[Int]]
  let hardNegatives: HardNegatives
  let attacks: [[Attack]]
  /// Whose explanations are measured beside the labelled ones; nil for nobody's.
  let explainerName: String?
  /// `[units]`: what the explainer says, the best first.
  let machineTexts: [[ExplanationText]]

  /// An evaluation of the scorer that `makeScorer` gives for a campaign.
  ///
  /// Embeds the excerpts' windows: a second for five units.
  ///
  /// - Parameters:
  ///   - isQuick: Whether attacks, sanity checks and predictions are left out.
  ///   - explainer: Writes an explanation of each unit, which is scored beside the labelled ones.
  ///   - plan: By default what suits the scorer and the number of units.
  /// - Throws: `engine`.
  public init(
    of set: LabelledSet, embedder: any SentenceEmbedder, subject: any SubjectModel,
    seed: UInt64 = 1, isQuick: Bool = false, explainer: (any Explainer)? = nil,
    plan: EvaluationPlan? = nil,
    progress: BuildProgress = .silent,
    makeScorer: @escaping (Campaign) throws(InterpretationError) -> any Scorer
  ) throws(InterpretationError) {
    precondition(!set.units.isEmpty, "a set without units can't be evaluated on")
    let labelled = try LabelledCampaign(
      set, embedder: embedder, subject: subject, progress: progress)
    let scorer = try makeScorer(labelled.campaign)
    let plan =
      plan
      ?? EvaluationPlan(
        seed: seed, readsTextOnce: scorer.readsTextOnce, unitCount: set.units.count,
        isQuick: isQuick)
    let generator = SeededGenerator(seed: plan.seed)
    self.set = set
    self.plan = plan
    self.labelled = labelled
    self.scorer = scorer
    self.makeScorer = makeScorer
    self.progress = progress
    maker = FigureMaker(
      bootstrap: UnitBootstrap(
        unitCount: set.units.count, seed: generator, resampleCount: plan.resampleCount))
    mismatches = Self.mismatches(in: set, count: plan.mismatchCount, seed: generator)
    hardNegatives = try HardNegatives(
      set: set, campaign: labelled.campaign, embedder: embedder, count: plan.hardNegativeCount)
    attacks = Attack.all(
      on: set, campaign: labelled.campaign, unitCount: plan.attackedUnitCount, seed: generator)
    explainerName = explainer?.name
    machineTexts =
      try explainer?.explanations(of: labelled.campaign) ?? set.units.map { _ in [] }
  }

  /// For each unit other units, whose explanations it is scored with; none of the same text.
  static func mismatches(in set: LabelledSet, count: Int?, seed: SeededGenerator) -> [[Int]] {
    var generator = seed.forked(for: "mismatches")
    return set.units.indices.map { unit in
      let others = set.units.indices.filter {
        set.units[$0].explanation != set.units[unit].explanation
      }
      guard let count, count < others.count else { return others }
      return others.shuffled(using: &generator).prefix(count).sorted()
    }
  }

  /// Runs everything.
  ///
  /// - Parameter clock: Seconds since any moment.
  /// - Throws: What the scorer throws.
  public func report(clock: () -> Double) throws(InterpretationError) -> EvaluationReport {
    try found(clock: clock).report
  }

  /// Runs everything and keeps the scores and predictions that figures are made from.
  ///
  /// - Parameter clock: Seconds since any moment.
  /// - Throws: What the scorer throws.
  public func found(clock: () -> Double) throws(InterpretationError)
    -> (report: EvaluationReport, scores: [ScoredText], predictions: [PredictedExcerpt])
  {
    let start = clock()
    let cost = try cost(clock)
    var book = ScoreBook()
    for unit in set.units.indices { need(unit, in: &book) }
    try book.fill(with: scorer, units: unitIDs, progress: progress)
    var checks: [EvaluationSection] = []
    var attacks: [EvaluationSection] = []
    let predictions = plan.isQuick ? [] : try self.predictions()
    if !plan.isQuick {
      let tokens = tokenFigures(predictions)
      checks = [
        EvaluationSection(title: "Predicted against real, per token", figures: tokens.figures),
        EvaluationSection(title: "Sanity", figures: try sanity(book) + tokens.sanity),
      ]
      attacks = [EvaluationSection(title: "Attacks", figures: attackFigures(book))]
    }
    let orders = [
      EvaluationSection(title: "Matched against mismatched", figures: matched(book)),
      EvaluationSection(title: "Hard negatives", figures: hard(book)),
      EvaluationSection(title: "Puzzles", figures: puzzles(book)),
      EvaluationSection(title: "Graded quality", figures: graded(book)),
    ]
    let machine =
      explainerName == nil
      ? [] : [EvaluationSection(title: Self.machineTitle, figures: machineFigures(book))]
    let scale = [EvaluationSection(title: "The scale", figures: calibration(book))]
    let sections =
      orders + machine + checks + scale + attacks + [
        EvaluationSection(title: "Cost", figures: cost)
      ]
    let report = EvaluationReport(
      scorer: scorer.name, explainer: explainerName, set: set.name, unitCount: set.units.count,
      seed: plan.seed,
      sampledMismatchCount: plan.mismatchCount, cutTextCount: set.cutTextCount,
      seconds: clock() - start, sections: sections)
    return (
      report, set.units.indices.flatMap { scoredTexts(of: $0, book) }, Array(predictions.joined())
    )
  }

  var unitIDs: [UnitID] { self.set.units.map(\.id) }

  /// Asks for all scores that a unit takes part in.
  private func need(_ unit: Int, in book: inout ScoreBook) {
    let labels = set.units[unit]
    var texts = [labels.explanation] + labels.rivals.map(\.text)
    texts += [labels.paraphrase, labels.halfRight, labels.tooBroad].compactMap { $0 }
    texts += mismatches[unit].map { set.units[$0].explanation }
    texts += hardNegatives.all(of: unit).map { set.units[$0].explanation }
    texts += attacks[unit].compactMap(\.text)
    texts += machineTexts[unit]
    for text in texts { book.need(text, on: unit) }
  }

  /// The score of a unit's own explanation.
  func own(_ unit: Int, _ book: ScoreBook) -> Double? {
    book.value(set.units[unit].explanation, on: unit)
  }

  /// The scores of other units' explanations on a unit.
  func others(_ indices: [Int], on unit: Int, _ book: ScoreBook) -> [Double] {
    indices.compactMap { book.value(set.units[$0].explanation, on: unit) }
  }

  /// Values for the units of a kind alone, or for all of them.
  func values(_ kind: LabelledUnit.Kind?, _ value: (Int) -> Double?) -> [Double?] {
    set.units.indices.map { unit in
      kind == nil || set.units[unit].kind == kind ? value(unit) : nil
    }
  }

  /// How long a score takes by itself, and what is read for it.
  private func cost(_ clock: () -> Double) throws(InterpretationError) -> [EvaluationFigure] {
    let count = min(plan.timedScoreCount, set.units.count)
    var seconds: [Double] = []
    var tokens: [Double] = []
    for index in 0..<count {
      let unit = set.units[index * set.units.count / count]
      let start = clock()
      _ = try scorer.score(unit.explanation, unit: unit.id)
      seconds.append(clock() - start)
      if let read = try scorer.tokenCount(of: unit.explanation, unit: unit.id) {
        tokens.append(Double(read))
      }
    }
    seconds.sort()
    func milliseconds(_ value: Double?) -> Double? { value.map { $0 * 1_000 } }
    return [
      maker.plain(
        "milliseconds a score", milliseconds(seconds.isEmpty ? nil : seconds[count / 2]),
        count: count, measure: .number, goal: 400, note: "median"),
      maker.plain(
        "milliseconds of the slowest", milliseconds(seconds.last), count: count,
        measure: .number),
      maker.plain(
        "tokens read a score", EvaluationStatistics.mean(tokens), count: tokens.count,
        measure: .number, note: "mean"),
    ]
  }
}
