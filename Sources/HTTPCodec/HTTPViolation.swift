/// What a peer's request did wrong; each case knows the status that answers it.
///
/// After a violation the connection ends: where the next request would start is unknown, and
/// guessing it is how requests are smuggled. The raw values are the names that
/// `protocol/vectors/handshake.json` uses.
public enum HTTPViolation: String, Error, Sendable, CaseIterable {
  /// A line feed without a carriage return before it (RFC 9112 section 2.2).
  case bareLineFeed
  /// A carriage return without a line feed after it (section 2.2).
  case bareCarriageReturn
  /// A control character, such as a TLS handshake on a plain port.
  case controlCharacter
  /// A request line that is not method, target and version with one space between (section 3).
  case malformedRequestLine
  /// A target that is neither a path nor an absolute address, or with bytes that may not be in one.
  case malformedTarget
  /// A target whose authority is not that of the `Host` field (section 3.2.2).
  case targetContradictsHost
  /// A version that is not `HTTP/` digit `.` digit.
  case malformedVersion
  /// A version other than 1.1.
  case versionNotSupported
  /// A known method that is not taken.
  case methodNotAllowed
  /// An unknown method.
  case methodUnknown
  /// A field line that begins with white space (section 5.2).
  case obsoleteFolding
  /// A field name that is empty, or has white space or other bytes that a token has not.
  case malformedFieldName
  /// No `Host` (section 3.2).
  case hostMissing
  /// More than one `Host`.
  case hostRepeated
  /// A `Host` that no address has.
  case malformedHost
  /// More than one `Content-Length`, be they equal or not.
  case contentLengthRepeated
  /// A `Content-Length` that is not digits alone.
  case malformedContentLength
  /// Both `Transfer-Encoding` and `Content-Length` (section 6.1).
  case lengthAmbiguous
  /// Any `Transfer-Encoding`: bodies here are small and come with their length.
  case transferEncodingNotImplemented
  /// Any `Expect`: bodies here are too small to ask first.
  case expectationFailed
  /// A request line above ``HTTPLimits/requestLineByteCountMax``.
  case requestLineTooLong
  /// A head above ``HTTPLimits/headByteCountMax``.
  case headTooLarge
  /// More fields than ``HTTPLimits/fieldCountMax``.
  case tooManyFields
  /// A body above ``HTTPLimits/bodyByteCountMax``.
  case bodyTooLarge

  /// The status that answers it.
  public var status: HTTPStatus {
    switch self {
    case .versionNotSupported: .versionNotSupported
    case .methodNotAllowed: .methodNotAllowed
    case .methodUnknown, .transferEncodingNotImplemented: .notImplemented
    case .expectationFailed: .expectationFailed
    case .requestLineTooLong: .uriTooLong
    case .headTooLarge, .tooManyFields: .fieldsTooLarge
    case .bodyTooLarge: .contentTooLarge
    default: .badRequest
    }
  }
}
