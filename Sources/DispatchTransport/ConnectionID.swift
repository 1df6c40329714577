/// Names one connection for as long as the process lives, or nearly so.
///
/// ```
///  63    56 55                        24 23               0
/// ┌────────┬────────────────────────────┬──────────────────┐
/// │ shard  │         generation         │       slot       │
/// └────────┴────────────────────────────┴──────────────────┘
/// ```
///
/// A slot is used again after its connection has gone, with the next generation, so a stale id names
/// nobody rather than a stranger; a slot repeats an id after 2^32 connections.
public struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
  /// The most shards that an id can tell apart.
  public static let shardCountMax = 1 << 8
  /// The most connections that one shard can number.
  static let slotCountMax = 1 << 24

  /// Shard, generation and slot, packed.
  public let rawValue: UInt64

  /// Wraps a packed value.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  init(shard: Int, generation: UInt32, slot: Int) {
    rawValue = UInt64(shard) << 56 | UInt64(generation) << 24 | UInt64(slot)
  }

  /// The index of the shard that owns the connection.
  public var shardIndex: Int { Int(rawValue >> 56) }

  var generation: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 24) }

  /// A number below the most connections that its shard has had at once: an index into an array of
  /// what the handler knows of each.
  ///
  /// No two connections that are open have the same one.
  public var slot: Int { Int(rawValue & 0xFF_FFFF) }

  /// `shard/slot/generation`, for logs.
  public var description: String { "\(shardIndex)/\(slot)/\(generation)" }
}
