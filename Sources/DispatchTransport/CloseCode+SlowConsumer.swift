public import WebSocketCodec

extension CloseCode {
  /// The peer does not take what it is sent as fast as it comes; it may come back and resume.
  public static let slowConsumer = CloseCode(rawValue: 4008)

  /// The highest code that RFC 6455 section 7.4.1 and its registry define.
  static let registeredMax: UInt16 = 1015
}
