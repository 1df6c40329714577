/// What a peer's bytes mean.
///
/// The pointers lead into the caller's input, or into the receiver for a message that came in
/// pieces. They are good until the receiver is called again or destroyed, or the input's memory is
/// used for something else, whichever is first.
public enum ReceivedEvent {
  /// A whole text message, valid UTF-8.
  case text(UnsafeRawBufferPointer)
  /// A whole binary message.
  case binary(UnsafeRawBufferPointer)
  /// A ping; answer with a pong of the same payload (RFC 6455 section 5.5.2).
  case ping(UnsafeRawBufferPointer)
  /// A pong, wanted or not (section 5.5.3).
  case pong(UnsafeRawBufferPointer)
  /// The peer closes: its code, or ``CloseCode/noStatusReceived`` if it gave none, and its reason,
  /// valid UTF-8. Nothing follows.
  case close(CloseCode, reason: UnsafeRawBufferPointer)
  /// The peer broke the protocol: send a close frame with the violation's code. Nothing follows.
  case violation(ProtocolViolation)
}
