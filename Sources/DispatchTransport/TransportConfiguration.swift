import Glibc
import HTTPCodec
public import WebSocketCodec
public import Logging

/// What a transport listens on, with how many shards and within which limits.
public struct TransportConfiguration: Sendable {
  /// Where connections come from, at most 16 places; a `PeerAddress` says which of them took its own.
  public var listeners: [Listener]
  /// How many shards share the connections, 1 to 64; by default one a processor.
  public var shardCount: Int
  /// How much peers may ask for.
  public var limits: TransportLimits
  /// How messages are compressed for clients who offer it; nil: never.
  ///
  /// By default without context, so that it costs no memory by connection.
  public var deflate: DeflateConfiguration? = DeflateConfiguration()
  /// Where to tell what happens.
  ///
  /// Single connections are told of at `debug`, what presses on the server at `notice`, and single
  /// messages never. Its level counts as it is at the start.
  ///
  /// Default: nowhere.
  public var log = Logger.silent

  /// A configuration; by default one listener on a free port of this machine.
  public init(
    listeners: [Listener] = [Listener(port: 0)], shardCount: Int? = nil,
    limits: TransportLimits = TransportLimits()
  ) {
    self.listeners = listeners
    self.shardCount = shardCount ?? min(64, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.limits = limits
  }

  /// How many descriptors the connections and the transport itself may take at once.
  ///
  /// Where the process may have fewer, accepting rests whenever they are used up.
  public var descriptorCountNeeded: Int {
    limits.slotCount + listeners.count + 3 * shardCount
  }

  /// Whether a transport can run with it; it is checked at the start, too.
  ///
  /// - Throws: `TransportError.badConfiguration`, which says what is allowed.
  public func check() throws(TransportError) {
    if listeners.isEmpty || listeners.count > 16 { throw .badConfiguration("1 to 16 listeners") }
    if !(1...64).contains(shardCount) { throw .badConfiguration("1 to 64 shards") }
    if limits.connectionCountMax < 1 || limits.slotCount >= ConnectionID.slotCountMax {
      throw .badConfiguration("1 to 16 million connections")
    }
    if deflate?.isValid == false { throw .badConfiguration("what zlib takes to compress") }
    for listener in listeners {
      if case .forwardedFor(let hops) = listener.forwarding, !(1...16).contains(hops) {
        throw .badConfiguration("1 to 16 trusted proxies")
      }
    }
    if !(ProxyHeader.fixedByteCount...4_096).contains(limits.proxyHeaderByteCountMax) {
      throw .badConfiguration("16 to 4,096 bytes of a PROXY protocol header")
    }
    if !(1...1_000_000).contains(limits.handshakesPerSecondPerAddress ?? 1)
      || !(1...1_000_000).contains(limits.handshakeBurstPerAddress)
    {
      throw .badConfiguration("1 to 1,000,000 handshakes of an address")
    }
    // A request that is not whole stands in front of the next read in the shard's one buffer.
    if limits.http.requestByteCountMax > ShardCore.inputByteCount / 2 {
      throw .badConfiguration("a request of at most \(ShardCore.inputByteCount / 2) bytes")
    }
  }
}
