import ArenaProtocol
import ArenaTestSupport
import FoundationEssentials
import Testing

/// `protocol/vectors/messages.json`, which the JavaScript client runs too.
enum MessageVectors {
  struct Command: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let type: String?
    let code: String?
    let path: String?
    let id: String?
    var testDescription: String { name }
  }

  struct Frame: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let invalidAt: String?
    var testDescription: String { name }
  }

  static let tree: JSONValue = {
    let path = SchemaSet.protocolFolder + "/vectors/messages.json"
    let content = FileManager.default.contents(atPath: path) ?? Data()
    return (try? JSONReader.read(Array(content), limits: .serverFrame)) ?? .null
  }()

  static let commands: [Command] = (tree["commands"]?.array ?? []).map { entry in
    Command(
      name: entry["name"]?.string ?? "",
      bytes: entry["hex"]?.string.map(bytes(hex:)) ?? Array((entry["text"]?.string ?? "").utf8),
      type: entry["type"]?.string, code: entry["code"]?.string, path: entry["path"]?.string,
      id: entry["id"]?.string)
  }

  static let frames: [Frame] = (tree["frames"]?.array ?? []).map { entry in
    Frame(
      name: entry["name"]?.string ?? "", text: entry["text"]?.string ?? "",
      invalidAt: entry["invalidAt"]?.string)
  }

  private static func bytes(hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}

@Suite struct MessageVectorTests {
  @Test func thereAreVectorsOfEveryCommandAndFrame() {
    let types = Set(MessageVectors.commands.compactMap(\.type))
    #expect(types == Set(ClientCommand.Kind.allCases.map(\.rawValue)))
    #expect(MessageVectors.commands.count(where: { $0.code != nil }) > 100)
    #expect(MessageVectors.frames.count(where: { $0.invalidAt == nil }) > 50)
    #expect(MessageVectors.frames.count(where: { $0.invalidAt != nil }) > 100)
  }

  @Test(arguments: MessageVectors.commands.filter { $0.type != nil })
  func takesAGoodCommandAndWritesItAsItWas(vector: MessageVectors.Command) throws {
    let received = try ReceivedCommand(decoding: vector.bytes)
    #expect(received.command.kind.rawValue == vector.type)
    let written = Envelope.command(received.command, id: received.id)
    #expect(try ReceivedCommand(decoding: written) == received)
    #expect(try withoutNulls(written) == withoutNulls(vector.bytes))
    #expect(try SchemaSet.load().validate(frame: vector.bytes) == [])
  }

  @Test(arguments: MessageVectors.commands.filter { $0.code != nil })
  func refusesABadCommandWithCodePathAndId(vector: MessageVectors.Command) throws {
    let rejection = #expect(throws: CommandRejection.self) {
      try ReceivedCommand(decoding: vector.bytes)
    }
    #expect(rejection?.refusal.code.rawValue == vector.code)
    #expect(rejection?.refusal.path == vector.path)
    #expect(rejection?.id?.rawValue == vector.id)
    #expect(rejection?.refusal.reason.isEmpty == false)
    // What syntax and size refuse is no matter of schemas.
    guard vector.code != "bad_json", vector.code != "too_large" else { return }
    #expect(try SchemaSet.load().validate(frame: vector.bytes) != [])
  }

  @Test(arguments: MessageVectors.frames)
  func tellsGoodFramesFromBadOnes(vector: MessageVectors.Frame) throws {
    let violations = try SchemaSet.load().validate(frame: vector.text)
    #expect(violations.first?.path == vector.invalidAt, "\(violations)")
  }

  private func withoutNulls(_ bytes: [UInt8]) throws -> JSONValue {
    withoutNulls(try JSONReader.read(bytes, limits: .serverFrame))
  }

  /// In a command a field that may be left out may be null as well.
  private func withoutNulls(_ value: JSONValue) -> JSONValue {
    guard let object = value.object else { return value.integer.map(JSONValue.integer) ?? value }
    return .object(
      JSONObject(
        object.members.filter { $0.value != .null }.map {
          JSONObject.Member(key: $0.key, value: withoutNulls($0.value))
        }))
  }
}
