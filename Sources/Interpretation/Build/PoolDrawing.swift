import ArenaTypes

/// How many excerpts of each kind a unit gets.
struct PoolSizes: Codable, Hashable {
  var topClues = 10
  var quantileClues = 4
  var silentClues = 2
  /// Near misses that may be seen.
  ///
  /// Odd-one-out rounds ask about them; beside texts drawn at random the odd one would be found by
  /// its words alone. They are others than those that are scored on.
  var nearMissClues = 3
  /// Of each of the four kinds; even, so that both sealed halves get the same.
  var heldOutPerKind = 10
  var topReveals = 5
  var quantileReveals = 3
  /// With fewer near misses than this a unit is not drawn.
  var nearMissCountMin = 10

  var topCount: Int { topClues + heldOutPerKind + topReveals }
  var quantileCount: Int { quantileClues + heldOutPerKind + quantileReveals }
  /// Into how many equal blocks the strongest excerpts can be dealt.
  var topBlockCount: Int {
    (1...max(1, topReveals)).last {
      topClues.isMultiple(of: $0) && heldOutPerKind.isMultiple(of: $0)
        && topReveals.isMultiple(of: $0)
    } ?? 1
  }
}

/// An excerpt that was drawn for a pool.
struct DrawnExcerpt: Hashable {
  /// The position in the builder's list.
  let excerpt: Int
  let kind: Excerpt.Kind
  /// For a near miss, the token that promised most; else the peak.
  let token: Int
}

/// A unit's pools, which share no excerpt.
struct DrawnPools: Hashable {
  var clues: [DrawnExcerpt] = []
  var heldOut: [DrawnExcerpt] = []
  var reveals: [DrawnExcerpt] = []
  /// The mean of the unit's 20 strongest peaks.
  var top20MeanPeak: Float = 0
  /// The share of tokens on which the unit is active.
  var density: Double = 0
}

/// Draws a unit's excerpts from its recording.
///
/// Excerpts are cut so that no two share a sentence or sixteen tokens in a row; here each goes to one
/// pool at most, and one document gives at most four of the strongest.
struct PoolDrawing {
  /// A unit is active on a token from this share of its `top20MeanPeak` on, and silent in an excerpt
  /// where it is active nowhere.
  static let activeShare: Float = 0.2
  /// The most of the strongest excerpts that one document may give.
  static let perDocumentMax = 4

  let sizes: PoolSizes
  let texts: ExcerptTexts
  let words: WordIndex
  let recording: Recording

  /// The pools of a track; nil where the corpus holds too few texts that fire it or leave it silent.
  func draw(track: Int, seed: SeededGenerator) -> DrawnPools? {
    let identity = recording.tracks[track]
    var generator = seed.forked(for: "pools/\(identity.unit.seedName)")
    let peaks = (0..<recording.excerptCount).map { recording.peak(track: track, excerpt: $0) }
    let ranked = peaks.indices.sorted { (peaks[$0].value, $1) > (peaks[$1].value, $0) }
    var pools = DrawnPools()
    let strongest = ranked.prefix(20)
    pools.top20MeanPeak =
      strongest.reduce(0) { $0 + peaks[$1].value } / Float(max(1, strongest.count))
    let threshold = Self.activeShare * pools.top20MeanPeak
    guard pools.top20MeanPeak > 0 else { return nil }
    pools.density = density(track: track, threshold: threshold)

    func drawn(_ excerpt: Int, _ kind: Excerpt.Kind) -> DrawnExcerpt {
      DrawnExcerpt(excerpt: excerpt, kind: kind, token: peaks[excerpt].token)
    }
    let top = capped(ranked, count: sizes.topCount)
    guard top.count == sizes.topCount, let last = top.last, peaks[last].value > threshold * 1.2
    else { return nil }
    var used = Set(top)
    share(top.map { drawn($0, .top) }, into: &pools, using: &generator)

    let quantiles = quantiles(
      of: ranked.filter { !used.contains($0) && peaks[$0].value >= threshold },
      using: &generator)
    guard quantiles.count == sizes.quantileCount else { return nil }
    used.formUnion(quantiles)
    shareQuantiles(quantiles.map { drawn($0, .quantile) }, into: &pools)

    let silent = ranked.filter { !used.contains($0) && peaks[$0].value < threshold }
    let nearMisses = nearMisses(among: silent, top: top, peaks: peaks.map(\.token))
    guard nearMisses.count >= sizes.nearMissCountMin + sizes.nearMissClues else { return nil }
    used.formUnion(nearMisses.map(\.excerpt))
    let seen = Self.everyThird(of: nearMisses, count: sizes.nearMissClues)
    pools.heldOut += nearMisses.filter { !seen.contains($0) }

    let rest = ranked.filter { !used.contains($0) }.shuffled(using: &generator)
    pools.heldOut += rest.prefix(sizes.heldOutPerKind).map { drawn($0, .random) }
    pools.clues += rest.dropFirst(sizes.heldOutPerKind)
      .filter { peaks[$0].value < threshold }
      .prefix(sizes.silentClues).map { drawn($0, .random) }
    pools.clues += seen
    return pools
  }

