/// A record that can't be imported, and where it stands.
public struct ImportFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was found.
  public let file: String
  /// The line on which the record begins, from 1; 0 for the file as a whole.
  public let line: Int
  /// The place in the record as a JSON Pointer (RFC 6901); empty for the record as a whole.
  public let path: String
  /// One clause, such as `is not a number`.
  public let reason: String

  /// A fault of these parts.
  public init(file: String, line: Int, path: String = "", reason: String) {
    self.file = file
    self.line = line
    self.path = path
    self.reason = reason
  }

  /// The fault as compilers write theirs: `file:line: /path reason`.
  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    return "\(place): \(path.isEmpty ? "" : "\(path) ")\(reason)"
  }
}
