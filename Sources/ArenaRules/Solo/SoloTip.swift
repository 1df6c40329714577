public import ArenaTypes

/// What could have been done better in a text that was just scored.
public enum SoloTip: String, Hashable, Sendable, CaseIterable {
  /// It lists the words of the clues.
  case wordList
  /// It expects the unit to fire where it stays silent.
  case tooBroad
  /// The unit fires where it expects nothing.
  case tooNarrow
  /// It is better than what the player wrote here before.
  case closer
  /// Nothing that is known scores higher.
  case best
  /// Nothing stands out.
  case fair

  /// What an explanation makes one expect of an excerpt, beside what the unit did.
  public struct Expectation: Hashable, Sendable {
    /// The unit's activation on each token, as a share of full colour.
    public let actual: [Double]
    /// What is expected on each token, 0 to 1.
    public let expected: [Double]

    /// An expectation of these values, as many of both.
    public init(actual: [Double], expected: [Double]) {
      self.actual = actual
      self.expected = expected
    }

    /// Whether the unit fires anywhere in it.
    var fires: Bool { (actual.max() ?? 0) >= 0.5 }
    /// What is expected where it fires most.
    var expectedAtPeak: Double { zip(actual, expected).max { $0.0 < $1.0 }?.1 ?? 0 }
    /// The most that is expected anywhere.
    var expectedMax: Double { expected.max() ?? 0 }
    /// The most that is expected where it does not fire.
    var expectedInSilence: Double {
      zip(actual, expected).filter { $0.0 < 0.2 }.map(\.1).max() ?? 0
    }
  }

  /// The tip that fits best.
  ///
  /// - Parameters:
  ///   - score: The text's score.
  ///   - best: The best score that anybody else has on the unit.
  ///   - earlier: The best that the player had there before.
  ///   - expectations: What the text expects of excerpts on which nothing is scored.
  public init(
    score: Score, best: Double?, earlier: Double?, expectations: [Expectation]
  ) {
    if score.cap == .peakWordList {
      self = .wordList
    } else if score.value >= best ?? .infinity {
      self = .best
    } else if let earlier, score.value >= max(earlier + 5, 40) {
      self = .closer
    } else {
      self = Self.fault(expectations)
    }
  }

  /// A text that expects nothing anywhere is too narrow; one that expects as much elsewhere as at the
  /// peaks is too broad.
  ///
  /// How much a scorer expects at all differs from text to text, so levels are compared within one.
  /// With `any words` the judge expects about 0.5 on every token, with a single word that does not
  /// come 0.1.
  private static func fault(_ expectations: [Expectation]) -> SoloTip {
    let firing = expectations.filter(\.fires)
    guard !firing.isEmpty else { return .fair }
    if expectations.map(\.expectedMax).max() ?? 0 < 0.3 { return .tooNarrow }
    let found = mean(firing.map(\.expectedAtPeak))
    let elsewhere =
      [firing, expectations.filter { !$0.fires }]
      .map { mean($0.map(\.expectedInSilence)) }.max() ?? 0
    if elsewhere >= 0.8 * found { return .tooBroad }
    return firing.contains { $0.expectedAtPeak < 0.4 * found } ? .tooNarrow : .fair
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
