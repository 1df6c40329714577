public import ArenaTypes

/// Writes explanations of units from what everybody may see of them.
public protocol Explainer: Sendable {
  /// Its name and version, as in `Author.machine`.
  var name: String { get }

  /// What it says of each of a campaign's units, the best first; perhaps nothing.
  ///
  /// Of the excerpts it reads the clues alone. The same campaign always gets the same texts.
  /// - Throws: `engine`.
  func explanations(of campaign: Campaign) throws(InterpretationError) -> [[ExplanationText]]
}

/// The engine's own explainer: proposes meanings of a bank, as `campaign build` does.
public struct ConceptExplainer: Explainer {
  /// The name under which the bank's explanations stand.
  public static let standardName = "concept-bank/1"

  /// `concept-bank/1`.
  public let name = Self.standardName
  let subject: any SubjectModel
  let embedder: any SentenceEmbedder
  let concepts: ConceptBank
  let progress: BuildProgress

  /// An explainer that chooses from `concepts` by what the two models make of them.
  public init(
    subject: any SubjectModel, embedder: any SentenceEmbedder, concepts: ConceptBank,
    progress: BuildProgress = .silent
  ) {
    self.subject = subject
    self.embedder = embedder
    self.concepts = concepts
    self.progress = progress
  }

  /// Two texts a unit, as far as the bank has so many.
  public func explanations(of campaign: Campaign) throws(InterpretationError)
    -> [[ExplanationText]]
  {
    try explanations(of: campaign, baseline: PromptTemplates.standard.baseline(model: subject))
  }

  /// As `explanations(of:)`, where the baseline of the subject model is known.
  func explanations(of campaign: Campaign, baseline: ScoringBaseline)
    throws(InterpretationError) -> [[ExplanationText]]
  {
    try MachineProposer(
      subject: subject, embedder: embedder, concepts: concepts, baseline: baseline,
      tokens: WriterTokens.matching(campaign, writer: subject)
    ).proposals(for: campaign.units, progress: progress)
  }
}
