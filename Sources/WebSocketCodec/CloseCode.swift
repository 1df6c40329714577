/// Why a connection is closed (RFC 6455 section 7.4 and the IANA registry of close codes).
public struct CloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands on the wire.
  public let rawValue: UInt16

  /// Wraps any number; ``isSendable`` tells whether it may stand in a close frame.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The purpose of the connection is fulfilled.
  public static let normal = CloseCode(rawValue: 1000)
  /// The server goes down, or the page is left.
  public static let goingAway = CloseCode(rawValue: 1001)
  /// The peer broke the protocol.
  public static let protocolError = CloseCode(rawValue: 1002)
  /// A kind of data that this endpoint does not take.
  public static let unsupportedData = CloseCode(rawValue: 1003)
  /// Stands for a close frame without a code; never sent.
  public static let noStatusReceived = CloseCode(rawValue: 1005)
  /// Stands for a connection that ended without a close frame; never sent.
  public static let abnormal = CloseCode(rawValue: 1006)
  /// A text message or a close reason that is not UTF-8.
  public static let invalidPayload = CloseCode(rawValue: 1007)
  /// A rule of this endpoint was broken that has no code of its own.
  public static let policyViolation = CloseCode(rawValue: 1008)
  /// A message above the limit.
  public static let messageTooBig = CloseCode(rawValue: 1009)
  /// The server failed.
  public static let internalError = CloseCode(rawValue: 1011)
  /// The server restarts; come back after a while.
  public static let serviceRestart = CloseCode(rawValue: 1012)
  /// The server is overloaded; come back later.
  public static let tryAgainLater = CloseCode(rawValue: 1013)

  /// Whether the code may stand in a close frame.
  ///
  /// 1000-1003 and 1007-1014 are registered; 3000-3999 are for libraries and 4000-4999 for
  /// applications. 1004 is reserved; 1005, 1006 and 1015 only ever stand for events (section 7.4.1).
  public var isSendable: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  /// The number as text.
  public var description: String { String(rawValue) }
}
