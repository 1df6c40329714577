import DispatchTransport
import HTTPCodec
import WebSocketCodec

extension Setting {
  /// The fields of `TransportLimits`.
  static let transport: [Setting] = [
    .count(
      "connection-count-max", \.transport.connectionCountMax, 1...16_000_000,
      "Connections of all shards together; most systems give a process 20,000 descriptors."),
    .count(
      "connection-count-per-address-max", \.transport.connectionCountPerAddressMax, 1...16_000_000,
      "Connections of one IPv4 address or IPv6 /64 network: a household, not a script."),
    .count(
      "refusal-count-max", \.transport.refusalCountMax, 0...100_000,
      "Connections above these bounds that are told so with 503; more are just closed."),
    .count(
      "exempt-connection-count-max", \.transport.exemptConnectionCountMax, 1...100_000,
      "Connections of exempt listeners, such as that of the metrics: a few scrapers."),
    .optionalInteger(
      "handshakes-per-second-per-address", .count(1...1_000_000),
      \.transport.handshakesPerSecondPerAddress,
      "WebSocket handshakes a second that an address may go on making, above it 429."),
    .count(
      "handshake-burst-per-address", \.transport.handshakeBurstPerAddress, 1...1_000_000,
      "Handshakes of an address at once before that rate holds: all its connections come back."),
    .count(
      "handshake-group-count-max", \.transport.handshakeGroupCountMax, 1...10_000_000,
      "Addresses whose handshakes are remembered: the default is 3 MB."),
    .size(
      "proxy-header-byte-count-max", \.transport.proxyHeaderByteCountMax, 16...4_096,
      "A PROXY protocol header: addresses take 232 bytes, the rest is what proxies add."),
    .duration(
      "turn-duration-max", \.transport.turnDurationMax,
      "Mean length of a shard's turns above which newcomers get 503: players notice it."),
    .size(
      "queued-byte-count-max", \.transport.queuedByteCountMax, 65_536...(1 << 40),
      "What may wait for all peers of a shard before newcomers get 503."),
    Setting(
      name: "backlog", form: .count(1...65_535),
      reason: "Connections that may wait in the kernel to be accepted: a reconnecting crowd.",
      value: { .integer(Int($0.transport.backlog)) }
    ) {
      if case .integer(let count) = $1 { $0.transport.backlog = Int32(clamping: count) }
    },
    .duration(
      "request-timeout", \.transport.requestTimeout,
      "From a request's first byte to its last: a phone in a tunnel makes it."),
    .duration(
      "keep-alive-timeout", \.transport.keepAliveTimeout,
      "How long a connection may lie idle between requests, as browsers expect."),
    .duration(
      "response-stall-timeout", \.transport.responseStallTimeout,
      "How long a response may make no progress before the peer counts as dead."),
    .duration(
      "send-stall-timeout", \.transport.sendStallTimeout,
      "How long an open WebSocket may take no bytes while some wait: they are out of date."),
    .duration(
      "message-timeout", \.transport.messageTimeout,
      "From a message's first byte to its last: an unfinished one pins memory."),
    .size(
      "lossless-byte-count-max", \.transport.losslessByteCountMax, 1_024...(1 << 30),
      "What may wait on a connection's lossless lane: minutes of duel events."),
    .count(
      "latest-channel-count-max", \.transport.latestChannelCountMax, 1...65_536,
      "Channels with a frame waiting on a connection: a page watches a handful."),
    .duration(
      "ping-interval", \.transport.pingInterval,
      "Silence before a ping; middleboxes forget idle connections after 30 to 60 s."),
    .duration(
      "pong-timeout", \.transport.pongTimeout,
      "How long a peer may stay silent after the ping before it counts as gone."),
    .duration(
      "close-timeout", \.transport.closeTimeout,
      "How long the closing handshake and the peer's own close may take."),
    .count(
      "tls-handshake-steps-per-turn-max", \.transport.tlsHandshakeStepsPerTurnMax, 1...10_000,
      "TLS handshake steps of a shard's turn, so that a crowd does not keep others waiting."),
    .duration(
      "accept-back-off", \.transport.acceptBackOff, .milliseconds(1) ... .seconds(60),
      "How long accepting rests when the process is out of descriptors."),
    .duration(
      "linger", \.transport.linger, .milliseconds(0) ... .seconds(1),
      "How long a shard waits for its sockets before it gives its thread back."),
    .optionalInteger(
      "send-buffer-byte-count", .size(2_048...(1 << 30)), \.transport.sendBufferByteCount,
      "What is asked of the kernel for each send buffer; none lets the kernel tune it."),
  ]

  /// The fields of `HTTPLimits`.
  static let http: [Setting] = [
    .size(
      "http-request-line-byte-count-max", \.transport.http.requestLineByteCountMax, 64...32_768,
      "The first line of a request, above it 414: the longest of ours has eighty bytes."),
    .size(
      "http-head-byte-count-max", \.transport.http.headByteCountMax, 256...32_768,
      "Request line and fields, above it 431: other programs' cookies come along."),
    .count(
      "http-field-count-max", \.transport.http.fieldCountMax, 8...10_000,
      "Fields of a request, above it 431: a browser behind two proxies sends thirty."),
    .size(
      "http-body-byte-count-max", \.transport.http.bodyByteCountMax, 0...32_768,
      "A request's body, above it 413: bodies are small JSON objects."),
  ]

  /// The fields of `WebSocketLimits`.
  static let webSocket: [Setting] = [
    .size(
      "web-socket-message-byte-count-max", \.transport.webSocket.messageByteCountMax,
      125...(1 << 30), "One message over all its fragments: commands have a few kilobytes."),
    .count(
      "web-socket-fragment-count-max", \.transport.webSocket.fragmentCountMax, 1...1_000_000,
      "Fragments of one message; empty ones would never reach the byte limit."),
  ]

  /// The fields of `DeflateConfiguration`.
  static let deflate: [Setting] = [
    .flag(
      "deflate", \.isDeflateOn, "Whether messages are compressed for clients that want it."),
    .size(
      "deflate-byte-count-min", \.deflate.byteCountMin, 0...(1 << 30),
      "The shortest message that is compressed; a shorter one fits into a packet anyway."),
    .count(
      "deflate-level", \.deflate.level, 1...9, "1 is fast, 9 small; little is gained above 1."),
    .count(
      "deflate-window-bits", \.deflate.windowBits, 9...15,
      "How far back a message may refer; it bounds the memory where context is kept."),
    .count(
      "deflate-memory-level", \.deflate.memoryLevel, 1...9,
      "zlib's memory: 6 is as small as 8 for messages of some kilobytes."),
    .flag(
      "deflate-server-keeps-context", \.deflate.serverKeepsContext,
      "Refer to messages before when sending: smaller, for 166 KiB a connection."),
    .flag(
      "deflate-client-keeps-context", \.deflate.clientKeepsContext,
      "Let clients refer to messages before: smaller, for 39 KiB a connection."),
  ]
}
