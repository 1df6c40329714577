import ArenaProtocol
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Testing
import WebSocketCodec

@Suite("Sessions over real sockets")
struct SessionTests {
  @Test("A guest says hello, is named, and comes back with its secret")
  func helloAndBack() async throws {
    try await TestServer.with { server in
      let guest = try server.connect()
      let welcome = try guest.sayHello(name: "  Ada   Lovelace ")
      #expect(try welcome.text("player", "name") == "Ada Lovelace")
      #expect(try welcome.text("role") == "player")
      #expect(guest.secret.count == 32)
      #expect(try welcome.count("campaign", "units") == 40)

      let again = try server.connect()
      let back = try again.sayHello(as: guest)
      #expect(again.player == guest.player)
      #expect(try back.text("player", "name") == "Ada Lovelace")
      #expect(try back.at("secret") == .null, "the secret is told once")
    }
  }

  @Test("A secret goes out uncompressed, and what carries none goes compressed")
  func secretIsNotCompressed() async throws {
    try await TestServer.with { server in
      let socket = try WebSocketTestClient(
        port: server.port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"],
        deflate: DeflateConfiguration())
      socket.wire = []
      let guest = try PlayerClient(socket)
      try guest.sayHello(name: "Ada")
      #expect(socket.deflate != nil)
      // It is long enough to be compressed, and lies on the wire word for word.
      let welcome = try #require(guest.received.first)
      #expect(welcome.utf8.count >= DeflateConfiguration().byteCountMin)
      #expect(welcome.contains(guest.secret))
      #expect(socket.wire?.starts(with: FrameEncoder.frame(text: welcome)) == true)

      let contest = try guest.openContest()
      socket.wire = []
      try guest.ask(.contestStart(.init(contest: contest)))
      let run = try #require(guest.received.last)
      #expect(run.utf8.count > 1_000)
      #expect((socket.wire?.count ?? .max) < run.utf8.count / 2)
    }
  }

  @Test("A wrong secret is refused for good and closes the connection with 4503")
  func wrongSecret() async throws {
    try await TestServer.with { server in
      let guest = try server.join()
      let thief = try server.connect()
      let hello = ClientCommand.Hello(
        protocolName: "neuronarena.v1", client: "tests/1",
        player: .init(id: guest.player, secret: String(repeating: "x", count: 32)))
      #expect(try thief.refusal(.hello(hello)) == .badSecret)
      #expect(try thief.closeCode() == CloseReason.badSecret.rawValue)
    }
  }

  @Test("Another protocol is refused and closes the connection with 4504")
  func otherProtocol() async throws {
    try await TestServer.with { server in
      let client = try server.connect()
      let hello = ClientCommand.Hello(protocolName: "neuronarena.v9", client: "tests/1")
      #expect(try client.refusal(.hello(hello)) == .unsupportedProtocol)
      #expect(try client.closeCode() == CloseReason.unsupportedProtocol.rawValue)
    }
  }

