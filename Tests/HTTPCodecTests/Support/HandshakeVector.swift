import FoundationEssentials
import Testing

/// One entry of `protocol/vectors/handshake.json`; the file's description tells how to run it.
struct HandshakeVector: Decodable, Sendable, CustomTestStringConvertible {
  struct Refusal: Decodable {
    var name: String
    var status: Int
    var fields: [[String]]
  }

  struct Violation: Decodable {
    var name: String
    var status: Int
  }

  struct File: Decodable {
    var description: String
    var vectors: [HandshakeVector]
  }

  var name: String
  var description: String
  var request: String
  var supportedSubprotocols: [String]
  var response: String?
  var refusal: Refusal?
  var violation: Violation?

  var testDescription: String { name }

  static func all() throws -> [HandshakeVector] {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let path = root.joined(separator: "/") + "/protocol/vectors/handshake.json"
    let data = try Data(contentsOf: URL(filePath: path))
    return try JSONDecoder().decode(File.self, from: data).vectors
  }
}
