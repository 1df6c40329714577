import CKernels

/// A sentence model whose upper layers read a text in the light of another one.
///
/// ```
/// question: [CLS] pieces [SEP] - lower layers -+ features - upper layers ---------------------------
///                                                               | keys and values of each layer
/// text:     [CLS] pieces [SEP] - lower layers -+ features - upper layers - head - logits of each piece
/// ```
///
/// The lower layers are the base model's own and read both apart, so that a text is read once for all
/// questions, and a question once for all texts. The upper ones have low-rank adapters; the question
/// sees itself alone, the text itself and the question. How like the question each piece of the text is
/// goes in with the features, and into the head once more (`TextLikeness`).
///
/// All methods may be called from any thread and block it; results don't depend on what else is in a
/// call.
public final class CrossEncoder: Sendable {
  /// What the lower layers make of a text.
  public struct Reading: Sendable {
    /// [tokenCount, hiddenSize].
    let states: FloatBuffer
    /// Its tokens, [CLS] and [SEP] included.
    public let tokens: [Int32]
    /// How many tokens it has.
    public var tokenCount: Int { tokens.count }
    /// How much memory it takes.
    public var byteCount: Int { (states.count + tokens.count) * MemoryLayout<Float>.stride }
  }

  /// A text that was read, and what is known of its tokens beside.
  public struct Input: Sendable {
    let reading: Reading
    let features: [Int32]
    let featureCount: Int

    /// - Parameter features: [tokenCount, features of a token]: rows of the adapter's table, whose sum
    ///   is added to each token.
    public init(_ reading: Reading, features: [Int32]) {
      precondition(
        reading.tokenCount > 0 && features.count % reading.tokenCount == 0,
        "\(features.count) features")
      self.reading = reading
      self.features = features
      featureCount = features.count / reading.tokenCount
    }
  }

  /// Texts that are computed together have about so many tokens.
  static let batchRowCount = 768

  /// The base model, whose tokenizer cuts the texts.
  public let base: SentenceEncoder
  private let adapter: CrossEncoderWeights

  /// How many logits each piece has.
  public var outputCount: Int { adapter.outputCount }
  /// How many rows the table of features has.
  public var featureCount: Int { adapter.featureRowCount }

  /// A model of `base` with the adapter in `file`.
  ///
  /// - Parameter layersApart: How many layers read texts apart.
  /// - Throws: `EngineError` when the adapter lacks tensors or doesn't fit the base.
  public init(
    base: SentenceEncoder, adapter file: SafetensorsFile, layersApart: Int
  ) throws(EngineError) {
    self.base = base
    adapter = try CrossEncoderWeights(file, base: base, layersApart: layersApart)
  }

  /// Reads texts, each [CLS] pieces [SEP], through the lower layers.
  ///
  /// - Throws: `EngineError.outOfRange` for tokens that the model doesn't have, or too many of them.
  public func read(_ sequences: [[Int32]]) throws(EngineError) -> [Reading] {
    try check(sequences)
    var readings: [Reading] = []
    for range in PackedBatch.split(sequences, rowCount: Self.batchRowCount) {
      let batch = PackedBatch(Array(sequences[range]))
      base.threads.run { pool in
        let packed = batch.sequences(layer: 0)
        let pass = BERTPass(base.configuration, rowCount: batch.tokens.count, packed, pool)
        pass.embed(batch, base.weights)
        for layer in base.weights.layers.prefix(adapter.layersApart) where base.threads.goesOn() {
          pass.attend(layer, packed)
          pass.feedForward(layer)
        }
        for rows in batch.ranges {
          let count = rows.count * base.dimension
          let states = FloatBuffer(count: count)
          states.pointer.update(
            from: pass.x.pointer + rows.lowerBound * base.dimension, count: count)
          readings.append(Reading(states: states, tokens: Array(batch.tokens[rows])))
        }
      }
    }
    return readings
  }

  /// The logits of each text's pieces in the light of `question`: [tokenCount, outputCount] each.
  ///
  /// - Throws: `EngineError.outOfRange` for features that the adapter doesn't have.
  public func logits(question: Input, texts: [Input]) throws(EngineError) -> [[Float]] {
    try adapter.check([question] + texts)
    var results: [[Float]] = []
    base.threads.run { pool in
      let past = reading(question, pool)
      let likeness = TextLikeness(to: question.reading, base: base, center: adapter.center)
      for range in split(texts) {
        results += logits(Array(texts[range]), after: past, likeness, pool)
      }
    }
    return results
  }

  /// The question's keys and values, [tokens, hiddenSize] a layer.
  private func reading(_ question: Input, _ pool: OpaquePointer) -> SequencePrefix {
    let packed = [
      ck_sequence(
        first_row: 0, row_count: question.reading.tokenCount, past_count: 0, past_keys: nil,
        past_values: nil)
    ]
    let pass = BERTPass(
      base.configuration, rowCount: question.reading.tokenCount, packed, pool)
    adapter.place(question, side: .question, at: pass.x.pointer)
    var layers: [SequencePrefix.Layer] = []
    for layer in adapter.layers where base.threads.goesOn() {
      pass.attend(layer, packed)
      let seen = pass.keysAndValues(packed)
      layers.append(SequencePrefix.Layer(keys: seen.keys, values: seen.values))
      // Nobody looks at what the last layer makes of it.
      if layers.count < adapter.layers.count { pass.feedForward(layer) }
    }
    return SequencePrefix(tokenCount: question.reading.tokenCount, layers: layers)
  }

  private func logits(
    _ texts: [Input], after past: SequencePrefix, _ likeness: TextLikeness, _ pool: OpaquePointer
  ) -> [[Float]] {
    // The tokens are in the states already; the batch only tells the rows.
    let batch = PackedBatch(
      texts.map { [Int32](repeating: 0, count: $0.reading.tokenCount) },
      prefixes: texts.map { _ in past })
    guard past.layers.count == adapter.layers.count else {
      // Called off: nobody wants these.
      return batch.ranges.map { [Float](repeating: 0, count: $0.count * outputCount) }
    }
    let rowCount = batch.tokens.count
    let pass = BERTPass(base.configuration, rowCount: rowCount, batch.sequences(layer: 0), pool)
    var likenesses: [Float] = []
    for (text, rows) in zip(texts, batch.ranges) {
      let x = pass.x.pointer + rows.lowerBound * base.dimension
      let own = likeness.values(of: text.reading)
      adapter.place(text, side: .text, at: x)
      adapter.add(own, at: x)
      likenesses += own
    }
    for (index, layer) in adapter.layers.enumerated() where base.threads.goesOn() {
      pass.attend(layer, batch.sequences(layer: index))
      pass.feedForward(layer)
    }
    let logits = adapter.head(pass.x, likenesses, rowCount: rowCount, pool)
    return batch.ranges.map {
      logits.array(from: $0.lowerBound * outputCount, count: $0.count * outputCount)
    }
  }

  private func check(_ sequences: [[Int32]]) throws(EngineError) {
    let sizes = base.configuration
    for sequence in sequences {
      guard (1...sizes.positionCount).contains(sequence.count) else {
        throw .outOfRange("a text of \(sequence.count) tokens")
      }
      for token in sequence where !(0..<sizes.vocabularySize).contains(Int(token)) {
        throw .outOfRange("token \(token) of \(sizes.vocabularySize)")
      }
    }
  }

  private func split(_ texts: [Input]) -> [Range<Int>] {
    PackedBatch.split(
      texts.map { [Int32](repeating: 0, count: $0.reading.tokenCount) },
      rowCount: Self.batchRowCount)
  }
}
