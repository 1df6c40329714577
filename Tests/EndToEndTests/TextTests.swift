import ArenaProtocol
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import Dispatch
import DispatchTransport
import Interpretation
import Testing
import TransformerEngine
import WebSocketCodec

/// A probe whose readings come word by word, each when the test lets it.
private final class SlowProbe: ActivationProbe {
  let gate = DispatchSemaphore(value: 0)
  let begun = Locked(0)
  private let words = ScriptedProbe(activations: ["storm": 7])

  func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  { try words.activations(of: text, unit: unit, tokenCountMax: tokenCountMax) }

  func reading(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    begun.withLock { $0 += 1 }
    return Reading(
      probed: try activations(of: text, unit: unit, tokenCountMax: tokenCountMax), gate: gate)
  }

  private struct Reading: TextReading {
    let probed: ProbedText
    let gate: DispatchSemaphore
    var count = 0
    var tokens: [String] { probed.tokens }
    var target: TextTarget? { nil }
    var isFinished: Bool { count == tokens.count }

    mutating func next() throws(InterpretationError) -> TextPiece? {
      guard !isFinished else { return nil }
      let handle = InferenceTerms.current.handle
      let key = handle?.whenCancelled { [gate] in gate.signal() }
      guard let key else { throw .engine("cancelled") }
      _ = gate.wait(timeout: .now() + .seconds(20))
      handle?.forget(key)
      count += 1
      return TextPiece(start: count - 1, values: [probed.activations[count - 1]])
    }
  }
}

@Suite("Custom texts over real sockets")
struct TextTests {
  private static let unit = UnitID(rawValue: "scripted/1/mlp/1")

  private func attempt(_ text: String, on unit: UnitID = unit) -> ClientCommand {
    .unitTry(.init(unit: unit, text: text))
  }

  private func attribution(
    _ text: String, at token: Int, on unit: UnitID = unit
  ) -> ClientCommand { .unitAttribute(.init(unit: unit, text: text, token: token)) }

  @Test("A text is read in parts as they are computed, which all together are the answer")
  func parts() async throws {
    let probe = SlowProbe()
    try await TestServer.with {
      try await TestServer(probe: probe)
    } _: { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let second = try server.join(as: ada, prefix: "d")
      let name = try ada.send(attempt("a storm now"))
      var tokens: [JSONValue] = []
      for place in 0..<3 {
        probe.gate.signal()
        let part = try ada.next("part \(place)") { $0.answered?.rawValue == name }
        #expect(part.type == "part" && part.command == "unit.try")
        #expect(try part.data.count("from") == place && part.data.count("of") == 3)
        #expect(try part.data.at("scale") == .integer(6))
        tokens += try part.data.at("tokens").array ?? []
      }
      let answer = try ada.answer(to: name)
      #expect(answer.type == "ok" && answer.data["tokens"] == .array(tokens))
      #expect(try tokens.map { try $0.text("text") } == ["a", " storm", " now"])
      #expect(try tokens[1].at("activation") == .integer(7))
      #expect(try answer.data.count("left") == 59)
      // Nobody else hears of it, not even the player's other connection.
      for other in [bob, second] {
        try other.ask(.ping(.init(clientTime: TestServer.now)))
        #expect(!other.received.contains { $0.contains("storm") || $0.contains("part") })
      }
    }
  }

  @Test("What each earlier word adds is told, and a later question takes an earlier one's place")
  func attributions() async throws {
    try await TestServer.with {
      try await TestServer(probe: ScriptedProbe(activations: ["storm": 7]))
    } _: { server in
      let ada = try server.join("Ada")
      let name = try ada.send(attribution("so loud a storm", at: 3))
      let (parts, answer) = try ada.parts(of: name)
      #expect(answer.data["adds"] == .array([.integer(0), .integer(0), .integer(0)]))
      #expect(try answer.data.at("activation") == .integer(7))
      #expect(try answer.data.count("token") == 3 && parts.count == 1)
      #expect(try parts[0].at("adds") == answer.data.at("adds"))
      let first = try ada.ask(attribution("storm", at: 0))
      #expect(try first.at("adds") == .array([]) && first.at("activation") == .integer(7))
      let none = try ada.answer(to: try ada.send(attribution("a storm", at: 2)))
      #expect(none.errorCode == .badField && none.data["path"]?.string == "/data/token")
    }
  }

  @Test("A later text takes the earlier one's place, and an empty one ends it")
  func superseded() async throws {
    let probe = SlowProbe()
    try await TestServer.with {
      try await TestServer(probe: probe)
    } _: { server in
      let ada = try server.join("Ada")
      let names = try (0..<3).map { try ada.send(attempt("text number \($0)")) }
      for name in names.dropLast() {
        #expect(try ada.answer(to: name).errorCode == .superseded)
      }
      #expect(try ada.refusal(attempt("")) == .textEmpty)
      #expect(try ada.answer(to: names[2]).errorCode == .superseded)
      // The engine is free again.
      for _ in 0..<8 { probe.gate.signal() }
      let answer = try ada.ask(attempt("a storm"))
      #expect(try answer.at("tokens").array?.count == 2)
      let other = try server.join("Bob")
      probe.gate.signal()
      #expect(try other.ask(attempt("storm")).at("tokens").array?.count == 1)
    }
  }

