public import ArenaTypes

/// A unit that has to do with another one.
public struct UnitNeighbour: Hashable, Sendable, Codable {
  /// What makes it a neighbour.
  public enum Relation: String, Sendable, Codable, CaseIterable {
    /// Its input and output weights point the same way.
    case weights
    /// It fires on the same tokens.
    case firing
  }

  /// The neighbour; it need not be in the campaign.
  public let unit: UnitID
  /// What makes it one.
  public let relation: Relation
  /// The cosine or the correlation that says how near it is, -1 to 1.
  public let similarity: Float

  /// A neighbour of these parts.
  public init(unit: UnitID, relation: Relation, similarity: Float) {
    self.unit = unit
    self.relation = relation
    self.similarity = similarity
  }
}

/// A unit with everything that a campaign knows of it.
///
/// The pools share no text: each excerpt belongs to one of them.
public struct CampaignUnit: Sendable, Identifiable {
  /// The unit's name.
  public let id: UnitID
  /// Which sign counts as firing; activations are already multiplied by it.
  public let polarity: Polarity
  /// What was taken off its activations, so that nothing below it counts: the usual level of a unit that
  /// is never silent, such as a head; else 0.
  public let rest: Float
  /// The share of the corpus' tokens on which it is active.
  public let density: Double
  /// The mean of its 20 strongest peaks in the corpus, one an excerpt; 100 points in a fire round.
  public let top20MeanPeak: Float
  /// Whether its peaks are a handful of words, so that naming them is an explanation.
  public let isLexical: Bool
  /// What players may see, in the order of preference: strongest first, silent ones last.
  public let clues: [ClueExcerpt]
  /// What scores are made from; never sent to any client.
  public let heldOut: [HeldOutExcerpt]
  /// What players see after a round.
  public let reveals: [RevealExcerpt]
  /// The words on which the clues peak, lower-cased, most frequent first.
  public let peakWords: [String]
  /// The tokens that its output direction makes likelier, strongest first.
  public let promoted: [String]
  /// The tokens that its output direction makes less likely, strongest first.
  public let suppressed: [String]
  /// Units near to it.
  public let neighbours: [UnitNeighbour]
  /// What has been said of it, in the order of their ids.
  public var explanations: [CampaignExplanation]
  /// Pairs of explanations that readers judged blind.
  public var pairs: [ReadPair]
  /// What the scorer needs.
  public let scoring: ScoringProfile

  /// A unit of these parts.
  public init(
    id: UnitID, polarity: Polarity, rest: Float = 0, density: Double, top20MeanPeak: Float,
    isLexical: Bool,
    clues: [ClueExcerpt], heldOut: [HeldOutExcerpt], reveals: [RevealExcerpt],
    peakWords: [String], promoted: [String], suppressed: [String], neighbours: [UnitNeighbour],
    explanations: [CampaignExplanation], pairs: [ReadPair], scoring: ScoringProfile
  ) {
    self.id = id
    self.polarity = polarity
    self.rest = rest
    self.density = density
    self.top20MeanPeak = top20MeanPeak
    self.isLexical = isLexical
    self.clues = clues
    self.heldOut = heldOut
    self.reveals = reveals
    self.peakWords = peakWords
    self.promoted = promoted
    self.suppressed = suppressed
    self.neighbours = neighbours
    self.explanations = explanations
    self.pairs = pairs
    self.scoring = scoring
  }
}

extension CampaignUnit {
  /// What of its raw activation is firing.
  var firing: Firing { Firing(polarity: polarity, rest: rest) }
}

/// What the scorer keeps of a unit: embeddings of its held-out peaks' surroundings.
///
/// A window is the text of tokens t-5...t+2 around the token t, embedded by MiniLM, normalised to
/// length 1 and stored as `round(127 * x / scale)`.
public struct ScoringProfile: Hashable, Sendable {
  /// The windows of one excerpt around its peak.
  public struct Windows: Hashable, Sendable {
    /// The position of the excerpt in `CampaignUnit.heldOut`.
    public let heldOutIndex: Int
    /// `[count, dimension]`, row-major: the windows of the tokens peak-2...peak+1 that exist.
    public let vectors: [Int8]

    /// Windows of the held-out excerpt at `heldOutIndex`.
    public init(heldOutIndex: Int, vectors: [Int8]) {
      self.heldOutIndex = heldOutIndex
      self.vectors = vectors
    }
  }

  /// Windows of the excerpts in which the unit fires most.
  public let windows: [Windows]
  /// `[dimension]`: the mean of the windows of all tokens of the held-out pool, not normalised.
  public let meanWindow: [Float]

  /// A profile of these parts.
  public init(windows: [Windows], meanWindow: [Float]) {
    self.windows = windows
    self.meanWindow = meanWindow
  }
}
