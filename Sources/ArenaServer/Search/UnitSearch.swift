import ArenaProtocol
import ArenaTypes
import Interpretation

/// Finds units of a campaign by the meaning of their explanations, or by words on which they fire.
struct UnitSearch: Sendable {
  /// What was found, before anybody's settings and seals.
  struct Finding: Sendable {
    let unit: UnitID
    let likeness: Double
    /// The explanation that was found; nil where a word was.
    let explanation: ExplanationID?
    /// The text that was found; nil where an explanation was.
    let excerpt: ExcerptID?
    /// The token of that text that was found.
    let token: Int?
  }

  /// The most units that are told.
  static let hitCountMax = 20
  /// How many explanations a search embeds before it looks at those it has: half a second of work.
  private static let growthCount = 8

  private let campaign: Campaign
  private let words: FiringWords
  private let meanings: MeaningIndex?

  /// A search over `campaign`, by words alone where there is no sentence model.
  init(_ campaign: Campaign, embedder: (any SentenceEmbedder)?) {
    self.campaign = campaign
    words = FiringWords(campaign)
    meanings = embedder.map { MeaningIndex(campaign, embedder: $0) }
  }

  /// Whether units can be found by meaning.
  var knowsMeanings: Bool { meanings != nil }
  /// Whether all meanings are known by now.
  var isComplete: Bool { meanings?.isComplete ?? true }

  /// Units that fire on words of a query.
  func byWord(_ query: String) -> [Finding] {
    words.units(firingOn: query).map {
      Finding(
        unit: campaign.units[$0.unit].id, likeness: $0.likeness, explanation: nil,
        excerpt: $0.excerpt, token: $0.token)
    }
  }

  /// Units whose explanations mean something like a query; blocking.
  ///
  /// - Throws: What the sentence model says.
  func byMeaning(_ query: String) throws(InterpretationError) -> [Finding] {
    guard let meanings else { return [] }
    for _ in 0..<Self.growthCount where !meanings.isComplete { try meanings.grow() }
    return try meanings.matches(of: query).map {
      Finding(
        unit: campaign.units[$0.unit].id, likeness: $0.likeness, explanation: $0.explanation,
        excerpt: nil, token: nil)
    }
  }

  /// Makes some more meanings known; blocking.
  ///
  /// - Throws: What the sentence model says.
  func grow() throws(InterpretationError) { try meanings?.grow() }
}

extension WireViews {
  /// What a player may see of a unit that was found; what moderators have hidden since the index was
  /// made is not.
  func hit(_ finding: UnitSearch.Finding, showsExplicit: Bool) -> Wire.UnitHit {
    let unit = campaign.unit(finding.unit)
    let shown = unit?.clues.map(\.excerpt).first { showsExplicit || !$0.isExplicit }
    let found = unit?.explanations.map(\.explanation.id).first { $0 == finding.explanation }
    let excerpt = finding.excerpt.flatMap { campaign.excerpt($0) == nil ? nil : $0 }
    return Wire.UnitHit(
      unit: card(finding.unit),
      explanation: found.map { credit($0, for: finding.unit) } ?? best(of: finding.unit)
        ?? machine(of: finding.unit),
      likeness: min(1, max(0, finding.likeness)),
      clue: (excerpt ?? shown?.id).flatMap {
        clue($0, of: finding.unit, around: excerpt == nil ? nil : finding.token)
      })
  }
}