  @Test("A text to which the engine does not come is refused with when to try again")
  func outwaited() async throws {
    let probe = SlowProbe()
    try await TestServer.with {
      try await TestServer(probe: probe) { $0.enginePatience = .milliseconds(150) }
    } _: { server in
      let ada = try server.join("Ada")
      let refused = try ada.answer(to: try ada.send(attempt("a storm")))
      #expect(refused.errorCode == .busy && refused.data["retryable"] == .bool(true))
      #expect(try refused.data.count("retryAfterMs") > 0)
    }
  }

  @Test("A text of a connection that goes is given up, and leaves its place to others")
  func vanished() async throws {
    let probe = SlowProbe()
    try await TestServer.with {
      try await TestServer(probe: probe) { $0.textCountMax = 1 }
    } _: { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      try ada.send(attempt(String(repeating: "storm ", count: 100)))
      while probe.begun.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(2)) }
      let busy = try bob.answer(to: try bob.send(attempt("storm")))
      #expect(busy.errorCode == .busy)
      #expect(try busy.data.count("retryAfterMs") > 0)
      ada.vanish()
      // Not enough for her text, had it not been given up; one after the other, since the server may
      // take a while to notice.
      let feed = Task {
        for _ in 0..<90 {
          probe.gate.signal()
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      defer { feed.cancel() }
      var answer = try bob.answer(to: try bob.send(attempt("storm")))
      while answer.errorCode == .busy {
        try await Task.sleep(for: .milliseconds(10))
        answer = try bob.answer(to: try bob.send(attempt("storm")))
      }
      #expect(answer.type == "ok")
    }
  }

  @Test("A flood is told how long to wait and what is left, on all connections together")
  func flood() async throws {
    try await TestServer.with {
      try await TestServer {
        $0.textBurst = 5
        $0.textsPerSecond = 0.01
      }
    } _: { server in
      let ada = try server.join("Ada")
      let second = try server.join(as: ada, prefix: "d")
      for left in [4, 3, 2] {
        #expect(try ada.ask(attempt("rain")).count("left") == left)
      }
      #expect(try second.ask(attribution("a b c", at: 2)).count("left") == 1)
      #expect(try second.ask(attempt("rain")).count("left") == 0)
      for client in [ada, second] {
        let refused = try client.answer(to: try client.send(attempt("rain")))
        #expect(refused.errorCode == .textsSpent)
        let wait = try refused.data.count("retryAfterMs")
        #expect((90_000...100_000).contains(wait))
        #expect(try refused.data.text("reason").contains("0 of 5 are left"))
      }
      // What costs more than there ever is takes all there is; others have their own.
      let long = String(repeating: "x ", count: 256)
      let bob = try server.join("Bob")
      #expect(try bob.ask(attribution(long, at: 255)).count("left") == 0)
      #expect(try bob.refusal(attempt("rain")) == .textsSpent)
      let page = try bob.ask(.unitGet(.init(unit: Self.unit)))
      #expect(try page.count("texts", "left") == 0 && page.count("texts", "tokensMax") == 256)
    }
  }

