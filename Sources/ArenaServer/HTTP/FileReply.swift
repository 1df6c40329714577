import DispatchTransport
import HTTPCodec

/// The answer to a request for a file: which form of it, whether the client has it already, and
/// which part is wanted (RFC 9110 sections 12 to 14).
struct FileReply {
  private let request: RequestHead
  private let file: StaticFiles.File
  private let securityFields: [HTTPField]

  init(_ file: StaticFiles.File, _ request: RequestHead, securityFields: [HTTPField]) {
    self.file = file
    self.request = request
    self.securityFields = securityFields
  }

  /// The reply; for HEAD as for GET, the transport leaves the body out.
  var reply: HTTPReply {
    guard let (representation, coding) = chosen else {
      return HTTPReply(status: .notAcceptable, fields: securityFields + varyFields)
    }
    let fields = fields(of: representation)
    if let status = failedPrecondition(representation.entityTag) {
      return HTTPReply(status: status, fields: fields)
    }
    let contentFields = fields + codingFields(coding)
    switch range(of: representation) {
    case .whole:
      return HTTPReply(status: .ok, fields: contentFields, body: representation.body)
    case .part(let part):
      let total = representation.body.count
      let place = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(total)"
      return HTTPReply(
        status: .partialContent, fields: contentFields + [HTTPField("Content-Range", place)],
        body: Array(representation.body[part]))
    case .unsatisfiable:
      let place = HTTPField("Content-Range", "bytes */\(representation.body.count)")
      return HTTPReply(status: .rangeNotSatisfiable, fields: fields + [place])
    }
  }

  /// The form that the client likes best, with its coding; nil if it takes none that there is.
  private var chosen: (StaticFiles.Representation, coding: String?)? {
    let accepted = AcceptedCodings(request)
    if let gzip = file.gzip, accepted.prefersGzip { return (gzip, "gzip") }
    if accepted.takesIdentity { return (file.plain, nil) }
    if let gzip = file.gzip, accepted.takesGzip { return (gzip, "gzip") }
    return nil
  }

  private var varyFields: [HTTPField] { [HTTPField("Vary", "Accept-Encoding")] }

  private func fields(of representation: StaticFiles.Representation) -> [HTTPField] {
    securityFields + varyFields + [
      HTTPField("ETag", representation.entityTag), HTTPField("Accept-Ranges", "bytes"),
      // The files have no version in their names, so a browser asks each time and mostly gets 304.
      HTTPField("Cache-Control", "no-cache"),
    ]
  }

  private func codingFields(_ coding: String?) -> [HTTPField] {
    [HTTPField("Content-Type", file.contentType)]
      + (coding.map { [HTTPField("Content-Encoding", $0)] } ?? [])
  }

  /// The status of a precondition that does not hold (section 13.2.2), or nil.
  ///
  /// Files have no dates, so conditions about these are ignored, as the RFC asks.
  private func failedPrecondition(_ tag: String) -> HTTPStatus? {
    if request.has("If-Match"), !Precondition.stronglyMatches(tag, request.list("If-Match")) {
      return .preconditionFailed
    }
    return Precondition.weaklyMatches(tag, request.list("If-None-Match")) ? .notModified : nil
  }

  /// What is wanted of it; all where the client's part is of another version (section 13.1.5).
  private func range(of representation: StaticFiles.Representation) -> ByteRange {
    guard request.method == .get, request.has("Range") else { return .whole }
    if request.has("If-Range"), request["If-Range"] != representation.entityTag { return .whole }
    return ByteRange(request["Range"], contentByteCount: representation.body.count)
  }
}
