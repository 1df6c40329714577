import ArenaTypes

/// What activations of a campaign's units look like, so that those of gold units look the same.
struct GoldDress {
  /// A gold unit's noise stays below this share of its scale, so that no token seems to fire.
  static let noiseMax: Float = 0.2

  /// The strengths of units: means of their 20 strongest peaks.
  private let scales: [Float]
  /// The peaks of top clues, as shares of the unit's strength, strongest first.
  private let peaks: [Float]
  /// The activations beside the peaks of one excerpt each, as shares of the unit's strength.
  private let backgrounds: [[Float]]

  /// Looks at what players may see of a campaign.
  init(_ campaign: Campaign) {
    var (scales, peaks, backgrounds): ([Float], [Float], [[Float]]) = ([], [], [])
    for unit in campaign.units where unit.top20MeanPeak > 0 {
      scales.append(unit.top20MeanPeak)
      for excerpt in unit.clues.map(\.excerpt) where excerpt.kind == .top {
        guard let peak = excerpt.peak else { continue }
        peaks.append(excerpt.activations[peak] / unit.top20MeanPeak)
        let silent = excerpt.activations.enumerated().filter { abs($0.offset - peak) > 2 }
        let shares = silent.map { $0.element / unit.top20MeanPeak }.filter {
          abs($0) < Self.noiseMax
        }
        if shares.count > 8 { backgrounds.append(shares) }
      }
    }
    self.scales = scales.isEmpty ? [1] : scales
    self.peaks = peaks.isEmpty ? [1] : peaks.sorted(by: >)
    self.backgrounds = backgrounds.isEmpty ? [[0]] : backgrounds
  }

  /// A unit's strength.
  func scale(using generator: inout SeededGenerator) -> Float {
    scales[Int(generator.next() % UInt64(scales.count))]
  }

  /// The peak of the excerpt at `place` of `count`, strongest first, as a share of the unit's strength.
  func peak(_ place: Int, of count: Int) -> Float {
    peaks[min(peaks.count - 1, peaks.count * (2 * place + 1) / (2 * max(1, count)))]
  }

  /// The activations of a text.
  ///
  /// - Parameters:
  ///   - firing: The tokens of each word on which the unit fires; most on the last one of a word.
  ///   - strength: What the strongest of these words reaches.
  func activations(
    tokenCount: Int, firing: [Range<Int>], strength: Float, scale: Float,
    using generator: inout SeededGenerator
  ) -> [Float] {
    let background = backgrounds[Int(generator.next() % UInt64(backgrounds.count))]
    let start = Int(generator.next() % UInt64(background.count))
    var values = (0..<tokenCount).map { scale * background[(start + $0) % background.count] }
    guard strength > 0 else { return values }
    let strongest = firing.isEmpty ? 0 : Int(generator.next() % UInt64(firing.count))
    for (place, tokens) in firing.enumerated() {
      let share = place == strongest ? 1 : 0.6 + 0.4 * Float(generator.nextUnit())
      for token in tokens.dropLast() where values.indices.contains(token) {
        values[token] = strength * share * Float(0.1 + 0.25 * generator.nextUnit())
      }
      if let last = tokens.last, values.indices.contains(last) { values[last] = strength * share }
    }
    return values
  }
}
