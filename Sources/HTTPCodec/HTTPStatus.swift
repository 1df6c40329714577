/// A status code with its reason phrase (RFC 9110 section 15).
public struct HTTPStatus: Hashable, Sendable, CustomStringConvertible {
  /// The three-digit code.
  public let code: Int
  /// The phrase after it; clients ignore it, people read it.
  public let phrase: String

  private init(_ code: Int, _ phrase: String) {
    self.code = code
    self.phrase = phrase
  }

  /// The connection now speaks another protocol.
  public static let switchingProtocols = HTTPStatus(101, "Switching Protocols")
  /// It worked.
  public static let ok = HTTPStatus(200, "OK")
  /// It was made.
  public static let created = HTTPStatus(201, "Created")
  /// It will be done.
  public static let accepted = HTTPStatus(202, "Accepted")
  /// It worked and there is nothing to say.
  public static let noContent = HTTPStatus(204, "No Content")
  /// A part of it, as was asked.
  public static let partialContent = HTTPStatus(206, "Partial Content")
  /// It lives elsewhere for good.
  public static let movedPermanently = HTTPStatus(301, "Moved Permanently")
  /// Look there with a GET.
  public static let seeOther = HTTPStatus(303, "See Other")
  /// The client's copy is still good.
  public static let notModified = HTTPStatus(304, "Not Modified")
  /// It lives elsewhere for good, for every method.
  public static let permanentRedirect = HTTPStatus(308, "Permanent Redirect")
  /// The request is malformed.
  public static let badRequest = HTTPStatus(400, "Bad Request")
  /// Credentials are missing or wrong.
  public static let unauthorized = HTTPStatus(401, "Unauthorized")
  /// Understood, and refused.
  public static let forbidden = HTTPStatus(403, "Forbidden")
  /// There is nothing there.
  public static let notFound = HTTPStatus(404, "Not Found")
  /// A known method that is not served here.
  public static let methodNotAllowed = HTTPStatus(405, "Method Not Allowed")
  /// There is no form of it that the client takes.
  public static let notAcceptable = HTTPStatus(406, "Not Acceptable")
  /// The request took too long to arrive.
  public static let requestTimeout = HTTPStatus(408, "Request Timeout")
  /// It contradicts the state of things.
  public static let conflict = HTTPStatus(409, "Conflict")
  /// What the client makes a condition does not hold.
  public static let preconditionFailed = HTTPStatus(412, "Precondition Failed")
  /// The body is above the limit.
  public static let contentTooLarge = HTTPStatus(413, "Content Too Large")
  /// The request line is above the limit.
  public static let uriTooLong = HTTPStatus(414, "URI Too Long")
  /// A body of a kind that is not taken.
  public static let unsupportedMediaType = HTTPStatus(415, "Unsupported Media Type")
  /// The content does not have the bytes that were asked for.
  public static let rangeNotSatisfiable = HTTPStatus(416, "Range Not Satisfiable")
  /// An `Expect` that is not met.
  public static let expectationFailed = HTTPStatus(417, "Expectation Failed")
  /// The request came to a server that is not meant.
  public static let misdirectedRequest = HTTPStatus(421, "Misdirected Request")
  /// Speak another protocol, or another version of it.
  public static let upgradeRequired = HTTPStatus(426, "Upgrade Required")
  /// Too many requests in a given time.
  public static let tooManyRequests = HTTPStatus(429, "Too Many Requests")
  /// The fields are above the limit.
  public static let fieldsTooLarge = HTTPStatus(431, "Request Header Fields Too Large")
  /// The server failed.
  public static let internalServerError = HTTPStatus(500, "Internal Server Error")
  /// Something in the request that this server does not know.
  public static let notImplemented = HTTPStatus(501, "Not Implemented")
  /// Overloaded or going down; come back later.
  public static let serviceUnavailable = HTTPStatus(503, "Service Unavailable")
  /// A version other than HTTP/1.1.
  public static let versionNotSupported = HTTPStatus(505, "HTTP Version Not Supported")

  /// Whether a response with this status never has a body (RFC 9110 sections 15.2, 15.3.5, 15.4.5).
  public var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }

  /// Code and phrase.
  public var description: String { "\(code) \(phrase)" }
}
