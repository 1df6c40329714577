import ArenaTypes

/// Makes what the scorer keeps of a unit.
struct ProfileMaker {
  /// How many windows of near misses and random texts make a profile's mean.
  static let negativeWindowCount = 96

  let embedder: any SentenceEmbedder

  /// The profile of a held-out pool.
  ///
  /// - Parameter nearMissTokens: For each excerpt the token that promises most, if it is a near miss.
  func profile(of heldOut: [HeldOutExcerpt], nearMissTokens: [Int])
    throws(InterpretationError) -> ScoringProfile
  {
    var windows: [ScoringProfile.Windows] = []
    for (index, held) in heldOut.enumerated() where held.excerpt.kind == .top {
      let tokens = held.excerpt.tokens
      guard let peak = held.excerpt.peak else { continue }
      let range = PeakReach.range(around: peak, count: tokens.count)
      let vectors = try embedder.embed(range.map { TokenWindow.text(of: tokens, around: $0) })
      windows.append(
        ScoringProfile.Windows(
          heldOutIndex: index, vectors: vectors.flatMap(EmbeddingBytes.bytes)))
    }
    let mean = Vectors.mean(
      try embedder.embed(negativeWindows(of: heldOut, nearMissTokens: nearMissTokens)),
      dimension: embedder.dimension)
    return ScoringProfile(windows: windows, meanWindow: mean)
  }

  /// Windows evenly spread over the texts in which the unit should stay silent; a near miss gives
  /// the one around its most promising token among them.
  private func negativeWindows(of heldOut: [HeldOutExcerpt], nearMissTokens: [Int]) -> [String] {
    let negatives = zip(heldOut, nearMissTokens).filter {
      $0.0.excerpt.kind == .nearMiss || $0.0.excerpt.kind == .random
    }
    let perExcerpt = max(1, Self.negativeWindowCount / max(1, negatives.count))
    var windows: [String] = []
    for (held, token) in negatives {
      let tokens = held.excerpt.tokens
      let step = max(1, tokens.count / perExcerpt)
      let first = held.excerpt.kind == .nearMiss ? token % step : step / 2
      for position in stride(from: first, to: tokens.count, by: step).prefix(perExcerpt) {
        windows.append(TokenWindow.text(of: tokens, around: position))
      }
    }
    return windows
  }
}

/// Which tokens around a peak may carry what an explanation predicts.
enum PeakReach {
  /// The tokens peak-2...peak+1 that exist.
  static func range(around peak: Int, count: Int) -> Range<Int> {
    max(0, peak - 2)..<min(count, peak + 2)
  }
}

/// Embeddings in one byte a component.
enum EmbeddingBytes {
  /// What 127 stands for: components of a 384-dimensional vector of length 1 rarely exceed 0.25.
  static let scale: Float = 0.3

  static func bytes(_ vector: [Float]) -> [Int8] {
    vector.map { QuantisedActivations.byte($0, scale: scale) }
  }

  static func floats(_ bytes: some Sequence<Int8>) -> [Float] {
    bytes.map { Float($0) / 127 * scale }
  }
}
