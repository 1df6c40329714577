/// How like a text each token of others is, as a sentence model's lower layers see them.
struct TextLikeness {
  /// The numbers of a token: the largest cosine of its word embedding with one of the text's; the
  /// largest cosine of its state with one of the text's; the cosine with the mean of the text's states.
  ///
  /// States are taken less what all states have in common. The text's [CLS], [SEP] and [UNK] don't count.
  static let count = 3

  private let words: FloatBuffer
  private let dimension: Int
  private let center: FloatBuffer
  /// Of length 1 each.
  private let wordRows: [[Float]]
  private let stateRows: [[Float]]
  private let mean: [Float]

  /// - Parameter center: [dimension].
  init(to text: CrossEncoder.Reading, base: SentenceEncoder, center: FloatBuffer) {
    words = base.weights.word_embeddings
    dimension = base.dimension
    self.center = center
    let special = [base.tokenizer.classify, base.tokenizer.separator, base.tokenizer.unknown]
    var (wordRows, stateRows): ([[Float]], [[Float]]) = ([], [])
    var sum = [Float](repeating: 0, count: dimension)
    for (index, token) in text.tokens.enumerated() where !special.contains(token) {
      let state = Self.state(index, of: text, center)
      for column in sum.indices { sum[column] += state[column] }
      stateRows.append(Self.normalised(state))
      wordRows.append(Self.normalised(words.array(from: Int(token) * dimension, count: dimension)))
    }
    self.wordRows = wordRows
    self.stateRows = stateRows
    mean = Self.normalised(sum)
  }

  /// [tokens, count] of `text`.
  func values(of text: CrossEncoder.Reading) -> [Float] {
    text.tokens.enumerated().flatMap { index, token in
      let word = Self.normalised(words.array(from: Int(token) * dimension, count: dimension))
      let state = Self.normalised(Self.state(index, of: text, center))
      return [
        wordRows.reduce(-1) { max($0, Self.dot($1, word)) },
        stateRows.reduce(-1) { max($0, Self.dot($1, state)) }, Self.dot(mean, state),
      ]
    }
  }

  private static func state(
    _ index: Int, of text: CrossEncoder.Reading, _ center: FloatBuffer
  ) -> [Float] {
    let row = text.states.array(from: index * center.count, count: center.count)
    return row.indices.map { row[$0] - center.pointer[$0] }
  }

  private static func normalised(_ x: [Float]) -> [Float] {
    let scale = 1 / max(dot(x, x).squareRoot(), 1e-12)
    return x.map { $0 * scale }
  }

  /// The dot product, in sixteen sums.
  private static func dot(_ a: [Float], _ b: [Float]) -> Float {
    a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        var sum = SIMD16<Float>.zero
        let stride = MemoryLayout<SIMD16<Float>>.stride
        let whole = a.count / stride * stride
        for offset in Swift.stride(from: 0, to: whole, by: stride) {
          sum +=
            a.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
            * b.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
        }
        var rest: Float = 0
        for offset in Swift.stride(from: whole, to: a.count, by: 4) {
          rest +=
            a.loadUnaligned(fromByteOffset: offset, as: Float.self)
            * b.loadUnaligned(fromByteOffset: offset, as: Float.self)
        }
        return sum.sum() + rest
      }
    }
  }
}
