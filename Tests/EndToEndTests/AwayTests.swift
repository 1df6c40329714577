import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import FoundationEssentials
import SQLiteStorage
import Testing
import WebSocketCodec

@Suite("Sent away, and back again")
struct AwayTests {
  @Test("A consumer that is too slow is closed with 4008, comes back, and has lost nothing")
  func slowConsumer() async throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 16_384
    limits.sendBufferByteCount = 4_096
    limits.closeTimeout = .seconds(60)
    let shared = limits
    try await TestServer.with {
      try await TestServer(limits: shared)
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let witness = try server.join()
      let place = try witness.follow(.duel(duel))
      let unit = UnitID(rawValue: try ada.round(1).text("unit", "id"))

      let socket = try WebSocketTestClient(
        port: server.port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"],
        receiveBufferByteCount: 4_096)
      let slow = try PlayerClient(socket, prefix: "s")
      try slow.sayHello()
      let start = try slow.follow(.duel(duel))
      // Pages of many kilobytes that it asks for and does not take, with the duel in between.
      for number in 0..<400 { try slow.send(.unitGet(.init(unit: unit)), id: "page\(number)") }
      try ada.answer(.pick(.a), in: duel, round: 1)
      try bob.answer(.pick(.b), in: duel, round: 1)
      _ = try witness.reveal(1)

      let (offsets, close) = try readToTheEnd(of: socket)
      #expect(close == .slowConsumer)
      #expect(server.transport.counters().overflows == 1)
      let from = try start.count("offset")
      #expect(offsets == Array((from + 1)..<(from + 1 + offsets.count)))

      let back = try server.join(as: slow, prefix: "t")
      let last = offsets.last ?? from
      let resumed = try back.follow(
        .duel(duel), epoch: try start.text("epoch"), offset: last)
      #expect(try resumed.at("recovered") == .bool(true))
      let through = try resumed.count("offset")
      #expect(through > last, "the reveal came while nobody read")
      try ada.ready(in: duel, round: 1)
      try bob.ready(in: duel, round: 1)
      _ = try back.round(2)
      let missed = try duelOffsets(in: back.received)
      #expect(missed == Array((last + 1)..<(last + 1 + missed.count)))
      #expect(missed.count >= through - last)
      #expect(try place.text("epoch") == (try start.text("epoch")))
    }
  }

  private func duelOffsets(in texts: [String]) throws -> [Int] {
    try texts.compactMap { text in
      guard text.contains("\"topic\":\"duel/") else { return nil }
      let frame = try ServerFrame(decoding: Array(text.utf8))
      return frame?.type == "duel.snapshot" ? nil : frame?.offset
    }
  }

  /// The offsets of the duel's events, and how the connection was closed.
  private func readToTheEnd(
    of socket: WebSocketTestClient
  ) throws -> (offsets: [Int], close: CloseCode?) {
    var texts: [String] = []
    while true {
      switch try socket.receive() {
      case .text(let text): texts.append(text)
      case .close(let code, _): return (try duelOffsets(in: texts), code)
      case .end: return (try duelOffsets(in: texts), nil)
      case .binary, .ping, .pong: break
      }
    }
  }

  @Test("A restart in mid-duel says 1012 and when to come back, and the duel goes on")
  func restart() async throws {
    let folder = try CrashTests.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a.sqlite"
    let first = try await TestServer(
      store: try SQLiteStore(path: path),
      configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    let (ada, bob) = (try first.join("Ada"), try first.join("Bob"))
    let duel = try ada.meet(bob, in: .pick)
    let round = try ada.round(1)
    try ada.answer(.pick(.a), in: duel, round: 1)
    await first.stop()
    for client in [ada, bob] {
      let close = try #require(client.socket).receiveClose()
      #expect(close.code == .serviceRestart)
      let words = close.reason.split(separator: " ")
      #expect(words.count == 5 && close.reason.hasPrefix("restart; retry in "))
      #expect((0..<5_000).contains(Int(words[3]) ?? -1))
    }

    try await TestServer.with {
      try await TestServer(
        store: try SQLiteStore(path: path),
        configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    } _: { second in
      let back = try second.connect(prefix: "d")
      #expect(try back.sayHello(as: ada).text("activeDuel") == duel.rawValue)
      try back.follow(.duel(duel))
      let view = try back.event("duel.snapshot").data.at("duel")
      #expect(try view.at("round", "clues") == round.at("clues"))
      #expect(try view.text("you", "answer", "side") == "a")
      let other = try second.join(as: bob, prefix: "e")
      try other.follow(.duel(duel))
      try other.answer(.pick(.b), in: duel, round: 1)
      let reveal = try back.reveal(1)
      #expect(try reveal.text("answers", "0", "side") == "a")
      #expect(try reveal.text("answers", "1", "side") == "b")
    }
  }

  @Test("Above the most duels a player is told to wait, and stays free for another try")
  func duelCount() async throws {
    try await TestServer.with {
      try await TestServer { $0.duelCountMax = 0 }
    } _: { server in
      let (host, friend) = (try server.join("Host"), try server.join("Friend"))
      let code = try host.ask(.duelInvite(.init(format: .pick))).at("invite").text("code")
      for _ in 0..<2 {
        let refused = try friend.answer(to: try friend.send(.duelJoin(.init(code: code))))
        #expect(refused.errorCode == .busy)
        #expect(try refused.data.at("retryable") == .bool(true))
        #expect(try refused.data.count("retryAfterMs") == 30_000)
      }
      #expect(try friend.refusal(.queueAcceptBot(.init(format: .pick))) == .busy)
      try friend.ask(.queueJoin(.init(format: .pick)))
    }
  }
}
