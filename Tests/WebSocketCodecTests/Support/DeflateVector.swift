import FoundationEssentials
import Testing
import WebSocketCodec

/// `protocol/vectors/deflate.json`; the file's description tells how to run it.
struct DeflateVectors: Decodable, Sendable {
  struct Configuration: Decodable {
    var windowBits: Int
    var serverKeepsContext: Bool
    var clientKeepsContext: Bool

    var value: DeflateConfiguration {
      var configuration = DeflateConfiguration()
      configuration.windowBits = windowBits
      configuration.serverKeepsContext = serverKeepsContext
      configuration.clientKeepsContext = clientKeepsContext
      return configuration
    }
  }

  struct Agreement: Decodable, Equatable {
    var serverKeepsContext: Bool
    var clientKeepsContext: Bool
    var serverWindowBits: Int
    var clientWindowBits: Int

    init(_ agreement: DeflateAgreement) {
      serverKeepsContext = agreement.serverKeepsContext
      clientKeepsContext = agreement.clientKeepsContext
      serverWindowBits = agreement.serverWindowBits
      clientWindowBits = agreement.clientWindowBits
    }
  }

  struct Offer: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var offers: [String]
    var configuration: Configuration
    var malformed: Bool?
    var answer: String?
    var agreement: Agreement?
    var testDescription: String { name }
  }

  struct Answer: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var configuration: Configuration
    var answer: [String]
    var agreement: Agreement?
    var testDescription: String { name }
  }

  var offers: [Offer]
  var answers: [Answer]

  static func load() throws -> DeflateVectors {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let path = root.joined(separator: "/") + "/protocol/vectors/deflate.json"
    return try JSONDecoder().decode(
      DeflateVectors.self, from: Data(contentsOf: URL(filePath: path)))
  }
}
