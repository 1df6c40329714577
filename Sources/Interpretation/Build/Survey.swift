import ArenaTypes

/// Statistics of every neuron of some layers over a sample of the corpus, in bounded memory.
///
/// For each neuron: the moments of its activation, and for either sign the strongest peaks, at most
/// one an excerpt. The order of `add` matters only where two peaks are equal, so a survey that is
/// resumed from its saved state ends as one that was never interrupted.
struct Survey: Equatable {
  /// How many peaks are kept of each neuron and sign.
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

  let layers: [Int]
  let neuronCount: Int
  /// The number of tokens seen.
  private(set) var tokenCount = 0
  /// `[layers, neuronCount]`: sums of activations and of their squares.
  private(set) var sums: [Double]
  private(set) var squareSums: [Double]
  /// `[layers, neuronCount, 2]`: peaks for the positive and the negative sign, strongest first.
  private(set) var peaks: [[Peak]]

  init(layers: [Int], neuronCount: Int) {
    self.layers = layers
    self.neuronCount = neuronCount
    let count = layers.count * neuronCount
    sums = Array(repeating: 0, count: count)
    squareSums = Array(repeating: 0, count: count)
    peaks = Array(repeating: [], count: 2 * count)
  }

  /// Adds the activations `[tokens, neuronCount]` of one excerpt at the layer `layers[layerIndex]`.
  ///
  /// - Complexity: O(tokens x neurons).
  mutating func add(
    excerpt: Int, layerIndex: Int, activations: UnsafeBufferPointer<Float>
  ) {
    let tokens = activations.count / neuronCount
    guard tokens > 0 else { return }
    if layerIndex == 0 { tokenCount += tokens }
    var extremes = Extremes(neuronCount: neuronCount)
    extremes.read(activations, tokens: tokens)
    let offset = layerIndex * neuronCount
    for neuron in 0..<neuronCount {
      let slot = offset + neuron
      sums[slot] += Double(extremes.sums[neuron])
      squareSums[slot] += Double(extremes.squareSums[neuron])
      insert(
        Peak(
          value: extremes.highest[neuron], excerpt: Int32(excerpt),
          token: extremes.highestToken[neuron]), into: 2 * slot)
      insert(
        Peak(
          value: -extremes.lowest[neuron], excerpt: Int32(excerpt),
          token: extremes.lowestToken[neuron]), into: 2 * slot + 1)
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

  /// What the survey says of one neuron and sign.
  struct Summary {
    let layer: Int
    let neuron: Int
    let polarity: Polarity
    /// How many standard deviations the mean of the strongest peaks lies above the mean.
    let peakHeight: Double
    let peaks: [Peak]
  }

  /// The summary of every neuron, for the sign with the higher peaks.
  func summaries() -> [Summary] {
    let count = Double(max(1, tokenCount))
    return (0..<(layers.count * neuronCount)).map { slot in
      let mean = sums[slot] / count
      let deviation = max(1e-6, (squareSums[slot] / count - mean * mean)).squareRoot()
      func height(_ peaks: [Peak], sign: Double) -> Double {
        let top = peaks.reduce(0) { $0 + Double($1.value) } / Double(max(1, peaks.count))
        return (top - sign * mean) / deviation
      }
      let positive = height(peaks[2 * slot], sign: 1)
      let negative = height(peaks[2 * slot + 1], sign: -1)
      let isPositive = positive >= negative
      return Summary(
        layer: layers[slot / neuronCount], neuron: slot % neuronCount,
        polarity: isPositive ? .positive : .negative, peakHeight: max(positive, negative),
        peaks: peaks[2 * slot + (isPositive ? 0 : 1)])
    }
  }
}

/// The extremes and sums of each neuron within one excerpt; each array is `[neuronCount]`.
private struct Extremes {
  var highest: [Float]
  var lowest: [Float]
  var highestToken: [Int32]
  var lowestToken: [Int32]
  var sums: [Float]
  var squareSums: [Float]

  init(neuronCount: Int) {
    highest = Array(repeating: -.infinity, count: neuronCount)
    lowest = Array(repeating: .infinity, count: neuronCount)
    highestToken = Array(repeating: 0, count: neuronCount)
    lowestToken = Array(repeating: 0, count: neuronCount)
    sums = Array(repeating: 0, count: neuronCount)
    squareSums = Array(repeating: 0, count: neuronCount)
  }

  mutating func read(_ activations: UnsafeBufferPointer<Float>, tokens: Int) {
    let neuronCount = highest.count
    for token in 0..<tokens {
      for neuron in 0..<neuronCount {
        let value = activations[token * neuronCount + neuron]
        sums[neuron] += value
        squareSums[neuron] += value * value
        if value > highest[neuron] {
          highest[neuron] = value
          highestToken[neuron] = Int32(token)
        }
        if value < lowest[neuron] {
          lowest[neuron] = value
          lowestToken[neuron] = Int32(token)
        }
      }
    }
  }
}
