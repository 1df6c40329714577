import CKernels

/// A token, and how much a direction points its way.
public struct TokenSimilarity: Sendable, Hashable {
  /// The token.
  public let token: Int32
  /// The cosine with the token's vector, -1 to 1.
  public let cosine: Float
}

extension LanguageModel {
  /// Which of a token's two vectors a direction is compared with.
  public enum TokenVectors: Sendable, Hashable {
    /// What the token brings into the residual stream.
    case embeddings
    /// What in the last stream makes the token likely, before the final norm's weights.
    case outputs
  }

  /// The tokens whose vectors have the largest cosine with `direction`, [hiddenSize], the largest
  /// first; equal ones by token.
  ///
  /// - Throws: `EngineError.outOfRange` when the direction has another size.
  /// - Complexity: O(vocabularySize * hiddenSize).
  public func tokens(
    nearest direction: [Float], among vectors: TokenVectors, count: Int
  ) throws(EngineError) -> [TokenSimilarity] {
    guard direction.count == configuration.hiddenSize else {
      throw .outOfRange("a direction of \(direction.count) numbers")
    }
    let matrix = vectors == .embeddings ? weights.token_embd : weights.output
    let hidden = configuration.hiddenSize
    let input = FloatBuffer(direction)
    let products = FloatBuffer(count: matrix.rowCount)
    threads.run { pool in
      ck_gemm(
        pool, input.pointer, hidden, 1, matrix.matrix, nil, products.pointer, products.count, 0)
    }
    let length = Self.length(UnsafeBufferPointer(start: input.pointer, count: hidden))
    let row = FloatBuffer(count: hidden)
    var best: [TokenSimilarity] = []
    for token in 0..<matrix.rowCount {
      // Rows are expanded only where the sign of the product leaves a chance.
      let product = products.pointer[token]
      if best.count >= count, product <= 0, (best.last?.cosine ?? 0) >= 0 { continue }
      ck_matrix_row(matrix.matrix, token, row.pointer)
      let other = Self.length(UnsafeBufferPointer(start: row.pointer, count: hidden))
      let cosine = length * other > 0 ? product / (length * other) : 0
      if best.count >= count, cosine <= (best.last?.cosine ?? -1) { continue }
      let place = best.firstIndex { cosine > $0.cosine } ?? best.count
      best.insert(TokenSimilarity(token: Int32(token), cosine: cosine), at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  private static func length(_ values: UnsafeBufferPointer<Float>) -> Float {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
