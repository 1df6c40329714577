import ArenaProtocol
import ArenaTypes
import Testing

@Suite struct CommandFuzzTests {
  /// Decodes; whatever the bytes, there is a command that writes itself again, or a refusal that can
  /// be sent.
  private func check(_ bytes: [UInt8], seed: UInt64) throws {
    do throws(CommandRejection) {
      let received = try ReceivedCommand(decoding: bytes)
      let written = Envelope.command(received.command, id: received.id)
      #expect((try? ReceivedCommand(decoding: written)) == received, "seed \(seed), \(bytes)")
    } catch {
      let frame = Envelope.refusal(
        error.refusal, to: error.id, at: Timestamp(millisecondsSinceEpoch: 0))
      let read = try #require(try ServerFrame(decoding: frame), "seed \(seed), \(bytes)")
      #expect(read.errorCode == error.refusal.code, "seed \(seed), \(bytes)")
    }
  }

  private static let seeds: [UInt64] = [1, 2, 3, 4]

  @Test(arguments: seeds) func survivesRandomBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let count = Int.random(in: 0...80, using: &generator)
      try check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, seed: seed)
    }
  }

  @Test(arguments: seeds) func survivesRandomJSONTokens(seed: UInt64) throws {
    let tokens = [
      "{", "}", "[", "]", ",", ":", "\"id\"", "\"type\"", "\"data\"", "\"c1\"", "\"ping\"", "1",
      "-", "1e5", "null", "true", "\"", "\\", "\\u", "d800", " ", "\"clientTime\"",
    ]
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let count = Int.random(in: 0...30, using: &generator)
      let text = (0..<count).compactMap { _ in tokens.randomElement(using: &generator) }.joined()
      try check(Array(text.utf8), seed: seed)
    }
  }

  @Test(arguments: seeds) func survivesMutatedCommands(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sources = MessageVectors.commands.map(\.bytes).filter { !$0.isEmpty && $0.count < 600 }
    for _ in 0..<1_500 {
      var bytes = try #require(sources.randomElement(using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        default: bytes.append(contentsOf: bytes[place...])
        }
      }
      try check(bytes, seed: seed)
    }
  }

  @Test(arguments: ClientCommand.samples) func refusesEveryTruncation(command: ClientCommand) throws
  {
    let id = try #require(Wire.CommandID(rawValue: "c1"))
    let bytes = Envelope.command(command, id: id)
    for count in 0..<bytes.count {
      let rejection = #expect(throws: CommandRejection.self) {
        try ReceivedCommand(decoding: Array(bytes[..<count]))
      }
      #expect(rejection?.refusal.code == .badJSON)
    }
  }
}
