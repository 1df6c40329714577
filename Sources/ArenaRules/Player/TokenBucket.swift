public import ArenaTypes

/// Limits how often something may happen: `capacity` at once, and `perSecond` in the long run.
public struct TokenBucket: Hashable, Sendable, Codable {
  /// The most tokens that can be saved up.
  public let capacity: Double
  /// How many tokens come back a second.
  public let perSecond: Double
  private var tokens: Double
  private var filledAt: Timestamp

  /// A full bucket at `now`; both limits must be positive.
  public init(capacity: Double, perSecond: Double, now: Timestamp) {
    precondition(capacity > 0 && perSecond > 0)
    self.capacity = capacity
    self.perSecond = perSecond
    tokens = capacity
    filledAt = now
  }

  /// How many tokens could be taken at `now`.
  public func available(now: Timestamp) -> Double {
    min(tokens + max((now - filledAt).inSeconds, 0) * perSecond, capacity)
  }

  /// Takes `count` tokens, or takes none and says how long to wait for them.
  ///
  /// More than the capacity is never given; the wait is then that for a full bucket.
  public mutating func take(_ count: Double = 1, now: Timestamp) -> Duration? {
    tokens = available(now: now)
    filledAt = max(filledAt, now)
    guard tokens < count else {
      tokens -= count
      return nil
    }
    let missing = min(count, capacity) - tokens
    return .milliseconds(max(Int64((missing / perSecond * 1_000).rounded(.up)), 1))
  }
}
