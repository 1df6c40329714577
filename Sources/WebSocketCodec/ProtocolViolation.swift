/// What a peer's bytes did wrong; each case knows its close code and its section of RFC 6455.
///
/// The raw values are the names that `protocol/vectors/frames.json` uses.
public enum ProtocolViolation: String, Error, Sendable, CaseIterable {
  /// A reserved bit is set that no extension has agreed to: with permessage-deflate RSV1 may be set
  /// on the first frame of a message.
  case reservedBitSet
  /// Opcode 3-7 or 11-15.
  case reservedOpcode
  /// A client's frame without a mask.
  case maskMissing
  /// A server's frame with a mask.
  case maskUnexpected
  /// A control frame without the final bit.
  case fragmentedControlFrame
  /// A control frame of more than 125 bytes.
  case controlFrameTooLong
  /// A length in more bytes than it needs.
  case lengthNotMinimal
  /// A 64-bit length with its highest bit set.
  case lengthHighBitSet
  /// A continuation while no message is under way.
  case continuationWithoutStart
  /// A new message before the fragments of the last one were complete.
  case messageInsideMessage
  /// A text message that is not UTF-8.
  case textNotUTF8
  /// A compressed message that is no DEFLATE data.
  case compressedDataInvalid
  /// A compressed message that ends inside a block of DEFLATE data.
  case compressedDataIncomplete
  /// A close frame with a payload of one byte, half a code.
  case closePayloadTooShort
  /// A close code that may not be sent.
  case closeCodeInvalid
  /// A close reason that is not UTF-8.
  case closeReasonNotUTF8
  /// More bytes in a message than ``WebSocketLimits/messageByteCountMax``.
  case messageTooBig
  /// More fragments in a message than ``WebSocketLimits/fragmentCountMax``.
  case tooManyFragments

  /// The code of the close frame that answers it.
  public var closeCode: CloseCode {
    switch self {
    case .textNotUTF8, .closeReasonNotUTF8, .compressedDataInvalid, .compressedDataIncomplete:
      .invalidPayload
    case .messageTooBig: .messageTooBig
    case .tooManyFragments: .policyViolation
    default: .protocolError
    }
  }

  /// The section of RFC 6455 that was broken, or that lets us set the limit; for compressed data
  /// that of RFC 7692.
  public var section: String {
    switch self {
    case .maskMissing, .maskUnexpected: "5.1"
    case .reservedBitSet, .reservedOpcode, .lengthNotMinimal, .lengthHighBitSet: "5.2"
    case .continuationWithoutStart, .messageInsideMessage: "5.4"
    case .fragmentedControlFrame, .controlFrameTooLong: "5.5"
    case .closePayloadTooShort, .closeReasonNotUTF8: "5.5.1"
    case .closeCodeInvalid: "7.4"
    case .textNotUTF8: "8.1"
    case .messageTooBig, .tooManyFragments: "10.4"
    case .compressedDataInvalid, .compressedDataIncomplete: "7.2.2"
    }
  }

  /// A short reason for the close frame, at most 123 bytes of ASCII.
  public var reason: String {
    switch self {
    case .reservedBitSet: "reserved bit set"
    case .reservedOpcode: "reserved opcode"
    case .maskMissing: "client frame without mask"
    case .maskUnexpected: "server frame with mask"
    case .fragmentedControlFrame: "fragmented control frame"
    case .controlFrameTooLong: "control frame above 125 bytes"
    case .lengthNotMinimal: "length not in its shortest form"
    case .lengthHighBitSet: "length above 63 bits"
    case .continuationWithoutStart: "continuation without a message"
    case .messageInsideMessage: "message inside a fragmented message"
    case .textNotUTF8: "text is not UTF-8"
    case .compressedDataInvalid: "compressed data is invalid"
    case .compressedDataIncomplete: "compressed data is incomplete"
    case .closePayloadTooShort: "close frame with half a code"
    case .closeCodeInvalid: "close code not allowed"
    case .closeReasonNotUTF8: "close reason is not UTF-8"
    case .messageTooBig: "message too big"
    case .tooManyFragments: "too many fragments"
    }
  }
}
