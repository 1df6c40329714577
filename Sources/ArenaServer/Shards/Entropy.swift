import ArenaTypes

/// Where names, secrets and seeds come from that nobody may guess: the system's generator, which on
/// Linux is `getrandom`, or, in a simulation, a seed.
///
/// Copies of one made of a seed draw from the same sequence.
public struct Entropy: RandomNumberGenerator, Sendable {
  /// The system's generator.
  public static let system = Entropy(seeded: nil)

  private let seeded: Locked<SeededGenerator>?

  private init(seeded: Locked<SeededGenerator>?) { self.seeded = seeded }

  /// A sequence that is determined by `seed`, for simulations alone.
  public init(seed: UInt64) { self.init(seeded: Locked(SeededGenerator(seed: seed))) }

  /// The next 64 bits.
  public func next() -> UInt64 {
    if let seeded { return seeded.withLock { $0.next() } }
    var system = SystemRandomNumberGenerator()
    return system.next()
  }
}
