/// Which side of the connection we are; it decides who masks (RFC 6455 section 5.1).
public enum Endpoint: UInt8, Sendable {
  /// We are the server: what comes in is masked, what goes out is not.
  case server
  /// We are the client: what comes in is not masked, what goes out is.
  case client
}
