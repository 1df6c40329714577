/// What a parser makes of the bytes so far.
public enum RequestParsing: Sendable {
  /// The request is not whole yet.
  case incomplete
  /// A whole request: its head, where in the given bytes its body lies, and where the next one
  /// starts.
  case request(RequestHead, body: Range<Int>, byteCount: Int)
  /// The request is refused; answer with the violation's status and close.
  case violation(HTTPViolation)
}

/// Finds requests in a stream of bytes (RFC 9112), without I/O and without a copy of its own.
///
/// The caller keeps the bytes of the unfinished request and hands in all of them each time; the
/// parser remembers how far it has looked, so each byte is looked at once:
///
///     scanning the head ──empty line──▶ waiting for the body ──last byte──▶ scanning the head
///          │ forbidden byte, limit            (the head is read here)
///          ▼
///       violation
///
/// Line ends and sizes are judged byte by byte, the head's meaning once it is whole: however the
/// bytes are cut, the same answer comes out. It is strict where leniency lets two programs read
/// one stream differently: a single Host, no folding, no bare CR or LF, no transfer encoding.
public struct RequestParser: Sendable {
  private let limits: HTTPLimits
  private var scannedByteCount = 0
  private var lineStart = 0
  private var headStart = 0
  private var previousIsCarriageReturn = false
  private var isInRequestLine = true
  private var head: RequestHead?
  private var violation: HTTPViolation?

  /// A parser at the start of a connection.
  public init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// Looks at all bytes of the pending request, old and new.
  ///
  /// After `request` the parser is ready for the next one, which starts at the given byte count;
  /// after `violation` it stays there.
  ///
  /// - Complexity: O(*n*) in the bytes that are new.
  public mutating func parse(_ bytes: UnsafeRawBufferPointer) -> RequestParsing {
    if let violation { return .violation(violation) }
    do throws(HTTPViolation) {
      if head == nil {
        guard try scan(bytes) else { return .incomplete }
        let head = UnsafeRawBufferPointer(rebasing: bytes[headStart..<scannedByteCount])
        self.head = try RequestHead(Array(head), limits: limits)
      }
      guard let head else { return .incomplete }
      let end = scannedByteCount + head.contentByteCount
      guard bytes.count >= end else { return .incomplete }
      let body = scannedByteCount..<end
      self = RequestParser(limits: limits)
      return .request(head, body: body, byteCount: end)
    } catch {
      violation = error
      return .violation(error)
    }
  }

  /// Looks for the empty line that ends the head; true once it is there.
  private mutating func scan(_ bytes: UnsafeRawBufferPointer) throws(HTTPViolation) -> Bool {
    let span = bytes.bytes
    while scannedByteCount < bytes.count {
      // The first byte that is no part of a head any more, or has not arrived.
      let end = headStart + min(bytes.count - headStart, limits.headByteCountMax)
      guard scannedByteCount < end else { throw .headTooLarge }
      if previousIsCarriageReturn {
        let index = scannedByteCount
        guard ByteScan.byte(span, index) == ASCII.lineFeed else { throw .bareCarriageReturn }
        previousIsCarriageReturn = false
        scannedByteCount += 1
        if try endLine(at: index) { return true }
        continue
      }
      let index = ByteScan.firstControl(in: span, scannedByteCount..<end)
      if isInRequestLine, index - lineStart > limits.requestLineByteCountMax {
        throw .requestLineTooLong
      }
      scannedByteCount = index
      guard index < end else { continue }
      switch ByteScan.byte(span, index) {
      case ASCII.carriageReturn: previousIsCarriageReturn = true
      case ASCII.lineFeed: throw .bareLineFeed
      default: throw .controlCharacter
      }
      scannedByteCount += 1
    }
    return false
  }

  /// Ends a line at its line feed; true if it was the empty one that ends the head.
  private mutating func endLine(at index: Int) throws(HTTPViolation) -> Bool {
    let isEmpty = index - lineStart == 1
    lineStart = index + 1
    guard isInRequestLine else { return isEmpty }
    guard isEmpty else {
      isInRequestLine = false
      return false
    }
    // One empty line before a request is forgiven (section 2.2): old clients end a body with it.
    guard headStart == 0 else { throw .malformedRequestLine }
    headStart = lineStart
    return false
  }
}
