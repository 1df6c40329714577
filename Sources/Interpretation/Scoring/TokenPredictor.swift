public import ArenaTypes

/// Reads an explanation together with a text and says on which tokens it expects a unit to fire.
///
/// The place for a judge that is trained to do so: `PredictionScorer` makes a `Scorer` of it.
/// Blocking, as `Scorer` is, and called from several threads at once.
public protocol TokenPredictor: Sendable {
  /// The name and version that scores carry.
  var name: String { get }

  /// Whether a text costs little to read once its excerpts are known; see `Scorer.readsTextOnce`.
  var readsTextOnce: Bool { get }

  /// How strongly `text` makes one expect activations on each token, from 0 on.
  ///
  /// Only what is larger than what counts: scores look at the correlation.
  /// - Returns: One array for each of `excerpts`, as long as its tokens.
  /// - Throws: `engine` where a model fails.
  func predictions(_ text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]

  /// How many tokens models read for these predictions; nil where that is not known.
  func tokenCount(of text: ExplanationText, on excerpts: [Excerpt]) throws(InterpretationError)
    -> Int?
}

extension TokenPredictor {
  /// Not known, as long as nothing else is said.
  public func tokenCount(of text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> Int?
  { nil }
}

/// Scores explanations by how well a predictor's activations correlate with the real ones.
///
/// Over all tokens of the first sealed half of the held-out excerpts; activations below zero count as
/// zero. The score is 100 / (1 + exp(-(r - 0.25) / 0.1)). Its interval resamples excerpts, those in
/// which the unit fires most among themselves.
public struct PredictionScorer: Scorer {
  /// The correlation that gives 50 points.
  static let midpoint = 0.25
  /// How far the correlation must rise for the odds of a score to grow e-fold.
  static let width = 0.1

  let campaign: Campaign
  let predictor: any TokenPredictor
  private let checks = TextChecks()

  /// A scorer for the units of `campaign`.
  public init(campaign: Campaign, predictor: any TokenPredictor) {
    self.campaign = campaign
    self.predictor = predictor
  }

  /// The predictor's name.
  public var name: String { predictor.name }

  /// Whatever the predictor says.
  public var readsTextOnce: Bool { predictor.readsTextOnce }

  /// The score of `text` for `unit` with its 95 % bootstrap interval over the excerpts.
  public func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    guard let unit = campaign.unit(unit) else { throw .unknownUnit(unit) }
    let excerpts = Self.scored(unit)
    let predictions = try predictor.predictions(text, on: excerpts)
    let evidence = zip(excerpts, predictions).map { PartEvidence(excerpt: $0, predictions: $1) }
    let isList = !unit.isLexical && checks.isPeakWordList(text, peakWords: unit.peakWords)
    let limit = isList ? GenWindowScorer.listCap : 100
    let raw = Self.value(evidence)
    var generator = SeededGenerator(seed: 0).forked(for: "\(unit.id)|\(text)")
    let resampled = (0..<GenWindowScorer.resampleCount).map { _ in
      Self.value(evidence.resampled(using: &generator))
    }.sorted()
    let tail = GenWindowScorer.resampleCount / 40
    func kept(_ value: Double) -> Double { (min(limit, value) * 10).rounded() / 10 }
    return Score(
      value: kept(raw), low: kept(min(raw, resampled[tail])),
      high: kept(max(raw, resampled[resampled.count - 1 - tail])),
      cap: isList ? .peakWordList : nil, scorer: name)
  }

  private static func scored(_ unit: CampaignUnit) -> [Excerpt] {
    unit.heldOut.filter { !$0.settlesContests }.map(\.excerpt)
  }

  private static func value(_ evidence: [PartEvidence]) -> Double {
    let correlation = ScoringFeatures(evidence, meanWindowCosine: 0).genCorrelation
    return 100 * logistic((correlation - midpoint) / width)
  }

  /// What the predictor says, in units of its strongest prediction where that is above 1.
  public func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    guard campaign.index(of: unit) != nil else { throw .unknownUnit(unit) }
    let predictions = try predictor.predictions(text, on: excerpts)
    let strongest = predictions.joined().max() ?? 0
    return predictions.map { $0.map { max(0, $0) / max(1, strongest) } }
  }

  /// Whatever the predictor says of the unit's held-out excerpts.
  public func tokenCount(of text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Int?
  {
    guard let unit = campaign.unit(unit) else { throw .unknownUnit(unit) }
    return try predictor.tokenCount(of: text, on: Self.scored(unit))
  }
}

extension PartEvidence {
  /// The sums of a text's predictions and activations.
  init(excerpt: Excerpt, predictions: [Float]) {
    self.init()
    for (prediction, activation) in zip(predictions, excerpt.activations) {
      let (x, y) = (Double(prediction), Double(max(0, activation)))
      count += 1
      sumX += x
      sumY += y
      sumXX += x * x
      sumYY += y * y
      sumXY += x * y
    }
    // What makes the resampling draw the strongest among themselves.
    if excerpt.kind == .top { genPeak = 0 }
  }
}
