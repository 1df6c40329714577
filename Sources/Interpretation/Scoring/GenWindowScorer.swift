public import ArenaTypes

/// Scores explanations by what the subject model would write, and by what peaks' surroundings mean.
///
/// For an explanation X and a unit's held-out excerpts:
///
/// - *gen*: PMI(v) = log p(v | prompt(X)) less the mean of that over a bank of other explanations;
///   the mean over two prompts, a token's forms with and without leading space added.
/// - *window*: the cosine of MiniLM(X) with MiniLM of the tokens t-5...t+2.
/// - *peak(f)* is the mean over the strongest excerpts of the largest f in peak-2...peak+1, less the
///   mean of f over all tokens; *corr* the correlation of PMI with the activation.
/// - Each feature becomes z, its distance from the same feature for other units of the campaign in
///   their standard deviations, clipped to -3...6; s is the mean of the z of window peak, gen peak
///   and gen corr. The score is 100 / (1 + exp(-(s - 2.4))).
///
/// Several meanings are taken together: the largest PMI and the largest cosine count.
///
/// The campaign may be of another model than the one that writes: tokens are then matched by their
/// texts (`WriterTokens`). The constants were set on units of the writing model itself.
public final class GenWindowScorer: Scorer {
  /// The most other units that a score is compared with.
  public static let bankUnitCount = 48
  /// How many a score is compared with where only the nearest count.
  static let nearUnitCount = 16
  /// The fewest other units with which a comparison means something.
  public static let bankUnitCountMin = 8
  /// The s that gives 50 points.
  static let midpoint = 2.4
  /// How often the interval resamples.
  static let resampleCount = 200
  /// The most that a mere list of peak words gets.
  static let listCap = 49.0

  /// Which of its features a score is made from; all but the whole are for comparison.
  public enum Features: String, Sendable, CaseIterable {
    /// The formula.
    case all = "gen-window/1"
    /// What the subject model would write, alone.
    case gen = "gen/1"
    /// What the subject model would write after `Examples of X: "`, alone.
    case genExamples = "gen-examples/1"
    /// What it would write after `The following word matches the description (X):`, alone.
    case genDescription = "gen-description/1"
    /// What it would write after these two prompts and four more.
    case genSix = "gen-six/1"
    /// What peaks' surroundings mean, alone.
    case window = "window/1"
    /// The formula, compared with the units alone that fire in the most similar surroundings.
    case near = "near/1"

    /// The weights of window peak, gen peak and gen corr.
    var weights: SIMD3<Double> {
      switch self {
      case .all, .near: SIMD3(1, 1, 1)
      case .gen, .genExamples, .genDescription, .genSix: SIMD3(0, 1, 1)
      case .window: SIMD3(1, 0, 0)
      }
    }

    /// The prompts after which the subject model writes.
    var templates: PromptTemplates {
      switch self {
      case .all, .gen, .window, .near: .standard
      case .genExamples: .examplesAlone
      case .genDescription: .descriptionAlone
      case .genSix: .six
      }
    }

    /// Whether the subject model writes anything at all.
    var writes: Bool { weights.y > 0 }
    /// Whether peaks' surroundings are looked at.
    var seesWindows: Bool { weights.x > 0 }
  }

  /// `gen-window/1`; `gen-window/1-matched` where tokens are matched by their texts.
  public let name: String
  let features: Features
  let campaign: Campaign
  let models: InterpretationModels
  let forms: TokenForms
  let templates: PromptTemplates
  let baseline: [Float]
  /// `[units]`: where each fires, by meaning; empty unless the nearest are compared with.
  let directions: [[Float]]
  let samples: [HeldOutSample]
  let tokens: WriterTokens
  private let checks = TextChecks()

