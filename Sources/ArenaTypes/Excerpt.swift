/// A text of up to 64 tokens with one activation of a unit a token.
public struct Excerpt: Hashable, Sendable, Codable {
  /// The most tokens that an excerpt may have.
  public static let tokenCountMax = 64

  /// How an excerpt was drawn.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Among the strongest activations of the corpus.
    case top
    /// From a lower quantile of the texts on which the unit fires.
    case quantile
    /// Any text of the corpus.
    case random
    /// Has the unit's own peak words, or is very similar to a top text, but the unit stays silent.
    case nearMiss
  }

  /// The excerpt's name within its campaign.
  public let id: ExcerptID
  /// How it was drawn.
  public let kind: Kind
  /// The title of the corpus document that it was cut from.
  public let source: String
  /// The model's ids of the tokens.
  public let tokenIDs: [Int32]
  /// The tokens as text; joined, they are the excerpt.
  ///
  /// A token that is part of a character is shown by U+FFFD.
  public let tokens: [String]
  /// The unit's activation on each token, multiplied by its polarity; as long as `tokens`.
  public let activations: [Float]
  /// Whether a word list or a moderator marked it as explicit.
  public let isExplicit: Bool

  /// An excerpt of these parts; `tokenIDs`, `tokens` and `activations` are of one length.
  public init(
    id: ExcerptID, kind: Kind, source: String, tokenIDs: [Int32], tokens: [String],
    activations: [Float], isExplicit: Bool
  ) {
    self.id = id
    self.kind = kind
    self.source = source
    self.tokenIDs = tokenIDs
    self.tokens = tokens
    self.activations = activations
    self.isExplicit = isExplicit
  }

  /// The position of the strongest activation; nil for an empty excerpt.
  public var peak: Int? { activations.indices.max { activations[$0] < activations[$1] } }
}

/// An excerpt that players may see from the start.
public struct ClueExcerpt: Hashable, Sendable, Codable {
  /// What is shown.
  public let excerpt: Excerpt
  /// Puts `excerpt` into the clue pool.
  public init(_ excerpt: Excerpt) { self.excerpt = excerpt }
}

/// An excerpt that scores are made from and that no client ever sees.
///
/// It is a type of its own, which no wire message can hold.
public struct HeldOutExcerpt: Hashable, Sendable, Codable {
  /// What is scored on.
  public let excerpt: Excerpt
  /// Whether it belongs to the second sealed half, which only settles contests.
  public let settlesContests: Bool
  /// Puts `excerpt` into the held-out pool.
  public init(_ excerpt: Excerpt, settlesContests: Bool) {
    self.excerpt = excerpt
    self.settlesContests = settlesContests
  }
}

/// An excerpt that is never scored on and that players see after a round.
public struct RevealExcerpt: Hashable, Sendable, Codable {
  /// What is shown.
  public let excerpt: Excerpt
  /// Puts `excerpt` into the reveal pool.
  public init(_ excerpt: Excerpt) { self.excerpt = excerpt }
}
