public import WebSocketCodec

extension CloseCode {
  /// The peer does not take what it is sent as fast as it comes; it may come back and resume.
  public static let slowConsumer = CloseCode(rawValue: 4008)
}
