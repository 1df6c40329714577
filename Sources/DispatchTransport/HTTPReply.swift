public import HTTPCodec

/// An answer to a plain HTTP request.
///
/// `Content-Length` and `Connection` are the transport's to write.
public struct HTTPReply: Sendable {
  /// The status.
  public var status: HTTPStatus
  /// The fields, without those of the framing.
  public var fields: [HTTPField]
  /// The body; a large one goes out from where it lies, without a copy.
  public var body: [UInt8]

  /// A reply of these parts.
  public init(status: HTTPStatus, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// A reply with one sentence of plain text.
  public init(status: HTTPStatus, text: String) {
    self.init(
      status: status, fields: [HTTPField("Content-Type", "text/plain; charset=utf-8")],
      body: Array((text + "\n").utf8))
  }

  /// What connections above a bound get.
  static let overloaded = comeBack(.serviceUnavailable, "too many connections", afterSeconds: 5)

  /// What newcomers get while those who are here are served too slowly.
  static let busy = comeBack(.serviceUnavailable, "the server is busy", afterSeconds: 5)

  /// What an address gets that opens WebSockets too fast.
  static func tooManyHandshakes(retryAfterMilliseconds wait: Int64) -> HTTPReply {
    comeBack(.tooManyRequests, "too many handshakes", afterSeconds: (wait + 999) / 1_000)
  }

  private static func comeBack(
    _ status: HTTPStatus, _ text: String, afterSeconds seconds: Int64
  ) -> HTTPReply {
    var reply = HTTPReply(status: status, text: text)
    reply.fields.append(HTTPField("Retry-After", String(seconds)))
    return reply
  }
}
