/// The name that ``SequencePrefix`` has where only Llama models are meant.
public typealias LlamaPrefix = SequencePrefix

/// The keys and values of a beginning that many sequences share, so that it is computed once.
///
/// Made by `LanguageModel.prefix(_:)`, and only valid with the model that made it.
public final class SequencePrefix: Sendable {
  struct Layer: Sendable {
    /// [tokenCount, keyValueSize], rotated.
    let keys: FloatBuffer
    /// [tokenCount, keyValueSize].
    let values: FloatBuffer
  }

  /// Its positions, the sink included.
  let tokenCount: Int
  /// Of the model's first layers, as many as the pass that made it went through.
  let layers: [Layer]

  init(tokenCount: Int, layers: [Layer]) {
    self.tokenCount = tokenCount
    self.layers = layers
  }

  /// The beginning of this beginning: its first `count` tokens behind the sink, of which it has more.
  public func first(_ count: Int) -> SequencePrefix {
    precondition((0..<tokenCount).contains(count))
    return SequencePrefix(tokenCount: count + 1, layers: layers)
  }
}
