/// How many handshakes each group of addresses may still make: a token bucket for each.
///
/// A bucket is one number, the moment at which it will be full again: each token taken moves that on
/// by the time that a token takes to come back, and it may not lie further ahead than a whole bucket
/// takes (the generic cell rate algorithm, ITU-T I.371). A full bucket is no entry at all.
struct HandshakeBudget {
  /// Microseconds until one token is back.
  private let tokenTime: Int64
  /// Microseconds until an empty bucket is full.
  private let bucketTime: Int64
  private let groupCountMax: Int
  /// When each bucket is full again, in microseconds.
  private var fullAt: [AddressGroup: Int64] = [:]
  private var sweptAt = Int64.min

  init(limits: TransportLimits) {
    tokenTime = 1_000_000 / Int64(max(1, limits.handshakesPerSecondPerAddress ?? 1))
    bucketTime = tokenTime * Int64(max(1, limits.handshakeBurstPerAddress))
    groupCountMax = limits.handshakeGroupCountMax
  }

  /// How many groups are remembered.
  var count: Int { fullAt.count }

  /// Takes a token; nil, or the milliseconds, at least 1, until there is one.
  ///
  /// Where no more groups can be remembered, new ones go unlimited: a crowd that large is no one
  /// address, and the other bounds hold it.
  mutating func take(_ group: AddressGroup, now milliseconds: Int64) -> Int64? {
    let now = milliseconds * 1_000
    let next = max(now, fullAt[group] ?? now) + tokenTime
    let wait = next - bucketTime - now
    if wait > 0 { return max(1, (wait + 999) / 1_000) }
    if fullAt[group] == nil, fullAt.count >= groupCountMax, !makeRoom(now) { return nil }
    fullAt[group] = next
    return nil
  }

  /// Forgets full buckets, at most once a second; whether there is room now.
  private mutating func makeRoom(_ now: Int64) -> Bool {
    guard sweptAt == .min || now - sweptAt >= 1_000_000 else { return false }
    sweptAt = now
    fullAt = fullAt.filter { $0.value > now }
    return fullAt.count < groupCountMax
  }
}