  private static func everyThird(of drawn: [DrawnExcerpt], count: Int) -> [DrawnExcerpt] {
    Array(stride(from: 2, to: drawn.count, by: 3).map { drawn[$0] }.prefix(count))
  }

  private func density(track: Int, threshold: Float) -> Double {
    var active = 0
    for excerpt in 0..<recording.excerptCount {
      let scale = recording.scales[track][excerpt]
      guard scale >= threshold, scale > 0 else { continue }
      let limit = threshold / scale * 127
      let range = recording.tokenOffsets[excerpt]..<recording.tokenOffsets[excerpt + 1]
      active += recording.values[track][range].count { Float($0) >= limit }
    }
    return Double(active) / Double(max(1, recording.tokenOffsets.last ?? 1))
  }

  /// The first `count` of `ranked` with at most four of a document.
  private func capped(_ ranked: [Int], count: Int) -> [Int] {
    var perDocument: [Int: Int] = [:]
    var chosen: [Int] = []
    for excerpt in ranked where chosen.count < count {
      let document = texts.excerpts[excerpt].document
      guard perDocument[document, default: 0] < Self.perDocumentMax else { continue }
      perDocument[document, default: 0] += 1
      chosen.append(excerpt)
    }
    return chosen
  }

  /// Deals the strongest excerpts out so that each pool gets equally strong ones.
  private func share(
    _ top: [DrawnExcerpt], into pools: inout DrawnPools, using generator: inout SeededGenerator
  ) {
    // One round of dealing hands each pool its part of `blockCount` equal blocks.
    let blockCount = sizes.topBlockCount
    for block in 0..<blockCount {
      let size = sizes.topCount / blockCount
      var hand = top[(block * size)..<((block + 1) * size)].shuffled(using: &generator)
      pools.clues += take(sizes.topClues / blockCount, from: &hand)
      pools.heldOut += take(sizes.heldOutPerKind / blockCount, from: &hand)
      pools.reveals += hand
    }
    pools.clues.sort { order(of: $0, in: top) < order(of: $1, in: top) }
  }

  private func order(of excerpt: DrawnExcerpt, in ranked: [DrawnExcerpt]) -> Int {
    ranked.firstIndex(of: excerpt) ?? ranked.count
  }

  private func take(_ count: Int, from hand: inout [DrawnExcerpt]) -> [DrawnExcerpt] {
    let taken = Array(hand.prefix(count))
    hand.removeFirst(taken.count)
    return taken
  }

  /// Excerpts evenly spread over the ranks of those in which the unit fires, strongest first.
  private func quantiles(of firing: [Int], using generator: inout SeededGenerator) -> [Int] {
    let count = sizes.quantileCount
    guard firing.count >= count else { return [] }
    return (0..<count).map { band in
      let from = band * firing.count / count
      let to = (band + 1) * firing.count / count
      return firing[Int.random(in: from..<max(from + 1, to), using: &generator)]
    }
  }

  private func shareQuantiles(_ quantiles: [DrawnExcerpt], into pools: inout DrawnPools) {
    // The shares interleave, so that each pool sees strong and weak ones.
    var left = [sizes.quantileClues, sizes.heldOutPerKind, sizes.quantileReveals]
    let sizes = left.map(Double.init)
    for excerpt in quantiles {
      let turn = left.indices.max { Double(left[$0]) / sizes[$0] < Double(left[$1]) / sizes[$1] }
      switch turn {
      case 0: pools.clues.append(excerpt)
      case 1: pools.heldOut.append(excerpt)
      default: pools.reveals.append(excerpt)
      }
      if let turn { left[turn] -= 1 }
    }
  }

  /// The silent excerpts that share most with the surroundings of the strongest peaks, the peaks'
  /// own words before all.
  private func nearMisses(among silent: [Int], top: [Int], peaks: [Int]) -> [DrawnExcerpt] {
    let weights = words.weights(around: top.map { ($0, peaks[$0]) })
    var scored: [(score: Double, excerpt: Int)] = []
    for excerpt in silent {
      let score = words.score(excerpt, weights: weights)
      if score > 0 { scored.append((score, excerpt)) }
    }
    scored.sort { ($0.score, $1.excerpt) > ($1.score, $0.excerpt) }
    let chosen = capped(
      scored.map(\.excerpt), count: sizes.heldOutPerKind + sizes.nearMissClues)
    return chosen.map { excerpt in
      DrawnExcerpt(
        excerpt: excerpt, kind: .nearMiss, token: words.bestToken(excerpt, weights: weights))
    }
  }
}
