/// The methods that this server takes (RFC 9110 section 9).
public enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
  /// Read.
  case get = "GET"
  /// Read, without the body.
  case head = "HEAD"
  /// Do something.
  case post = "POST"
  /// Ask what is possible.
  case options = "OPTIONS"

  /// Reads a method's name, whose letter case counts (section 9.1).
  init?(_ bytes: Span<UInt8>, _ place: Range<Int>) {
    if ASCII.equals(bytes, place, "GET") {
      self = .get
    } else if ASCII.equals(bytes, place, "HEAD") {
      self = .head
    } else if ASCII.equals(bytes, place, "POST") {
      self = .post
    } else if ASCII.equals(bytes, place, "OPTIONS") {
      self = .options
    } else {
      return nil
    }
  }

  /// What an `Allow` field says.
  public static let allowed = allCases.map(\.rawValue).joined(separator: ", ")

  /// Methods that are known but not taken: they are answered 405, any other 501 (section 9.1).
  static let refused: [String] = ["PUT", "DELETE", "PATCH", "CONNECT", "TRACE"]
}
