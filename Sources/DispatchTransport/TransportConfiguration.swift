import Glibc
import HTTPCodec

/// What a transport listens on, with how many shards and within which limits.
public struct TransportConfiguration: Sendable {
  /// Where connections come from, at most 16 places; a `PeerAddress` says which of them took its own.
  public var listeners: [Listener]
  /// How many shards share the connections, 1 to 64; by default one a processor.
  public var shardCount: Int
  /// How much peers may ask for.
  public var limits: TransportLimits

  /// A configuration; by default one listener on a free port of this machine.
  public init(
    listeners: [Listener] = [Listener(port: 0)], shardCount: Int? = nil,
    limits: TransportLimits = TransportLimits()
  ) {
    self.listeners = listeners
    self.shardCount = shardCount ?? min(64, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.limits = limits
  }

  func check() throws(TransportError) {
    if listeners.isEmpty || listeners.count > 16 { throw .badConfiguration("1 to 16 listeners") }
    if !(1...64).contains(shardCount) { throw .badConfiguration("1 to 64 shards") }
    let slots = limits.connectionCountMax + limits.refusalCountMax
    if limits.connectionCountMax < 1 || slots >= ConnectionID.slotCountMax {
      throw .badConfiguration("1 to 16 million connections")
    }
    // A request that is not whole stands in front of the next read in the shard's one buffer.
    if limits.http.requestByteCountMax > ShardCore.inputByteCount / 2 {
      throw .badConfiguration("a request of at most \(ShardCore.inputByteCount / 2) bytes")
    }
  }
}
