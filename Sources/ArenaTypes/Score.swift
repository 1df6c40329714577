/// How well an explanation predicts a unit's activations on excerpts that its author has not seen.
public struct Score: Hashable, Sendable, Codable {
  /// Why a score was held down.
  public enum Cap: String, Sendable, Codable {
    /// The text is a mere list of the clues' peak words.
    case peakWordList
  }

  /// 0 to 100.
  public let value: Double
  /// The lower end of the 95 % bootstrap interval.
  public let low: Double
  /// The upper end of the 95 % bootstrap interval.
  public let high: Double
  /// Why it is not higher, where a rule says so.
  public let cap: Cap?
  /// The scorer's name and version, such as `gen-window/1`.
  public let scorer: String

  /// A score of these parts.
  public init(value: Double, low: Double, high: Double, cap: Cap?, scorer: String) {
    self.value = value
    self.low = low
    self.high = high
    self.cap = cap
    self.scorer = scorer
  }
}