  /// A scorer for the units of `campaign`.
  ///
  /// Takes about a second where the campaign has no baseline of its own.
  /// - Throws: `engine`.
  public init(
    campaign: Campaign, models: InterpretationModels, features: Features = .all
  ) throws(InterpretationError) {
    let isOwn = campaign.info.modelDigest == models.subject.digest
    let tokens = try WriterTokens.matching(campaign, writer: models.subject)
    name = features.rawValue + (isOwn ? "" : "-matched")
    self.features = features
    self.tokens = tokens
    self.campaign = campaign
    self.models = models
    forms = TokenForms(model: models.subject)
    templates = features.templates
    if let row = campaign.baseline.meanLogProbabilities.first,
      row.count == models.subject.vocabularyCount, features.templates.isStandard
    {
      baseline = row
    } else {
      baseline = try features.templates.baseline(model: models.subject).meanLogProbabilities[0]
    }
    samples = campaign.units.map { HeldOutSample($0, tokens: tokens) }
    directions = features == .near ? samples.map(\.direction) : []
  }

  /// The score of `text` for `unit` with its 95 % bootstrap interval over the excerpts.
  public func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
    let bank = try bank(for: text)
    return score(text, index: index, bank: bank).score
  }

  /// Units only add arithmetic.
  public var readsTextOnce: Bool { true }

  /// The scores of `text` for several units, for the price of one.
  public func scores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError)
    -> [Score]
  {
    try partedScores(text, units: units).map(\.score)
  }

  /// The scores of `text` with the z values that they are made of.
  public func partedScores(_ text: ExplanationText, units: [UnitID])
    throws(InterpretationError) -> [PartedScore]
  {
    let bank = try bank(for: text)
    var scores: [PartedScore] = []
    for unit in units {
      guard let index = campaign.index(of: unit) else { throw .unknownUnit(unit) }
      scores.append(score(text, index: index, bank: bank))
    }
    return scores
  }

  /// What `text` makes one expect, for any number of units.
  func bank(for text: ExplanationText) throws(InterpretationError) -> FeatureBank {
    FeatureBank(of: try Expectation(of: text, scorer: self), on: samples)
  }

  /// How a text does on the unit at `index`.
  func reading(of index: Int, in bank: FeatureBank) -> FormulaReading {
    FormulaReading(
      evidence: bank.expectation.evidence(on: samples[index]),
      scale: FeatureScale(
        bankIndices(without: index).map { bank.features(of: $0) }, weights: features.weights),
      cosine: bank.expectation.meanWindowCosine(of: samples[index]))
  }

  private func score(_ text: ExplanationText, index: Int, bank: FeatureBank) -> PartedScore {
    let reading = reading(of: index, in: bank)
    let evidence = reading.evidence
    func value(_ evidence: [PartEvidence]) -> Double { Self.score(reading.strength(of: evidence)) }
    var generator = SeededGenerator(seed: 0).forked(for: "\(campaign.units[index].id)|\(text)")
    let resampled = (0..<Self.resampleCount).map { _ in
      value(evidence.resampled(using: &generator))
    }.sorted()
    let tail = Self.resampleCount / 40
    let unit = campaign.units[index]
    let isList = !unit.isLexical && checks.isPeakWordList(text, peakWords: unit.peakWords)
    let limit = isList ? Self.listCap : 100
    let raw = value(evidence)
    let score = Score(
      value: Self.rounded(min(limit, raw)),
      low: Self.rounded(min(limit, raw, resampled[tail])),
      high: Self.rounded(min(limit, max(raw, resampled[Self.resampleCount - 1 - tail]))),
      cap: isList ? .peakWordList : nil, scorer: name)
    return PartedScore(score: score, parts: reading.parts)
  }

  /// The score of so many standard deviations.
  static func score(_ strength: Double) -> Double { 100 * logistic(strength - midpoint) }

  /// Tenths of a point are more than a score can tell.
  static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  /// Units evenly spread over the campaign, without the one at `index`; or those nearest to it.
  func bankIndices(without index: Int) -> [Int] {
    let others = campaign.units.indices.filter { $0 != index }
    if features == .near {
      let likenesses = others.map { ($0, Vectors.dot(directions[index], directions[$0])) }
      return likenesses.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.prefix(Self.nearUnitCount).map(\.0)
    }
    guard others.count > Self.bankUnitCount else { return others }
    return (0..<Self.bankUnitCount).map { others[$0 * others.count / Self.bankUnitCount] }
  }
}

