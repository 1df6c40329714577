/// Why the server closes a connection: the code of the close frame (RFC 6455, section 7.4).
///
/// 4000 to 4499 may be retried, 4500 to 4999 are final. The same list, with what to do about each, is
/// `protocol/codes.json`; a test compares the two.
public enum CloseReason: UInt16, Hashable, Sendable, CaseIterable {
  /// The client has closed.
  case normal = 1000
  /// The server or the page goes away.
  case goingAway = 1001
  /// The peer broke RFC 6455.
  case protocolError = 1002
  /// A binary message came; this protocol is text.
  case unsupportedData = 1003
  /// A text message was not UTF-8.
  case invalidText = 1007
  /// The connection did what it may not.
  case policyViolation = 1008
  /// A message was too long.
  case tooBig = 1009
  /// The server failed.
  case internalError = 1011
  /// The server restarts.
  case restart = 1012
  /// The server has too many connections.
  case overload = 1013
  /// No `hello` came in time.
  case helloTimeout = 4000
  /// Nothing came for too long, not even an answer to a ping.
  case idle = 4001
  /// The client reads too slowly for its lossless topics.
  case slowConsumer = 4008
  /// Commands came too often, also after refusals.
  case rateLimited = 4029
  /// A moderator has closed the connection.
  case kicked = 4500
  /// The player may not play here for now.
  case banned = 4501
  /// The player is not known, or the secret is not its own.
  case badSecret = 4503
  /// The server does not speak this protocol.
  case unsupportedProtocol = 4504

  /// The text of the close frame, which programs may show in a log.
  public var name: String {
    switch self {
    case .normal: "normal"
    case .goingAway: "going_away"
    case .protocolError: "protocol_error"
    case .unsupportedData: "unsupported_data"
    case .invalidText: "invalid_text"
    case .policyViolation: "policy_violation"
    case .tooBig: "too_big"
    case .internalError: "internal_error"
    case .restart: "restart"
    case .overload: "overload"
    case .helloTimeout: "hello_timeout"
    case .idle: "idle"
    case .slowConsumer: "slow_consumer"
    case .rateLimited: "rate_limited"
    case .kicked: "kicked"
    case .banned: "banned"
    case .badSecret: "bad_secret"
    case .unsupportedProtocol: "unsupported_protocol"
    }
  }

  /// Whether a client should connect again by itself.
  public var isRetryable: Bool {
    switch self {
    case .goingAway, .internalError, .restart, .overload: true
    default: (4000...4499).contains(rawValue)
    }
  }
}
