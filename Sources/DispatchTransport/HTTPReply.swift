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
  static let overloaded: HTTPReply = {
    var reply = HTTPReply(status: .serviceUnavailable, text: "too many connections")
    reply.fields.append(HTTPField("Retry-After", "5"))
    return reply
  }()
}
