public import ArenaTypes
import TransformerEngine

/// Scores explanations by a trained judge, which reads them together with a unit's excerpts, and by the
/// formula of `GenWindowScorer`.
///
/// - The *judge* expects an activation on each token of a window of each held-out excerpt; r is the
///   correlation of log(expected + 0.02) with the activations over all these tokens. Activations below
///   zero count as zero, those above the unit's usual peak as that. Of several meanings the one that
///   expects most of a token counts. `Tests/Training/judge` tells how it was trained.
/// - The *formula* gives s, the mean of three z values, of which no more than m counts: whatever has the
///   topic has it.
/// - The score is 100 / (1 + exp(-(a r + b min(s, m) + c))), with weights that were fitted on the judge's held
///   tenth of units: pairs of true and false explanations of one unit (`judge/mixture.py`).
///
/// A unit whose excerpts are all alike says nothing of any explanation: r is 0 then, and the interval
/// all of the scale.
///
/// The same numbers for the same input on one instruction set, whatever else is computed beside.
public final class JudgeScorer: Scorer {
  /// The most bytes of excerpts read that are kept: half a megabyte a unit of a campaign.
  public static let readingByteCountMax = 256 << 20
  /// How many excerpts a provisional score looks at.
  static let provisionalExcerptCount = 6

  /// `judge/3`, by the version of the training, or `judge-alone/3`; with `-matched` behind it where the
  /// formula matches tokens by their texts.
  public let name: String
  /// Excerpts are read together with each text.
  public let readsTextOnce = false

  let campaign: Campaign
  let judge: Judge
  private let formula: GenWindowScorer?
  private let mixture: Judge.Mixture
  private let units: KeptReadings<Int, JudgedUnit>
  let covers: KeptReadings<[String], ReadCover>
  private let checks = TextChecks()

  /// A scorer for the units of `campaign` by the judge of `models`.
  ///
  /// - Parameters:
  ///   - isAlone: Whether the judge scores by itself, without the formula.
  ///   - readingByteCountMax: The most bytes of excerpts read that are kept.
  /// - Throws: `engine`, also where `models` have no judge.
  public init(
    campaign: Campaign, models: InterpretationModels, isAlone: Bool = false,
    readingByteCountMax: Int = JudgeScorer.readingByteCountMax
  ) throws(InterpretationError) {
    guard let judge = models.judge else { throw .engine("no trained judge was loaded") }
    self.campaign = campaign
    self.judge = judge
    formula = isAlone ? nil : try GenWindowScorer(campaign: campaign, models: models)
    mixture = isAlone ? judge.readout.alone : judge.mixture ?? judge.readout.alone
    let isMatched = formula?.name.hasSuffix("-matched") ?? false
    name = "\(isAlone ? "judge-alone" : "judge")/\(judge.version)\(isMatched ? "-matched" : "")"
    units = KeptReadings(byteCountMax: readingByteCountMax)
    covers = KeptReadings(byteCountMax: readingByteCountMax / 4)
  }

  /// The score of `text` for `unit` with its 95 % bootstrap interval over the excerpts.
  public func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    let scores = try scores(text, units: [unit])
    guard let score = scores.first else { throw .unknownUnit(unit) }
    return score
  }

  /// The scores of `text` for several units; the text itself is read once.
  public func scores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError)
    -> [Score]
  {
    try partedScores(text, units: units).map(\.score)
  }

  /// The scores of `text` with r and the formula's z values.
  public func partedScores(_ text: ExplanationText, units: [UnitID])
    throws(InterpretationError) -> [PartedScore]
  {
    let indices = try indices(of: units)
    let questions = try questions(text)
    let bank = try formula?.bank(for: text)
    var scores: [PartedScore] = []
    for index in indices {
      let judged = try judged(index)
      let logits = try logits(questions, on: judged.windows)
      let count = campaign.units[index].scored.count
      scores.append(
        score(
          text, of: index, judged: judged.evidence(logits, of: count, by: judge.readout),
          reading: bank.flatMap { formula?.reading(of: index, in: $0) }))
    }
    return scores
  }

  /// What the judge alone says on some excerpts of the unit: no language model is run.
  public func provisionalScore(_ text: ExplanationText, unit: UnitID)
    throws(InterpretationError) -> Score?
  {
    guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
    let chosen = provisional(campaign.units[index].scored)
    let judged = try judged(index)
    let windows = judged.owners.indices.filter { chosen.contains(judged.owners[$0]) }
    let some = judged.some(windows)
    let logits = try logits(try questions(text), on: some.windows)
    let evidence = some.evidence(
      logits, of: campaign.units[index].scored.count, by: judge.readout)
    let made = score(
      text, of: index, judged: evidence, reading: nil, mixture: judge.readout.alone, only: chosen)
    return made.score
  }

  /// The first strongest excerpts and as many others.
  private func provisional(_ excerpts: [Excerpt]) -> Set<Int> {
    let top = excerpts.indices.filter { excerpts[$0].kind == .top }
    let rest = excerpts.indices.filter { excerpts[$0].kind != .top }
    let half = Self.provisionalExcerptCount / 2
    // The others evenly spread, so that every kind is among them.
    let spread = (0..<min(half, rest.count)).map { rest[$0 * rest.count / min(half, rest.count)] }
    return Set(top.prefix(half) + spread)
  }

  /// Tokens that the judge reads for a score, those of excerpts that are kept included, and the formula's.
  public func tokenCount(of text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Int?
  {
    guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
    let questions = try questions(text)
    let ofExcerpts = try judged(index).windows.reduce(0) { $0 + $1.reading.tokenCount }
    let ofText = questions.reduce(0) { $0 + $1.tokenCount }
    let ofFormula = try formula?.tokenCount(of: text, unit: unit) ?? 0
    return ofText + questions.count * ofExcerpts + ofFormula
  }

  private func indices(of units: [UnitID]) throws(InterpretationError) -> [Int] {
    var indices: [Int] = []
    for unit in units {
      guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
      indices.append(index)
    }
    return indices
  }
}

