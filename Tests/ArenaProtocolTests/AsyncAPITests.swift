import ArenaProtocol
import ArenaTestSupport
import FoundationEssentials
import Testing

@Suite struct AsyncAPITests {
  private let document: String
  private let schemas: SchemaSet

  init() throws {
    let path = SchemaSet.protocolFolder + "/asyncapi.yaml"
    document = String(
      decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    schemas = try SchemaSet.load()
  }

  /// What follows `$ref:` in the document.
  private var references: [String] {
    document.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "$ref: ") else { return nil }
      return line[start.upperBound...].trimmingPrefix("'").split(separator: "'").first.map(
        String.init)
    }
  }

  @Test func refersToEveryMessageSchemaOnceAndToNoOther() {
    let files = references.filter { $0.hasPrefix("./schemas/") }
      .map { String($0.dropFirst("./schemas/".count)) }
    let messages = schemas.documents.keys.filter { !$0.hasPrefix("values/") }
    #expect(files.sorted() == messages.sorted())
  }

  @Test func hasAnOperationForEveryCommandAndAChannelForEveryEvent() {
    for kind in ClientCommand.Kind.allCases {
      #expect(references.contains("#/channels/socket/messages/command.\(kind.rawValue)"))
      #expect(references.contains("#/channels/socket/messages/ok.\(kind.rawValue)"))
    }
    let sent = references.filter { $0.contains("/messages/event.") && $0.hasPrefix("#/channels/") }
    let types = sent.compactMap { $0.split(separator: "/").last?.dropFirst("event.".count) }
    #expect(types.map(String.init).sorted() == ServerEvent.Kind.allCases.map(\.rawValue).sorted())
  }

  @Test func everyValueIsUsed() {
    let used = Set(schemas.documents.flatMap { references(in: $0.value, from: $0.key) })
    let values = schemas.documents.keys.filter { $0.hasPrefix("values/") }
    #expect(values.filter { !used.contains($0) } == [])
  }

  private func references(in value: JSONValue, from file: String) -> [String] {
    switch value {
    case .array(let values): return values.flatMap { references(in: $0, from: file) }
    case .object(let object):
      return object.members.flatMap { member -> [String] in
        guard member.key == "$ref", let text = member.value.string else {
          return references(in: member.value, from: file)
        }
        let name = text.split(separator: "#").first?.split(separator: "/").last ?? ""
        return ["values/\(name)"]
      }
    default: return []
    }
  }
}
