import ArenaTypes

/// What of a unit's raw activation is firing.
struct Firing: Hashable {
  /// Which sign counts.
  let polarity: Polarity
  /// What is taken off, so that nothing below it counts; 0 for units that can be silent.
  let rest: Float

  /// The activation as campaigns have it: with the sign that counts, and above the rest.
  func callAsFunction(_ raw: Float) -> Float {
    let value = polarity == .positive ? raw : -raw
    return rest > 0 ? max(0, value - rest) : value
  }
}
