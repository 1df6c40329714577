public import ArenaTypes

/// A unit with what a reader wrote about it and excerpts that carry its activations.
public struct LabelledUnit: Hashable, Sendable {
  /// What an explanation is about.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// What texts mean.
    case meaning
    /// Grammar, position, punctuation, spelling.
    case form
  }

  /// A false explanation of the same unit.
  public struct Rival: Hashable, Sendable {
    /// What it says.
    public let text: ExplanationText
    /// Its sort, such as `list`, `too_broad`, `too_narrow`, `wrong_context` or `neighbour`.
    public let kind: String?

    /// A rival of these parts.
    public init(text: ExplanationText, kind: String?) {
      self.text = text
      self.kind = kind
    }
  }

  /// A text with the unit's activations.
  public struct LabelledExcerpt: Hashable, Sendable {
    /// How it was drawn.
    public let kind: Excerpt.Kind
    /// Whether it was kept from whoever wrote the explanation; what is scored on.
    public let isHidden: Bool
    /// The document that it is from.
    public let source: String
    /// The model's ids of the tokens.
    public let tokenIDs: [Int32]
    /// The tokens as text.
    public let tokens: [String]
    /// The activations, multiplied by the polarity.
    public let activations: [Float]

    /// An excerpt of these parts; the three lists are of one length.
    public init(
      kind: Excerpt.Kind, isHidden: Bool, source: String, tokenIDs: [Int32], tokens: [String],
      activations: [Float]
    ) {
      self.kind = kind
      self.isHidden = isHidden
      self.source = source
      self.tokenIDs = tokenIDs
      self.tokens = tokens
      self.activations = activations
    }
  }

  /// The unit's name.
  public let id: UnitID
  /// Which sign of the raw activation counts as firing.
  public let polarity: Polarity
  /// What a reader took for the truth.
  public let explanation: ExplanationText
  /// What that is about, where somebody said it.
  public let kind: Kind?
  /// A sort of units that figures are also told of apart, where the set names any.
  public let group: String?
  /// Whether its peaks are a handful of words.
  public let isLexical: Bool
  /// The truth in other words.
  public let paraphrase: ExplanationText?
  /// Half of the truth.
  public let halfRight: ExplanationText?
  /// True, and of much else too.
  public let tooBroad: ExplanationText?
  /// Plausible and false.
  public let rivals: [Rival]
  /// The mean of its 20 strongest peaks in the corpus; nil where nobody measured it.
  public let top20MeanPeak: Float?
  /// Seen and hidden ones.
  public let excerpts: [LabelledExcerpt]

  /// A labelled unit of these parts.
  public init(
    id: UnitID, polarity: Polarity, explanation: ExplanationText, kind: Kind?,
    group: String? = nil, isLexical: Bool, paraphrase: ExplanationText?,
    halfRight: ExplanationText?, tooBroad: ExplanationText?,
    rivals: [Rival], top20MeanPeak: Float?, excerpts: [LabelledExcerpt]
  ) {
    self.id = id
    self.polarity = polarity
    self.explanation = explanation
    self.kind = kind
    self.group = group
    self.isLexical = isLexical
    self.paraphrase = paraphrase
    self.halfRight = halfRight
    self.tooBroad = tooBroad
    self.rivals = rivals
    self.top20MeanPeak = top20MeanPeak
    self.excerpts = excerpts
  }
}

/// Units whose explanation is known, to measure scorers on.
public struct LabelledSet: Sendable {
  /// The model that sets are of unless their records name another.
  public static let defaultModel = "smollm2-135m"
  /// The fewest units that scorers can be compared on.
  public static let unitCountMin = 3
  /// The most units that are read.
  public static let unitCountMax = 2_000

  /// What it is called in reports: the file's name.
  public let name: String
  /// The units, in the order of the file.
  public let units: [LabelledUnit]
  /// How many texts were longer than an explanation may be, and were cut.
  public let cutTextCount: Int

  /// A set of these units.
  public init(name: String, units: [LabelledUnit], cutTextCount: Int = 0) {
    self.name = name
    self.units = units
    self.cutTextCount = cutTextCount
  }
}
