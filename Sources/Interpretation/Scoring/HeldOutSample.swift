import ArenaTypes

/// The first sealed half of a unit's held-out excerpts, in the shape that features are made from.
struct HeldOutSample: Sendable {
  /// One excerpt.
  struct Part: Sendable {
    /// The writing model's tokens; `WriterTokens.unknown` for what it has no token for.
    let tokenIDs: [Int32]
    /// The activations, those below zero raised to it.
    let activations: [Float]
    /// The tokens around the peak, for an excerpt among the strongest; else empty.
    let peak: Range<Int>
    /// `[peak.count][dimension]`.
    let windows: [[Float]]
  }

  let parts: [Part]
  let meanWindow: [Float]

  init(_ unit: CampaignUnit, tokens: WriterTokens = .own) {
    let dimension = unit.scoring.meanWindow.count
    var windows: [Int: [[Float]]] = [:]
    for entry in unit.scoring.windows where dimension > 0 {
      let vectors = EmbeddingBytes.floats(entry.vectors)
      windows[entry.heldOutIndex] = stride(from: 0, to: vectors.count, by: dimension).map {
        Array(vectors[$0..<min(vectors.count, $0 + dimension)])
      }
    }
    meanWindow = unit.scoring.meanWindow
    parts = unit.heldOut.enumerated().compactMap { index, held in
      guard !held.settlesContests else { return nil }
      let excerpt = held.excerpt
      let isTop = excerpt.kind == .top
      return Part(
        tokenIDs: tokens.ids(of: excerpt), activations: excerpt.activations.map { max(0, $0) },
        peak: isTop
          ? PeakReach.range(around: excerpt.peak ?? 0, count: excerpt.tokens.count) : 0..<0,
        windows: isTop ? windows[index] ?? [] : [])
    }
  }
}

extension HeldOutSample {
  /// The mean of the windows around the peaks, of length 1; 0 where there are none.
  var direction: [Float] {
    let windows = parts.flatMap(\.windows)
    return Vectors.normalised(Vectors.mean(windows, dimension: meanWindow.count))
  }
}

/// What one explanation predicts on one held-out excerpt, as sums from which features follow.
struct PartEvidence {
  /// Tokens, sums and products of predictions (x) and activations (y).
  var count = 0.0
  var sumX = 0.0
  var sumY = 0.0
  var sumXX = 0.0
  var sumYY = 0.0
  var sumXY = 0.0
  /// The strongest prediction around the peak; nil for an excerpt that isn't among the strongest.
  var genPeak: Double?
  var windowPeak: Double?
}

/// The three features of an explanation for a unit; see `GenWindowScorer`.
struct ScoringFeatures {
  var windowPeak = 0.0
  var genPeak = 0.0
  var genCorrelation = 0.0

  /// The features that follow from the evidence of some excerpts.
  init(_ evidence: [PartEvidence], meanWindowCosine: Double) {
    var total = PartEvidence()
    var genPeaks: [Double] = []
    var windowPeaks: [Double] = []
    for part in evidence {
      total.count += part.count
      total.sumX += part.sumX
      total.sumY += part.sumY
      total.sumXX += part.sumXX
      total.sumYY += part.sumYY
      total.sumXY += part.sumXY
      if let peak = part.genPeak { genPeaks.append(peak) }
      if let peak = part.windowPeak { windowPeaks.append(peak) }
    }
    let count = max(1, total.count)
    genPeak = Self.mean(genPeaks) - total.sumX / count
    windowPeak = Self.mean(windowPeaks) - meanWindowCosine
    let covariance = total.sumXY - total.sumX * total.sumY / count
    let varianceX = total.sumXX - total.sumX * total.sumX / count
    let varianceY = total.sumYY - total.sumY * total.sumY / count
    genCorrelation =
      varianceX > 1e-9 && varianceY > 1e-9
      ? covariance / (varianceX * varianceY).squareRoot() : 0
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The features as a vector: window peak, gen peak, gen correlation.
  var values: SIMD3<Double> { SIMD3(windowPeak, genPeak, genCorrelation) }
}
