/// A unit with its pools and nothing that costs much to compute: what labelled data is made from.
public struct RecordedUnit: Sendable, Codable {
  /// An excerpt of a pool.
  public struct Draw: Sendable, Codable {
    /// The position of its text among `RecordedText`s.
    public let text: Int
    /// `clue`, `heldOut` or `reveal`.
    public let pool: String
    /// How it was drawn, as in `Excerpt.Kind`.
    public let kind: String
    /// The activation that 127 stands for.
    public let scale: Float
    /// The activations, multiplied by the polarity, in 127ths of `scale`.
    public let activations: [Int8]
  }

  /// The layer.
  public let layer: Int
  /// The neuron's index in the layer.
  public let neuron: Int
  /// Which sign counts as firing, 1 or -1.
  public let sign: Int
  /// The share of the corpus' tokens on which it is active.
  public let density: Double
  /// The mean of its 20 strongest peaks.
  public let top20MeanPeak: Float
  /// The mean over the corpus' tokens.
  public let mean: Double
  /// The standard deviation over them.
  public let deviation: Double
  /// The activation that one token in a thousand exceeds.
  public let thousandth: Float
  /// The mean cosine of the clues' peaks' surroundings.
  public let consistency: Float
  /// Its excerpts.
  public let excerpts: [Draw]
}

/// A text of the corpus in tokens.
public struct RecordedText: Sendable, Codable {
  /// The title of its source.
  public let source: String
  /// The model's ids of its tokens.
  public let tokenIDs: [Int32]
  /// The tokens as text.
  public let tokens: [String]
}
