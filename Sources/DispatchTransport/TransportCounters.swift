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
  /// Times that accepting had to rest.
  public var acceptBackOffs = 0
  /// Plain HTTP requests that were answered.
  public var requests = 0
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
  /// Bytes received.
  public var bytesReceived = 0
  /// Bytes that the kernel took.
  public var bytesSent = 0
  /// Calls of `send`.
  public var sendCalls = 0
  /// Connections whose lanes overflowed.
  public var overflows = 0
  /// Connections that ran into a timeout.
  public var timeouts = 0
  /// WebSocket connections that ended, by close code; 1006 stands for none.
  public var closesByCode: [UInt16: Int] = [:]

  /// All zero.
  public init() {}

  /// Adds `other` to each counter.
  mutating func add(_ other: TransportCounters) {
    connectionsNow += other.connectionsNow
    webSocketsNow += other.webSocketsNow
    accepted += other.accepted
    refused += other.refused
    acceptBackOffs += other.acceptBackOffs
    requests += other.requests
    badRequests += other.badRequests
    handshakes += other.handshakes
    messagesReceived += other.messagesReceived
    framesSent += other.framesSent
    latestFramesSent += other.latestFramesSent
    latestFramesReplaced += other.latestFramesReplaced
    bytesReceived += other.bytesReceived
    bytesSent += other.bytesSent
    sendCalls += other.sendCalls
    overflows += other.overflows
    timeouts += other.timeouts
    closesByCode.merge(other.closesByCode, uniquingKeysWith: +)
  }
}