// MARK: The judge's part

extension JudgeScorer {
  func questions(_ text: ExplanationText) throws(InterpretationError) -> [JudgeQuestion] {
    try InterpretationError.wrap { () throws(EngineError) in
      try judge.questions(text.meanings)
    }
  }

  /// The largest logit of each token of each window.
  ///
  /// - Throws: `engine`, also where whoever asked has cancelled it.
  func logits(_ questions: [JudgeQuestion], on windows: [ReadWindow])
    throws(InterpretationError) -> [[Float]]
  {
    if InferenceTerms.current.handle?.isCancelled == true {
      throw .engine(InferenceRefusal.cancelled.description)
    }
    return try InterpretationError.wrap { () throws(EngineError) in
      try judge.logits(of: questions, on: windows)
    }
  }

  /// The windows of the unit at `index`, read when they are first asked for.
  private func judged(_ index: Int) throws(InterpretationError) -> JudgedUnit {
    if let known = units.value(index) { return known }
    let unit = campaign.units[index]
    let judged = try InterpretationError.wrap { () throws(EngineError) in
      try JudgedUnit(unit.scored, usualPeak: unit.top20MeanPeak, judge: judge)
    }
    units.keep(judged, byteCount: judged.byteCount, under: index)
    return judged
  }
}

// MARK: The score

extension JudgeScorer {
  /// What an explanation gets for what it predicts on each excerpt.
  ///
  /// - Parameter only: The excerpts that count; nil for all.
  private func score(
    _ text: ExplanationText, of index: Int, judged: [CorrelationSums], reading: FormulaReading?,
    mixture: Judge.Mixture? = nil, only: Set<Int>? = nil
  ) -> PartedScore {
    let unit = campaign.units[index]
    let mixture = mixture ?? self.mixture
    func correlation(_ drawn: [Int]) -> Double {
      drawn.reduce(CorrelationSums()) { $0 + judged[$1] }.correlation
    }
    func value(_ drawn: [Int]) -> Double {
      mixture.score(
        correlation: correlation(drawn),
        formula: reading.map { reading in
          reading.strength(of: drawn.map { reading.evidence[$0] })
        } ?? 0)
    }
    let excerpts = unit.scored
    let all = excerpts.indices.filter { only?.contains($0) ?? true }
    let groups = [
      all.filter { excerpts[$0].kind == .top }, all.filter { excerpts[$0].kind != .top },
    ].filter { !$0.isEmpty }
    var generator = SeededGenerator(seed: 0).forked(for: "\(unit.id)|\(text)")
    let resampled = (0..<GenWindowScorer.resampleCount).map { _ in
      value(
        groups.flatMap { group in
          group.map { _ in group[Int.random(in: 0..<group.count, using: &generator)] }
        })
    }.sorted()
    let isList = !unit.isLexical && checks.isPeakWordList(text, peakWords: unit.peakWords)
    let limit = isList ? GenWindowScorer.listCap : 100
    let raw = value(all)
    let tail = GenWindowScorer.resampleCount / 40
    let tells = all.reduce(CorrelationSums()) { $0 + judged[$1] }.tells
    let low = tells ? min(raw, resampled[tail]) : 0
    let high = tells ? max(raw, resampled[resampled.count - 1 - tail]) : 100
    func kept(_ value: Double) -> Double { GenWindowScorer.rounded(min(limit, value)) }
    let score = Score(
      value: kept(raw), low: kept(low), high: kept(high), cap: isList ? .peakWordList : nil,
      scorer: only == nil ? name : name + "-provisional")
    var parts = reading?.parts ?? ScoreParts()
    parts.correlation = correlation(all)
    return PartedScore(score: score, parts: parts)
  }
}

extension CampaignUnit {
  /// The excerpts that scores are made from: the first sealed half of what is held out.
  var scored: [Excerpt] { heldOut.filter { !$0.settlesContests }.map(\.excerpt) }
}
