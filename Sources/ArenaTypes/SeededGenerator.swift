/// A deterministic random number generator that is a value: part of a state, copied and saved with it.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// It is for games, sampling and tests, never for secrets.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable, Codable {
  private var state: UInt64

  /// A generator whose sequence is determined by `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0 ..< 1`, uniform over multiples of 2^-53.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A generator of its own for the thing called `name`, the same for the same seed and name.
  public func forked(for name: String) -> SeededGenerator {
    // FNV-1a, so that the fork does not depend on Swift's per-process hash seed.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var fork = SeededGenerator(seed: state ^ hash)
    return SeededGenerator(seed: fork.next())
  }
}