  @Test(
    "Any text is read that has at most 256 tokens",
    arguments: [
      "\u{0}\u{1}\u{7F}\u{85}", "\u{202E}drows\u{2066} a\u{200F}", "e\u{301}\u{301}",
      "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F1E9}\u{1F1EA}", "\"quo'ted\\", "\u{FFFD}",
      String(repeating: "w ", count: 256),
    ])
  func anyText(text: String) async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let answer = try ada.ask(attempt(text))
      let read = try answer.at("tokens").array?.map { try $0.text("text") }.joined()
      let words = text.split(separator: " ").joined(separator: " ")
      #expect(read.map { Array($0.unicodeScalars) } == Array(words.unicodeScalars))
    }
  }

  @Test("What can't be read is refused with what to do, and the connection lives")
  func refusals() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      #expect(try ada.refusal(attempt("")) == .textEmpty)
      #expect(try ada.refusal(attempt("   ")) == .textEmpty)
      let long = try ada.answer(
        to: try ada.send(attempt(String(repeating: "w ", count: 257))))
      #expect(long.errorCode == .textTooLong)
      #expect(try long.data.text("reason").contains("257 tokens, and 256 are read"))
      #expect(try ada.refusal(attempt(String(repeating: "w", count: 4_001))) == .textTooLong)
      #expect(
        try ada.refusal(attempt("rain", on: UnitID(rawValue: "scripted/9/mlp/9"))) == .notFound)
      // 4,000 characters of four bytes each are more than a command may have.
      let huge = String(repeating: "\u{1F600}", count: 4_000)
      try ada.send(attempt(huge))
      let refused = try ada.next("refusal") { $0.type == "error" }
      #expect(refused.errorCode == .tooLarge && refused.answered == nil)
      #expect(try ada.ask(attempt("rain")).at("tokens").array?.count == 1)
    }
  }

  @Test("A text that is cut within a character arrives whole, and half a character closes")
  func splitCharacters() async throws {
    try await TestServer.with { server in
      let socket = try server.socket()
      let ada = try PlayerClient(socket)
      try ada.sayHello()
      let text = #"{"id":"s1","type":"unit.try","data":{"unit":"scripted/1/mlp/1","text":"😀"}}"#
      let bytes = Array(text.utf8)
      let cut = bytes.count - 5
      try socket.send(.text, Array(bytes[..<cut]), isFinal: false)
      try socket.send(.continuation, Array(bytes[cut...]))
      let answer = try ada.answer(to: "s1")
      #expect(try answer.data.text("tokens", "0", "text") == "\u{1F600}")
      try socket.send(.text, Array(bytes[..<cut]))
      #expect(try ada.closeCode() == 1007)
    }
  }

  @Test("Without the model nothing can be tried, and the unit's page says so")
  func noModel() async throws {
    try await TestServer.with {
      try await TestServer(probe: AbsentProbe())
    } _: { server in
      let ada = try server.join("Ada")
      #expect(try ada.refusal(attempt("rain")) == .noModel)
      #expect(try ada.refusal(attribution("rain", at: 0)) == .noModel)
      let page = try ada.ask(.unitGet(.init(unit: Self.unit)))
      #expect(try page.at("texts") == .null && page.text("links", "data").hasPrefix("/v1/"))
      #expect(
        try ada.refusal(.unitSearch(.init(query: "weather", by: .meaning))) == .noModel)
    }
  }

  @Test("An engine that fails says so, and may be asked again")
  func failingEngine() async throws {
    try await TestServer.with {
      try await TestServer(probe: ScriptedProbe(failure: .engine("out of order")))
    } _: { server in
      let ada = try server.join("Ada")
      let refused = try ada.answer(to: try ada.send(attempt("rain")))
      #expect(refused.errorCode == .unavailable)
      #expect(try refused.data.at("retryable") == .bool(true))
      #expect(!ada.received.contains { $0.contains("out of order") })
    }
  }

  @Test("The unit of a running round is sealed for its players alone, on every connection")
  func sealed() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let second = try server.join(as: ada, prefix: "d")
      let duel = try ada.meet(bob, in: .pick)
      let unit = UnitID(rawValue: try ada.round(1).text("unit", "id"))
      for client in [ada, bob, second] {
        #expect(try client.refusal(attempt("rain", on: unit)) == .sealed)
        #expect(try client.refusal(attribution("rain", at: 0, on: unit)) == .sealed)
      }
      let watcher = try server.join("Eve")
      try watcher.ask(attempt("rain", on: unit))
      let word = try watcher.ask(.unitGet(.init(unit: unit))).text("unit", "peakWords", "0")
      let search = ClientCommand.unitSearch(.init(query: word, by: .token))
      func found(by client: PlayerClient) throws -> [String] {
        try client.ask(search).at("hits").array?.map { try $0.text("unit", "id") } ?? []
      }
      #expect(try found(by: watcher).contains(unit.rawValue))
      for client in [ada, second] { #expect(try !found(by: client).contains(unit.rawValue)) }
      try ada.answer(.pick(.a), in: duel, round: 1)
      try bob.answer(.pick(.b), in: duel, round: 1)
      _ = try ada.reveal(1)
      try second.ask(attempt("rain", on: unit))
      #expect(try found(by: second).contains(unit.rawValue))
    }
  }

  @Test("What was asked before the round, and is known during it, is sealed too")
  func sealedMeanwhile() async throws {
    let probe = SlowProbe()
    try await TestServer.with {
      try await TestServer(probe: probe)
    } _: { server in
      let ada = try server.join("Ada")
      let contest = try ada.openContest()
      // The race's first question is the same for nobody; so every unit is asked about beforehand.
      let others = try (0..<7).map { try server.join(as: ada, prefix: "x\($0)") }
      var names: [(client: PlayerClient, name: String, unit: String)] = []
      for (index, client) in others.enumerated() {
        let unit = UnitID(rawValue: "scripted/\(index % 3)/mlp/\(index)")
        names.append((client, try client.send(attempt("storm", on: unit)), unit.rawValue))
      }
      var run = try ada.ask(.contestStart(.init(contest: contest))).at("run")
      var asked = try run.text("question", "unit", "id")
      var number = 1
      // Until the question is about one of those.
      while !names.contains(where: { $0.unit == asked }), number < 200 {
        let side = try DuelTests.right(run.at("question"))
        run = try ada.ask(
          .contestAnswer(.init(contest: contest, question: number, side: side))
        ).at("run")
        asked = try run.text("question", "unit", "id")
        number = try run.count("question", "number")
      }
      for _ in 0..<20 { probe.gate.signal() }
      for (client, name, unit) in names {
        let (parts, answer) = try client.parts(of: name)
        if unit == asked {
          #expect(answer.errorCode == .sealed && parts.isEmpty)
        } else {
          #expect(answer.type == "ok" && parts.count == 1)
        }
      }
      #expect(names.contains { $0.unit == asked })
    }
  }
}
