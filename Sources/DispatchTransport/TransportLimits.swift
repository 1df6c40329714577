public import HTTPCodec
public import WebSocketCodec

/// How much peers may ask of the transport; each field says its default and why.
public struct TransportLimits: Sendable {
  /// The most connections of all shards together.
  ///
  /// Default 16,000: most systems give a process 20,000 descriptors, and files need some. Whoever
  /// comes above it gets 503.
  public var connectionCountMax = 16_000

  /// The most connections of one IPv4 address or IPv6 /64 network.
  ///
  /// Default 64: a household or a classroom behind one address plays, one script does not take all.
  /// Whoever comes above it gets 503. A reverse proxy is one address, unless its listener
  /// believes what it says (``Listener/Forwarding``).
  public var connectionCountPerAddressMax = 64

  /// The most connections above the two bounds that are kept for the moment it takes to answer 503.
  ///
  /// Default 128: more are closed without an answer, so that a flood costs nothing but the accepts.
  public var refusalCountMax = 128

  /// The most connections of exempt listeners, such as that of the metrics.
  ///
  /// Default 64: a few scrapers and the operator. More are closed.
  public var exemptConnectionCountMax = 64

  /// How many WebSocket handshakes a second one IPv4 address or IPv6 /64 network may go on making; nil
  /// for any number.
  ///
  /// Default 16: everybody behind one address comes back within seconds of a restart, and a script
  /// that opens and closes costs little. Whoever comes faster gets 429 with the time to wait.
  public var handshakesPerSecondPerAddress: Int? = 16

  /// How many handshakes an address may make at once before that rate holds.
  ///
  /// Default 128: twice the connections that it may have, so that all can come back, and once more.
  public var handshakeBurstPerAddress = 128

  /// How many addresses' handshakes are remembered.
  ///
  /// Default 65,536: 3 MB. More than that in the few seconds that it takes to be forgotten are a crowd,
  /// which the other bounds hold.
  public var handshakeGroupCountMax = 65_536

  /// The most bytes of a PROXY protocol header.
  ///
  /// Default 1,024: the addresses take at most 232, and what proxies add, such as a host name or a
  /// certificate's subject, a few hundred.
  public var proxyHeaderByteCountMax = 1_024

  /// How long a shard's turns may take, in the mean of the last few, before newcomers get 503.
  ///
  /// Default 250 ms: whoever plays notices that, and each newcomer would add to it.
  public var turnDurationMax = Duration.milliseconds(250)

  /// How many bytes may wait for all of a shard's peers together before newcomers get 503.
  ///
  /// Default 134,217,728: what 512 connections at their bound keep, or 16,000 that are 8 KB behind. It
  /// is looked at with the timeouts, about once a second.
  public var queuedByteCountMax = 134_217_728

  /// How many connections may wait in the kernel to be accepted.
  ///
  /// Default 1,024: a reconnecting crowd.
  public var backlog: Int32 = 1_024

  /// What a request's head and body may take.
  public var http = HTTPLimits()

  /// The time from a connection's start, or from a request's first byte, to the request's last.
  ///
  /// Default 10 s: a phone in a tunnel makes it, a peer that sends a byte now and then does not.
  public var requestTimeout = Duration.seconds(10)

  /// The most steps of TLS handshakes that a shard takes before its other connections get their turn.
  ///
  /// Default 16: a step is a tenth to a quarter of a millisecond of arithmetic, and a crowd that
  /// comes back at once must not keep those who are in from playing. What is left over comes with
  /// the next turn.
  public var tlsHandshakeStepsPerTurnMax = 16

  /// How long a connection may lie idle between two requests.
  ///
  /// Default 60 s, as browsers expect.
  public var keepAliveTimeout = Duration.seconds(60)

  /// How long a response may make no progress.
  ///
  /// Default 20 s: longer stalls are dead peers.
  public var responseStallTimeout = Duration.seconds(20)

  /// How long an open WebSocket may take no bytes while some wait.
  ///
  /// Default 30 s: what waits is out of date by then, and a peer that still answers pings would keep
  /// it for ever. It is closed without a close frame, which it would not take either.
  public var sendStallTimeout = Duration.seconds(30)

  /// What a message may take.
  public var webSocket = WebSocketLimits()

  /// The time from a message's first byte to its last, over all fragments.
  ///
  /// Default 15 s: at 64 KB it allows 35 kbit/s, and an unfinished message pins memory.
  public var messageTimeout = Duration.seconds(15)

  /// The most bytes that wait on a connection's lossless lane.
  ///
  /// Default 262,144: minutes of duel events; who is that far behind is better off resuming.
  public var losslessByteCountMax = 262_144

  /// The most channels with a frame that waits on a connection's latest-wins lane.
  ///
  /// Default 64: a page watches a handful of topics. Above it the connection closes like one whose
  /// lossless lane is full.
  public var latestChannelCountMax = 64

  /// After this much silence of a peer it is sent a ping.
  ///
  /// Default 25 s: middleboxes forget idle connections after 30 to 60 s.
  public var pingInterval = Duration.seconds(25)

  /// How long a peer may stay silent after the ping before it counts as gone.
  ///
  /// Default 20 s.
  public var pongTimeout = Duration.seconds(20)

  /// How long the closing handshake, and the peer's own close of the socket, may take.
  ///
  /// Default 5 s.
  public var closeTimeout = Duration.seconds(5)

  /// How long accepting rests when the process is out of descriptors.
  ///
  /// Default 100 ms: connections wait in the backlog meanwhile, and the shard does not spin.
  public var acceptBackOff = Duration.milliseconds(100)

  /// How long a shard waits for its sockets before it gives its thread back to Dispatch.
  ///
  /// Default 20 ms: a wake-up through Dispatch costs 10-12 microseconds, and lingers of 1 ms cost
  /// more than that in sum.
  public var linger = Duration.milliseconds(20)

  /// The size that is asked of the kernel for each socket's send buffer; nil leaves it to the kernel.
  ///
  /// Default nil: the kernel tunes it by itself. Tests set it to fill lanes with few bytes.
  public var sendBufferByteCount: Int?

  /// The defaults.
  public init() {}

  /// How many connections a shard has room for.
  var slotCount: Int { connectionCountMax + refusalCountMax + exemptConnectionCountMax }

  /// How often connections are looked through for these timeouts: a quarter of the shortest, within
  /// 10 ms and 1 s.
  var sweepInterval: Duration {
    let shortest =
      [
        requestTimeout, keepAliveTimeout, responseStallTimeout, sendStallTimeout, messageTimeout,
        pingInterval, pongTimeout, closeTimeout,
      ].min() ?? .seconds(4)
    return max(.milliseconds(10), min(.seconds(1), shortest / 4))
  }
}
