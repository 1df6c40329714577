public import ArenaTypes

/// What a transport has done since its start, summed over its shards.
public struct TransportCounters: Hashable, Sendable {
  /// Connections that are open now, whatever they speak.
  public var connectionsNow = 0
  /// WebSocket connections that are open now.
  public var webSocketsNow = 0
  /// Connections that were accepted.
  public var accepted = 0
  /// Connections above a bound, answered with 503 or closed.
  public var refused = 0
  /// Handshakes answered with 503 because those who are here were served too slowly.
  public var shed = 0
  /// Handshakes answered with 429 because their address made too many.
  public var rateLimited = 0
  /// Connections closed because what a proxy should have said first was not there.
  public var badProxyHeaders = 0
  /// Requests answered with 400 because trusted proxies did not say where they come from.
  public var badForwarding = 0
  /// Times that accepting had to rest.
  public var acceptBackOffs = 0
  /// Plain HTTP requests that were answered.
  public var requests = 0
  /// Responses by status, refusals of handshakes and of broken requests among them.
  public var responsesByStatus = CodeCounts()
  /// Requests that broke HTTP or its limits.
  public var badRequests = 0
  /// WebSocket handshakes that were completed.
  public var handshakes = 0
  /// Whole messages received.
  public var messagesReceived = 0
  /// Frames put on lossless lanes.
  public var framesSent = 0
  /// Frames put on latest-wins lanes.
  public var latestFramesSent = 0
  /// Frames of latest-wins lanes that were replaced before they went out.
  public var latestFramesReplaced = 0
  /// Messages that were compressed, each once, however many it went to.
  public var deflatedFrames = 0
  /// Bytes of those messages before.
  public var deflateInputBytes = 0
  /// Bytes of those messages after.
  public var deflateOutputBytes = 0
  /// Compressed messages received.
  public var inflatedMessages = 0
  /// Bytes received.
  public var bytesReceived = 0
  /// Bytes that the kernel took.
  public var bytesSent = 0
  /// Calls of `send`.
  public var sendCalls = 0
  /// TLS handshakes that were completed.
  public var tlsHandshakes = 0
  /// Those of them that resumed a session.
  public var tlsResumed = 0
  /// TLS connections that failed, by reason.
  public var tlsFailures: [TLSFailure: Int] = [:]
  /// Connections whose lanes overflowed.
  public var overflows = 0
  /// Requests that did not come whole in time.
  public var requestTimeouts = 0
  /// Responses, or last bytes of a connection, that the peer did not take in time.
  public var responseTimeouts = 0
  /// Messages that did not come whole in time.
  public var messageTimeouts = 0
  /// Peers that did not answer a ping.
  public var pongTimeouts = 0
  /// Open connections that took no bytes for too long.
  public var stallTimeouts = 0
  /// Peers that did not answer a close frame.
  public var closeTimeouts = 0
  /// Pings sent to peers that were silent.
  public var pingsSent = 0
  /// Pings, pongs and close frames received.
  public var controlFramesReceived = 0
  /// From such a ping to its pong.
  public var pingRoundTrips = DurationHistogram.slow
  /// How long a shard was away from its sockets: from one wait for them to the next.
  public var loopLag = DurationHistogram.fast
  /// Connections whose peers had not taken all that they were sent, at the last look.
  public var connectionsBehind = 0
  /// Frames that waited for peers at the last look, which is at most a second ago.
  public var framesWaiting = 0
  /// Bytes that waited for peers at the last look.
  public var bytesWaiting = 0
  /// The most bytes that waited for one peer at the last look.
  public var bytesWaitingMax = 0
  /// WebSocket connections that ended, by close code; 1006 stands for none, and 0 for those that
  /// peers made up.
  public var closesByCode = CodeCounts()

  /// All zero.
  public init() {}

  /// The sum of what several shards have done.
  public init(summing shards: some Sequence<TransportCounters>) {
    for shard in shards { add(shard) }
  }

  /// Connections that ran into a timeout of any kind.
  public var timeouts: Int {
    requestTimeouts + responseTimeouts + messageTimeouts + pongTimeouts + stallTimeouts
      + closeTimeouts
  }

  /// Adds `other` to each counter; of maxima the larger one stays.
  mutating func add(_ other: TransportCounters) {
    connectionsNow += other.connectionsNow
    webSocketsNow += other.webSocketsNow
    accepted += other.accepted
    refused += other.refused
    shed += other.shed
    rateLimited += other.rateLimited
    badProxyHeaders += other.badProxyHeaders
    badForwarding += other.badForwarding
    acceptBackOffs += other.acceptBackOffs
    requests += other.requests
    responsesByStatus.add(other.responsesByStatus)
    badRequests += other.badRequests
    handshakes += other.handshakes
    messagesReceived += other.messagesReceived
    framesSent += other.framesSent
    latestFramesSent += other.latestFramesSent
    latestFramesReplaced += other.latestFramesReplaced
    deflatedFrames += other.deflatedFrames
    deflateInputBytes += other.deflateInputBytes
    deflateOutputBytes += other.deflateOutputBytes
    inflatedMessages += other.inflatedMessages
    bytesReceived += other.bytesReceived
    bytesSent += other.bytesSent
    sendCalls += other.sendCalls
    tlsHandshakes += other.tlsHandshakes
    tlsResumed += other.tlsResumed
    tlsFailures.merge(other.tlsFailures, uniquingKeysWith: +)
    overflows += other.overflows
    requestTimeouts += other.requestTimeouts
    responseTimeouts += other.responseTimeouts
    messageTimeouts += other.messageTimeouts
    pongTimeouts += other.pongTimeouts
    stallTimeouts += other.stallTimeouts
    closeTimeouts += other.closeTimeouts
    pingsSent += other.pingsSent
    controlFramesReceived += other.controlFramesReceived
    pingRoundTrips.add(other.pingRoundTrips)
    loopLag.add(other.loopLag)
    connectionsBehind += other.connectionsBehind
    framesWaiting += other.framesWaiting
    bytesWaiting += other.bytesWaiting
    bytesWaitingMax = max(bytesWaitingMax, other.bytesWaitingMax)
    closesByCode.add(other.closesByCode)
  }
}
