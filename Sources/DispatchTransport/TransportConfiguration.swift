import Glibc
import HTTPCodec

/// An address to listen on.
public struct ListenAddress: Hashable, Sendable {
  /// A numeric IPv4 or IPv6 address.
  public var host: String
  /// The port; 0 lets the kernel choose.
  public var port: UInt16

  /// An address; by default of this machine alone.
  public init(host: String = "127.0.0.1", port: UInt16) {
    self.host = host
    self.port = port
  }
}

/// What a transport listens on, with how many shards and within which limits.
public struct TransportConfiguration: Sendable {
  /// The addresses, at most 16; a `PeerAddress` says which of them took its connection.
  public var listeners: [ListenAddress]
  /// How many shards share the connections, 1 to 64; by default one a processor.
  public var shardCount: Int
  /// How much peers may ask for.
  public var limits: TransportLimits

  /// A configuration; by default one listener on a free port of this machine.
  public init(
    listeners: [ListenAddress] = [ListenAddress(port: 0)], shardCount: Int? = nil,
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
