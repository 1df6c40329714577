import ArenaTypes

/// How well a unit's peaks hold together in meaning, measured before anybody has explained it.
struct UnitAssessment {
  let track: Int
  let pools: DrawnPools
  /// How far, in standard deviations, held-out peaks lie nearer to the clues' peaks than the unit's
  /// near misses and random texts do, by embedded surroundings.
  let separation: Float
  /// The mean direction of the clues' peaks, of length 1.
  let direction: [Float]
  /// Whether a handful of words make up the peaks.
  let isLexical: Bool

  /// A handful of words: at most this many make up the peaks of a lexical unit...
  static let lexicalWordCount = 4
  /// ...to at least this share.
  static let lexicalShare = 0.8
}

/// Measures units.
struct UnitAssessor {
  let texts: ExcerptTexts
  let embedder: any SentenceEmbedder

  func assess(track: Int, pools: DrawnPools, seed: SeededGenerator)
    throws(InterpretationError) -> UnitAssessment
  {
    var generator = seed.forked(for: "assess/\(track)")
    let clues = pools.clues.filter { $0.kind == .top }
    let held = pools.heldOut.filter { $0.kind == .top }
    let negatives = pools.heldOut.compactMap { drawn -> DrawnExcerpt? in
      switch drawn.kind {
      case .top, .quantile: return nil
      case .nearMiss: return drawn
      case .random:
        let count = texts.pieces[drawn.excerpt].count
        return DrawnExcerpt(
          excerpt: drawn.excerpt, kind: .random,
          token: Int.random(in: 0..<count, using: &generator))
      }
    }
    let windows = (clues + held + negatives).map { drawn in
      texts.window(excerpt: drawn.excerpt, around: drawn.token)
    }
    let vectors = try embedder.embed(windows)
    let direction = Vectors.normalised(
      Vectors.mean(Array(vectors.prefix(clues.count)), dimension: embedder.dimension))
    let near = vectors[clues.count..<(clues.count + held.count)].map {
      Vectors.dot($0, direction)
    }
    let far = vectors.dropFirst(clues.count + held.count).map { Vectors.dot($0, direction) }
    return UnitAssessment(
      track: track, pools: pools, separation: Self.separation(near, far), direction: direction,
      isLexical: isLexical(pools))
  }

  /// The difference of the means in units of the pooled standard deviation (d').
  static func separation(_ near: [Float], _ far: [Float]) -> Float {
    func moments(_ values: [Float]) -> (mean: Float, variance: Float) {
      let mean = values.reduce(0, +) / Float(max(1, values.count))
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(1, values.count))
      return (mean, variance)
    }
    let (nearMean, nearVariance) = moments(near)
    let (farMean, farVariance) = moments(far)
    return (nearMean - farMean) / ((nearVariance + farVariance) / 2 + 1e-4).squareRoot()
  }

  private func isLexical(_ pools: DrawnPools) -> Bool {
    var counts: [String: Int] = [:]
    let peaks = (pools.clues + pools.heldOut + pools.reveals).filter { $0.kind == .top }
    for drawn in peaks {
      let stem = texts.stem(excerpt: drawn.excerpt, at: drawn.token)
      counts[stem ?? texts.pieces[drawn.excerpt][drawn.token], default: 0] += 1
    }
    let covered = counts.values.sorted(by: >).prefix(UnitAssessment.lexicalWordCount)
      .reduce(0, +)
    return Double(covered) >= UnitAssessment.lexicalShare * Double(peaks.count)
  }
}

/// Chooses a campaign's units among those measured.
struct UnitSelection {
  let unitCount: Int
  let layerCount: Int
  /// The largest share of lexical units.
  var lexicalShare = 0.35
  /// The largest share of one layer: with two layers or one, what they need to fill the campaign.
  var layerShare: Double { max(0.35, 1 / Double(max(1, layerCount))) }
  /// Two units whose directions have this cosine are near-duplicates...
  var duplicateCosine: Float = 0.72
  /// ...of which so many may stand together.
  var duplicateCount = 2

  /// The best units, one after the other and of each kind in turn, that keep to the shares.
  ///
  /// - Parameter address: Where the unit of a track is.
  func choose(among assessed: [UnitAssessment], address: (Int) -> UnitAddress) -> [UnitAssessment] {
    let ranked = assessed.sorted {
      ($0.separation, $1.track) > ($1.separation, $0.track)
    }.inTurns { address($0.track).kind }
    var chosen: [UnitAssessment] = []
    var lexicalLeft = Int(Double(unitCount) * lexicalShare)
    var layerLeft: [Int: Int] = [:]
    for unit in ranked where chosen.count < unitCount {
      let layer = address(unit.track).layer
      let places = layerLeft[layer] ?? Int(Double(unitCount) * layerShare)
      let similar = chosen.count {
        Vectors.dot($0.direction, unit.direction) > duplicateCosine
      }
      guard places > 0, !unit.isLexical || lexicalLeft > 0, similar < duplicateCount else {
        continue
      }
      layerLeft[layer] = places - 1
      if unit.isLexical { lexicalLeft -= 1 }
      chosen.append(unit)
    }
    return chosen.sorted { $0.track < $1.track }
  }
}