/// What one expectation gives on each unit, computed when it is first asked for.
final class FeatureBank {
  let expectation: Expectation
  private let samples: [HeldOutSample]
  private var known: [SIMD3<Double>?]

  init(of expectation: Expectation, on samples: [HeldOutSample]) {
    self.expectation = expectation
    self.samples = samples
    known = Array(repeating: nil, count: samples.count)
  }

  func features(of unit: Int) -> SIMD3<Double> {
    if let features = known[unit] { return features }
    let features = ScoringFeatures(
      expectation.evidence(on: samples[unit]),
      meanWindowCosine: expectation.meanWindowCosine(of: samples[unit])
    ).values
    known[unit] = features
    return features
  }
}

/// Turns features into z values against the same features of other units.
struct FeatureScale {
  private let means: SIMD3<Double>
  private let deviations: SIMD3<Double>
  private let weights: SIMD3<Double>

  init(_ bank: [SIMD3<Double>], weights: SIMD3<Double> = SIMD3(1, 1, 1)) {
    self.weights = weights
    let count = Double(max(1, bank.count))
    let means = bank.reduce(SIMD3<Double>.zero, +) / count
    let variances =
      bank.reduce(SIMD3<Double>.zero) { $0 + ($1 - means) * ($1 - means) } / count
    self.means = means
    deviations = (variances + 1e-12).squareRoot()
  }

  /// The z values of these features, each clipped to -3...6.
  func z(of values: SIMD3<Double>) -> SIMD3<Double> { Self.clipped((values - means) / deviations) }

  /// The weighted mean of the z values of these features: s.
  func strength(of values: SIMD3<Double>) -> Double {
    Self.strength(ofZ: z(of: values), weights: weights)
  }

  /// The score of three z values: each clipped to -3...6, their mean squashed around `midpoint`.
  static func score(ofZ z: SIMD3<Double>, weights: SIMD3<Double> = SIMD3(1, 1, 1)) -> Double {
    GenWindowScorer.score(strength(ofZ: clipped(z), weights: weights))
  }

  private static func clipped(_ z: SIMD3<Double>) -> SIMD3<Double> {
    z.clamped(lowerBound: SIMD3(repeating: -3), upperBound: SIMD3(repeating: 6))
  }

  private static func strength(ofZ z: SIMD3<Double>, weights: SIMD3<Double>) -> Double {
    (z * weights).sum() / weights.sum()
  }
}

/// How one text does on one unit by the formula.
struct FormulaReading {
  /// One an excerpt.
  let evidence: [PartEvidence]
  let scale: FeatureScale
  let cosine: Double

  /// The mean of the z values on some of the evidence: s.
  func strength(of evidence: [PartEvidence]) -> Double {
    scale.strength(of: ScoringFeatures(evidence, meanWindowCosine: cosine).values)
  }

  /// The z values and their mean on all of it.
  var parts: ScoreParts {
    let values = ScoringFeatures(evidence, meanWindowCosine: cosine).values
    let z = scale.z(of: values)
    return ScoreParts(
      correlation: nil, windowPeak: z.x, genPeak: z.y, genCorrelation: z.z,
      formula: scale.strength(of: values))
  }
}

extension [PartEvidence] {
  /// As many excerpts, drawn with replacement; the strongest among themselves, so that a peak
  /// feature always has its number of peaks.
  func resampled(using generator: inout SeededGenerator) -> [PartEvidence] {
    let top = filter { $0.genPeak != nil }
    let rest = filter { $0.genPeak == nil }
    var drawn: [PartEvidence] = []
    for group in [top, rest] where !group.isEmpty {
      for _ in group { drawn.append(group[Int.random(in: 0..<group.count, using: &generator)]) }
    }
    return drawn
  }
}