  @Test("Hello comes first and once")
  func helloFirstAndOnce() async throws {
    try await TestServer.with { server in
      let client = try server.connect()
      #expect(
        try client.refusal(.ping(.init(clientTime: Timestamp(millisecondsSinceEpoch: 1))))
          == .helloFirst)
      try client.sayHello()
      let hello = ClientCommand.Hello(protocolName: "neuronarena.v1", client: "tests/1")
      #expect(try client.refusal(.hello(hello)) == .helloTwice)
      let time = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
      let pong = try client.ask(.ping(.init(clientTime: time)))
      #expect(try pong.count("clientTime") == 1_790_000_000_000)
    }
  }

  @Test("Whoever says nothing is closed with 4000")
  func helloTimeout() async throws {
    try await TestServer.with {
      try await TestServer { $0.helloTimeout = .milliseconds(100) }
    } _: { server in
      let client = try server.connect()
      #expect(try client.closeCode() == CloseReason.helloTimeout.rawValue)
    }
  }

  @Test("A new name is told to every connection of the player, a bad one is refused")
  func rename() async throws {
    try await TestServer.with { server in
      let first = try server.join("One")
      let second = try server.join(as: first, prefix: "d")
      let answer = try first.ask(.rename(.init(name: "Two")))
      #expect(try answer.text("player", "name") == "Two")
      let told = try second.event("player.changed")
      #expect(try told.data.text("player", "name") == "Two")
      #expect(try first.refusal(.rename(.init(name: " \u{200B} "))) == .badName)
      let shown = try first.ask(.settingsSet(.init(showExplicit: true)))
      #expect(try shown.at("player", "showExplicit") == .bool(true))
    }
  }

  @Test("What is no command is answered with a code and a path, and the connection lives")
  func badCommands() async throws {
    try await TestServer.with { server in
      let client = try server.join()
      try client.pipe.send(text: "{\"id\":\"x1\",")
      let broken = try client.next("error") { $0.type == "error" }
      #expect(broken.errorCode == .badJSON)
      try client.pipe.send(
        text: #"{"id":"x2","type":"ping","data":{"clientTime":1,"extra":true}}"#)
      let unknown = try client.answer(to: "x2")
      #expect(unknown.errorCode == .badField)
      #expect(try unknown.data.text("path") == "/data/extra")
      try client.pipe.send(text: #"{"id":"x3","type":"fly","data":{}}"#)
      #expect(try client.answer(to: "x3").errorCode == .unknownType)
      try client.ask(.contestList)
    }
  }

  @Test("A huge message closes with 1009, a binary one with 1003")
  func framesOfTheWrongKind() async throws {
    try await TestServer.with { server in
      let big = try server.join()
      try big.pipe.send(text: String(repeating: "x", count: 1 << 20))
      #expect(try big.closeCode() == CloseReason.tooBig.rawValue)
      let binary = try server.join()
      try binary.socket?.send(.binary, [1, 2, 3])
      #expect(try binary.closeCode() == CloseReason.unsupportedData.rawValue)
    }
  }

  @Test("One command too many is refused with the time to wait; a flood is closed with 4029")
  func rateLimit() async throws {
    try await TestServer.with {
      try await TestServer {
        $0.commandBurst = 3
        $0.commandsPerSecond = 0.001
        $0.rateRefusalsMax = 2
      }
    } _: { server in
      let client = try server.connect()
      try client.sayHello()
      let ping = ClientCommand.ping(.init(clientTime: Timestamp(millisecondsSinceEpoch: 1)))
      try client.ask(ping)
      try client.ask(ping)
      let refused = try client.answer(to: try client.send(ping))
      #expect(refused.errorCode == .rateLimited)
      #expect(try refused.data.count("retryAfterMs") > 0)
      #expect(try client.refusal(ping) == .rateLimited)
      try client.send(ping)
      #expect(try client.closeCode() == CloseReason.rateLimited.rawValue)
    }
  }

  @Test("A connection follows so many topics and no more, and none that isn't there")
  func topicLimit() async throws {
    try await TestServer.with {
      try await TestServer { $0.topicsPerConnectionMax = 2 }
    } _: { server in
      let client = try server.join()
      #expect(
        try client.refusal(.subscribe(.init(topic: .duel(DuelID(rawValue: "d_none"))))) == .notFound
      )
      try client.follow(.lobby)
      try client.follow(.lobby)
      #expect(
        try client.refusal(.subscribe(.init(topic: .duel(DuelID(rawValue: "d_none")))))
          == .tooManyTopics)
      try client.ask(.unsubscribe(.init(topic: .lobby)))
      #expect(
        try client.refusal(.subscribe(.init(topic: .duel(DuelID(rawValue: "d_none"))))) == .notFound
      )
    }
  }

  @Test("A player has so many connections and no more")
  func connectionLimit() async throws {
    try await TestServer.with {
      try await TestServer { $0.connectionsPerPlayerMax = 2 }
    } _: { server in
      let first = try server.join()
      let second = try server.join(as: first, prefix: "d")
      let third = try server.connect()
      let hello = ClientCommand.Hello(
        protocolName: "neuronarena.v1", client: "tests/1",
        player: .init(id: first.player, secret: first.secret))
      #expect(try third.refusal(.hello(hello)) == .busy)
      #expect(try third.closeCode() == CloseReason.policyViolation.rawValue)
      try second.ask(.contestList)
    }
  }

  @Test("The schema check catches a planted wrong frame")
  func plantedFrame() async throws {
    try await TestServer.with { server in
      let client = try server.connect()
      try client.sayHello()
      client.alter = { $0.replacing("\"topic\":\"lobby\"", with: "\"topic\":\"lobbyy\"") }
      #expect(throws: PlayerClientError.self) {
        try client.follow(.lobby)
        try client.event("lobby.snapshot")
      }
      let other = try server.connect()
      try other.sayHello()
      other.alter = { $0.replacing("\"online\":", with: "\"onlin\":") }
      do {
        try other.follow(.lobby)
        try other.event("lobby.snapshot")
        Issue.record("a snapshot without `online` passed")
      } catch PlayerClientError.schemaViolation(let violations, _) {
        #expect(violations.contains { $0.path == "/data/lobby/online" })
      }
    }
  }

  @Test("A server that is closed leaves nothing behind")
  func isFreed() async throws {
    // What the rooms hold, and are held by.
    weak var shard: (any TransportShard)?
    do {
      let test = try await TestServer()
      shard = test.transport.shards.first
      #expect(shard != nil)
      let (ada, bob) = (try test.join(), try test.join())
      try ada.ask(.queueJoin(.init(format: .pick)))
      try bob.ask(.queueJoin(.init(format: .pick)))
      _ = try ada.matched()
      await test.stop()
    }
    for _ in 0..<2_000 where shard != nil { try await Task.sleep(for: .milliseconds(2)) }
    #expect(shard == nil)
  }
}
