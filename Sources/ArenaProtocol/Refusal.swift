import ArenaTypes

/// Why something was not done, and what to do about it; the content of an `error` answer.
public struct Refusal: Error, Hashable, Sendable {
  /// The code, which programs act on.
  public let code: ErrorCode
  /// One sentence for people.
  public let reason: String
  /// How long to wait before trying again, where waiting helps.
  public let retryAfter: Duration?
  /// The field at fault as a JSON Pointer (RFC 6901), where one is.
  public let path: String?

  /// A refusal of these parts; `reason` is the code's own sentence unless given.
  public init(
    _ code: ErrorCode, reason: String? = nil, retryAfter: Duration? = nil, path: String? = nil
  ) {
    self.code = code
    self.reason = reason ?? code.meaning
    self.retryAfter = retryAfter
    self.path = path
  }

  /// A field that is missing, unknown, of the wrong kind or out of range.
  static func badField(_ path: String, _ fault: String) -> Refusal {
    Refusal(.badField, reason: "The field \(fault).", path: path)
  }
}

extension Refusal: JSONWritable {
  /// Appends the refusal as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("code", code)
      writer.field("reason", reason)
      writer.field("retryable", code.isRetryable)
      writer.field("retryAfterMs", (retryAfter?.wholeMilliseconds).map { max(0, $0) })
      writer.field("path", path)
    }
  }
}
