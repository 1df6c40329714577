public import ArenaTypes

/// A set of units of one model with their texts: what a server offers for play.
///
/// A value that is built once and only read afterwards; copies share their storage.
public struct Campaign: Sendable {
  /// What it says of itself.
  public let info: CampaignInfo
  /// The SHA-256 of its content, in lower-case hexadecimal.
  public let contentHash: String
  /// Its units, ordered by layer and index.
  public let units: [CampaignUnit]
  /// Units that are functions of the text, for gold questions: found by name as the others are, and no
  /// part of `units`.
  public let goldUnits: [CampaignUnit]
  /// What explanations are measured against, the same for all units.
  public let baseline: ScoringBaseline

  private let goldIndices: [UnitID: Int]
  private let unitIndices: [UnitID: Int]
  private let visibleExcerpts: [ExcerptID: Excerpt]
  private let explanationIndices: [ExplanationID: ExplanationPosition]

  private struct ExplanationPosition {
    let unit: Int
    let explanation: Int
  }

  /// A campaign of these parts.
  ///
  /// - Complexity: O(*n*) in the number of excerpts.
  public init(
    info: CampaignInfo, contentHash: String, units: [CampaignUnit], baseline: ScoringBaseline,
    goldUnits: [CampaignUnit] = []
  ) {
    self.info = info
    self.goldUnits = goldUnits
    goldIndices = Dictionary(
      goldUnits.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 })
    self.contentHash = contentHash
    self.units = units
    self.baseline = baseline
    var unitIndices: [UnitID: Int] = [:]
    var visibleExcerpts: [ExcerptID: Excerpt] = [:]
    var explanationIndices: [ExplanationID: ExplanationPosition] = [:]
    for (index, unit) in (units + goldUnits).enumerated() {
      if index < units.count { unitIndices[unit.id] = index }
      for clue in unit.clues { visibleExcerpts[clue.excerpt.id] = clue.excerpt }
      for reveal in unit.reveals { visibleExcerpts[reveal.excerpt.id] = reveal.excerpt }
      for (position, explanation) in unit.explanations.enumerated() {
        explanationIndices[explanation.explanation.id] =
          ExplanationPosition(unit: index, explanation: position)
      }
    }
    self.unitIndices = unitIndices
    self.visibleExcerpts = visibleExcerpts
    self.explanationIndices = explanationIndices
  }

  /// The unit called `id`.
  ///
  /// - Complexity: O(1).
  public func unit(_ id: UnitID) -> CampaignUnit? {
    unitIndices[id].map { units[$0] } ?? goldIndices[id].map { goldUnits[$0] }
  }

  /// Whether a unit was made as a function of the text.
  ///
  /// - Complexity: O(1).
  public func isMade(_ id: UnitID) -> Bool { goldIndices[id] != nil && unitIndices[id] == nil }

  /// The position in `units` of the unit called `id`.
  ///
  /// - Complexity: O(1).
  public func index(of id: UnitID) -> Int? { unitIndices[id] }

  /// The clue or reveal excerpt called `id`; never a held-out one.
  ///
  /// - Complexity: O(1).
  public func excerpt(_ id: ExcerptID) -> Excerpt? { visibleExcerpts[id] }

  /// The explanation called `id`.
  ///
  /// - Complexity: O(1).
  public func explanation(_ id: ExplanationID) -> CampaignExplanation? {
    explanationIndices[id].map { place in
      let unit =
        place.unit < units.count ? units[place.unit] : goldUnits[place.unit - units.count]
      return unit.explanations[place.explanation]
    }
  }
}

/// The expected log-probability of each token after any explanation whatever.
///
/// What a model would write after `Examples of …` whatever the explanation says must not count for
/// it; see `GenWindowScorer`.
public struct ScoringBaseline: Hashable, Sendable {
  /// `[templates][vocabulary]`: the mean log-probability over a bank of explanations, in nats.
  public let meanLogProbabilities: [[Float]]

  /// A baseline of these means.
  public init(meanLogProbabilities: [[Float]]) {
    self.meanLogProbabilities = meanLogProbabilities
  }
}
