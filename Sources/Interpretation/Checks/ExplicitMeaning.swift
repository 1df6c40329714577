/// Finds by the sentence model what no list of words finds (`they did it on the couch all night`).
///
/// A text is suspect if it is nearer to explicit examples than to harmless ones of like topics. That
/// is good enough to ask a moderator, never to block.
public struct ExplicitMeaning: TextSuspicion {
  /// From this difference of the cosines on a text is suspect.
  public static let marginMin: Float = 0.03
  /// How many of the nearest examples of either sort count.
  static let neighbourCount = 3

  private let embedder: any SentenceEmbedder
  private let explicit: [[Float]]
  private let harmless: [[Float]]

  /// Embeds the examples: some 130 short texts.
  ///
  /// - Throws: `engine` where the model fails.
  public init(embedder: any SentenceEmbedder) throws(InterpretationError) {
    try self.init(embedder: embedder, moreHarmless: [])
  }

  /// As `init(embedder:)`, with further texts that are harmless.
  ///
  /// - Throws: `engine` where the model fails.
  init(embedder: any SentenceEmbedder, moreHarmless: [String]) throws(InterpretationError) {
    self.embedder = embedder
    explicit = try embedder.embed(Self.explicitExamples)
    harmless = try embedder.embed(Self.harmlessExamples + moreHarmless)
  }

  /// Whether a moderator should look at `text`.
  ///
  /// - Throws: `engine` where the model fails.
  public func isSuspect(_ text: String) throws(InterpretationError) -> Bool {
    try margin(of: text) >= Self.marginMin
  }

  /// How much nearer `text` is to explicit examples than to harmless ones: cosines, -2...2.
  public func margin(of text: String) throws(InterpretationError) -> Float {
    try margins(of: [text]).first ?? -2
  }

  /// The margin of each text; they share passes of the model.
  ///
  /// - Throws: `engine` where the model fails.
  func margins(of texts: [String]) throws(InterpretationError) -> [Float] {
    try embedder.embed(texts).map {
      Self.nearness($0, explicit) - Self.nearness($0, harmless)
    }
  }

  private static func nearness(_ vector: [Float], _ examples: [[Float]]) -> Float {
    let nearest = examples.map { Vectors.dot(vector, $0) }.sorted(by: >).prefix(neighbourCount)
    return nearest.reduce(0, +) / Float(max(1, nearest.count))
  }
}
