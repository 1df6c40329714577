import ArenaTypes
import DispatchTransport

/// Every counter of the transport as metrics.
///
/// A new counter needs its one line in ``table``; a test finds one that has none.
enum TransportMetrics {
  /// One counter, or one value of a family whose rows stand together and differ in a label.
  struct Row {
    let kind: PrometheusText.Kind
    let name: String
    let help: String
    var label: (name: String, value: String)?
    let value: any WritableKeyPath<TransportCounters, Int> & Sendable

    init(
      _ kind: PrometheusText.Kind, _ name: String, _ help: String,
      _ label: (String, String)? = nil,
      _ value: any WritableKeyPath<TransportCounters, Int> & Sendable
    ) {
      self.kind = kind
      self.name = "neuronarena_\(name)"
      self.help = help
      self.label = label.map { (name: $0.0, value: $0.1) }
      self.value = value
    }
  }

  /// The plain counters and gauges.
  static let table: [Row] = [
    Row(.gauge, "connections", "Connections that are open.", nil, \.connectionsNow),
    Row(.gauge, "websockets", "WebSocket connections that are open.", nil, \.webSocketsNow),
    Row(.counter, "accepts_total", "Connections accepted.", nil, \.accepted),
    Row(
      .counter, "refused_connections_total", "Connections above a bound.", nil, \.refused),
    Row(
      .counter, "refused_handshakes_total", "Handshakes refused for the sake of others.",
      ("reason", "load"), \.shed),
    Row(
      .counter, "refused_handshakes_total", "Handshakes refused for the sake of others.",
      ("reason", "rate"), \.rateLimited),
    Row(
      .counter, "bad_forwarding_total", "Peers that a proxy did not name as it should.",
      ("kind", "proxy_header"), \.badProxyHeaders),
    Row(
      .counter, "bad_forwarding_total", "Peers that a proxy did not name as it should.",
      ("kind", "forwarded_for"), \.badForwarding),
    Row(
      .counter, "accept_back_offs_total", "Times that accepting had to rest.", nil,
      \.acceptBackOffs),
    Row(.counter, "http_requests_total", "Plain HTTP requests answered.", nil, \.requests),
    Row(
      .counter, "http_bad_requests_total", "Requests that broke HTTP or its limits.", nil,
      \.badRequests),
    Row(.counter, "handshakes_total", "WebSocket handshakes completed.", nil, \.handshakes),
    Row(.counter, "tls_handshakes_total", "TLS handshakes completed.", nil, \.tlsHandshakes),
    Row(
      .counter, "tls_resumed_total", "TLS handshakes that resumed a session.", nil, \.tlsResumed),
    Row(.counter, "received_messages_total", "Whole messages received.", nil, \.messagesReceived),
    Row(
      .counter, "received_control_frames_total", "Pings, pongs and close frames received.", nil,
      \.controlFramesReceived),
    Row(.counter, "received_bytes_total", "Bytes received.", nil, \.bytesReceived),
    Row(
      .counter, "sent_frames_total", "Frames put on a lane.", ("lane", "lossless"), \.framesSent),
    Row(
      .counter, "sent_frames_total", "Frames put on a lane.", ("lane", "latest"),
      \.latestFramesSent),
    Row(
      .counter, "replaced_frames_total",
      "Frames of latest-wins lanes that newer ones replaced before they went out.", nil,
      \.latestFramesReplaced),
    Row(.counter, "sent_bytes_total", "Bytes that the kernel took.", nil, \.bytesSent),
    Row(.counter, "send_calls_total", "System calls that sent.", nil, \.sendCalls),
    Row(
      .counter, "deflated_messages_total",
      "Messages compressed, each once, however many it went to.", nil, \.deflatedFrames),
    Row(
      .counter, "deflate_bytes_total", "Bytes of messages that were compressed.",
      ("form", "before"), \.deflateInputBytes),
    Row(
      .counter, "deflate_bytes_total", "Bytes of messages that were compressed.",
      ("form", "after"), \.deflateOutputBytes),
    Row(
      .counter, "inflated_messages_total", "Compressed messages received.", nil,
      \.inflatedMessages),
    Row(
      .counter, "lane_overflows_total", "Connections closed since their lanes were full.", nil,
      \.overflows),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "request"),
      \.requestTimeouts),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "response"),
      \.responseTimeouts),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "message"),
      \.messageTimeouts),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "pong"),
      \.pongTimeouts),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "stall"),
      \.stallTimeouts),
    Row(
      .counter, "timeouts_total", "Connections that ran into a time limit.", ("kind", "close"),
      \.closeTimeouts),
    Row(.counter, "sent_pings_total", "Pings sent to silent peers.", nil, \.pingsSent),
    Row(
      .gauge, "connections_behind", "Connections with unsent frames at the last look.", nil,
      \.connectionsBehind),
    Row(.gauge, "waiting_frames", "Unsent frames at the last look.", nil, \.framesWaiting),
    Row(.gauge, "waiting_bytes", "Unsent bytes at the last look.", nil, \.bytesWaiting),
    Row(
      .gauge, "waiting_bytes_max", "The most unsent bytes of one connection at the last look.",
      nil, \.bytesWaitingMax),
  ]

  /// The counters that are more than one number, as properties of `TransportCounters`; ``write``
  /// names each of them.
  static let compound: Set<String> = [
    "responsesByStatus", "closesByCode", "tlsFailures", "pingRoundTrips", "loopLag",
  ]

  /// Adds everything that the shards have counted.
  static func write(_ shards: [TransportCounters], to text: inout PrometheusText) {
    let sum = TransportCounters(summing: shards)
    var rows = table[...]
    while let first = rows.first {
      let family = rows.prefix { $0.name == first.name }
      rows = rows.dropFirst(family.count)
      text.add(
        first.kind, first.name, first.help,
        family.map { row in
          PrometheusText.Sample(
            labels: row.label.map { [$0] } ?? [], value: Double(sum[keyPath: row.value]))
        })
    }
    text.add(
      .counter, "neuronarena_http_responses_total", "HTTP responses by status.", by: "status",
      sum.responsesByStatus.sorted.map { ("\($0.code)", $0.count) })
    text.add(
      .counter, "neuronarena_tls_failures_total", "TLS connections that failed, by reason.",
      by: "reason", TLSFailure.allCases.map { ($0.rawValue, sum.tlsFailures[$0] ?? 0) })
    text.add(
      .counter, "neuronarena_closes_total",
      "WebSocket connections that ended, by close code; other: one that a peer made up.",
      by: "code",
      sum.closesByCode.sorted.map { ($0.code == 0 ? "other" : "\($0.code)", $0.count) })
    text.add(
      "neuronarena_ping_round_trip_seconds", "From a ping to its pong.", sum.pingRoundTrips)
    text.add(
      "neuronarena_loop_lag_seconds", "How long a shard's turn kept it from its sockets.",
      shards.enumerated().map { index, shard in
        (labels: [(name: "shard", value: "\(index)")], histogram: shard.loopLag)
      })
  }
}
