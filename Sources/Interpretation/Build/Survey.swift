import ArenaTypes

/// Statistics of every unit of some groups over a sample of the corpus, in bounded memory.
///
/// For each unit: the moments of its activation, and for either sign the strongest peaks, at most
/// one an excerpt. The order of `add` matters only where two peaks are equal, so a survey that is
/// resumed from its saved state ends as one that was never interrupted.
struct Survey: Equatable {
  /// How many peaks are kept of each unit and sign.
  static let peakCount = 20

  /// A strong activation.
  struct Peak: Hashable {
    /// The activation times the sign.
    var value: Float
    /// The position of the excerpt in the builder's list.
    var excerpt: Int32
    /// The position of the token in the excerpt.
    var token: Int32
  }

  let groups: [UnitGroup]
  /// `[groups + 1]`: where each group's units begin among all.
  let offsets: [Int]
  /// The number of tokens seen.
  private(set) var tokenCount = 0
  /// `[units]`: sums of activations and of their squares.
  private(set) var sums: [Double]
  private(set) var squareSums: [Double]
  /// `[units, 2]`: peaks for the positive and the negative sign, strongest first; none for the
  /// negative sign of units that are never negative.
  private(set) var peaks: [[Peak]]

  init(groups: [UnitGroup]) {
    self.groups = groups
    offsets = groups.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    let count = offsets.last ?? 0
    sums = Array(repeating: 0, count: count)
    squareSums = Array(repeating: 0, count: count)
    peaks = Array(repeating: [], count: 2 * count)
  }

  /// Adds the activations `[tokens, count]` of one excerpt for the units of `groups[group]`.
  ///
  /// - Complexity: O(tokens x units).
  mutating func add(excerpt: Int, group: Int, activations: UnsafeBufferPointer<Float>) {
    let width = groups[group].count
    let tokens = activations.count / max(1, width)
    guard tokens > 0 else { return }
    if group == 0 { tokenCount += tokens }
    var extremes = Extremes(width: width)
    extremes.read(activations, tokens: tokens)
    let isSigned = !groups[group].kind.isNonNegative
    for index in 0..<width {
      let slot = offsets[group] + index
      sums[slot] += Double(extremes.sums[index])
      squareSums[slot] += Double(extremes.squareSums[index])
      insert(
        Peak(
          value: extremes.highest[index], excerpt: Int32(excerpt),
          token: extremes.highestToken[index]), into: 2 * slot)
      guard isSigned else { continue }
      insert(
        Peak(
          value: -extremes.lowest[index], excerpt: Int32(excerpt),
          token: extremes.lowestToken[index]), into: 2 * slot + 1)
    }
  }

  /// Takes over the state of a saved survey.
  mutating func restore(
    tokenCount: Int, sums: [Double], squareSums: [Double], peaks: [[Peak]]
  ) {
    self.tokenCount = tokenCount
    self.sums = sums
    self.squareSums = squareSums
    self.peaks = peaks
  }

  private mutating func insert(_ peak: Peak, into slot: Int) {
    if peaks[slot].count == Self.peakCount, peaks[slot][Self.peakCount - 1].value >= peak.value {
      return
    }
    let position = peaks[slot].firstIndex { $0.value < peak.value } ?? peaks[slot].count
    peaks[slot].insert(peak, at: position)
    if peaks[slot].count > Self.peakCount { peaks[slot].removeLast() }
  }

  /// What the survey says of one unit and sign.
  struct Summary {
    let unit: UnitAddress
    let polarity: Polarity
    /// How many standard deviations the mean of the strongest peaks lies above the mean.
    let peakHeight: Double
    let peaks: [Peak]
    /// The usual level of a unit that is never silent: its mean and a standard deviation; else 0.
    let rest: Float
  }

  /// The summary of every unit, for the sign with the higher peaks.
  func summaries() -> [Summary] {
    groups.enumerated().flatMap { group, units in
      (0..<units.count).map { summary(of: units, index: $0, slot: offsets[group] + $0) }
    }
  }

  private func summary(of group: UnitGroup, index: Int, slot: Int) -> Summary {
    let count = Double(max(1, tokenCount))
    let mean = sums[slot] / count
    let deviation = max(1e-6, (squareSums[slot] / count - mean * mean)).squareRoot()
    func height(_ peaks: [Peak], sign: Double) -> Double {
      let top = peaks.reduce(0) { $0 + Double($1.value) } / Double(max(1, peaks.count))
      return (top - sign * mean) / deviation
    }
    let positive = height(peaks[2 * slot], sign: 1)
    let negative = height(peaks[2 * slot + 1], sign: -1)
    let isPositive = group.kind.isNonNegative || positive >= negative
    return Summary(
      unit: UnitAddress(layer: group.layer, kind: group.kind, index: index),
      polarity: isPositive ? .positive : .negative,
      peakHeight: isPositive ? positive : negative, peaks: peaks[2 * slot + (isPositive ? 0 : 1)],
      rest: group.kind.isNeverSilent ? Float(mean + deviation) : 0)
  }
}

/// The extremes and sums of each unit within one excerpt; each array is `[width]`.
private struct Extremes {
  var highest: [Float]
  var lowest: [Float]
  var highestToken: [Int32]
  var lowestToken: [Int32]
  var sums: [Float]
  var squareSums: [Float]

  init(width: Int) {
    highest = Array(repeating: -.infinity, count: width)
    lowest = Array(repeating: .infinity, count: width)
    highestToken = Array(repeating: 0, count: width)
    lowestToken = Array(repeating: 0, count: width)
    sums = Array(repeating: 0, count: width)
    squareSums = Array(repeating: 0, count: width)
  }

  mutating func read(_ activations: UnsafeBufferPointer<Float>, tokens: Int) {
    let width = highest.count
    for token in 0..<tokens {
      for index in 0..<width {
        let value = activations[token * width + index]
        sums[index] += value
        squareSums[index] += value * value
        if value > highest[index] {
          highest[index] = value
          highestToken[index] = Int32(token)
        }
        if value < lowest[index] {
          lowest[index] = value
          lowestToken[index] = Int32(token)
        }
      }
    }
  }
}
