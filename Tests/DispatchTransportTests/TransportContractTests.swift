import ArenaTestSupport
import DispatchTransport
import Testing
import WebSocketCodec

/// What the real and the simulated transport both promise.
@Suite("The contract of transports")
struct TransportContractTests {
  typealias Kind = ContractWorld.Kind

  @Test("Messages are answered in order, by frame and by bytes", arguments: Kind.allCases)
  func echo(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    for number in 0..<20 {
      try client.send("echo \(number)")
      try client.send("raw r\(number) ü")
    }
    for number in 0..<20 {
      #expect(try client.nextText() == "\(number)")
      #expect(try client.nextText() == "r\(number) ü")
    }
  }

  @Test("What the handler sends on opening arrives", arguments: Kind.allCases)
  func greeting(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    #expect(try world.connect("/greet").nextText() == "welcome")
  }

  @Test("A handshake that the handler refuses gets its reply", arguments: Kind.allCases)
  func refusal(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    #expect(throws: TestClientError.refused(status: 403)) { try world.connect("/refused") }
    #expect(world.log.openedIDs.isEmpty)
  }

  @Test("A connection closed from within its message ends once, and hears no more")
  func closeInside() async throws {
    for kind in Kind.allCases {
      let world = try ContractWorld(kind)
      let client = try world.connect()
      try client.send("bye later")
      #expect(try client.nextClose() == CloseCode(rawValue: 4_001))
      let id = try #require(world.log.openedIDs.first)
      #expect(await world.eventually { world.log.closes[id] != nil })
      #expect(world.log.closes[id] == [CloseCode(rawValue: 4_001)])
    }
  }

  @Test("A connection may be closed while it is being opened", arguments: Kind.allCases)
  func closeOnOpening(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    #expect(try world.connect("/unwelcome").nextClose() == .policyViolation)
  }

  @Test("A handler that is told of an end may send to others then", arguments: Kind.allCases)
  func sendWhileClosing(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let stays = try world.connect()
    let goes = try world.connect()
    try goes.send("bye")
    #expect(try stays.nextText() == "gone")
  }

  @Test("Everybody may be closed from within one message", arguments: Kind.allCases)
  func closeAll(_ kind: Kind) async throws {
    let world = try ContractWorld(kind)
    let clients = try (0..<5).map { _ in try world.connect() }
    try clients[2].send("closeall")
    for client in clients { #expect(try client.nextClose() == .goingAway) }
    #expect(await world.eventually { world.log.closes.count == 5 })
    #expect(world.log.closes.values.allSatisfy { $0 == [.goingAway] })
  }

  @Test("The peer's close code reaches the handler, once", arguments: Kind.allCases)
  func peerCloses(_ kind: Kind) async throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.close()
    let id = try #require(world.log.openedIDs.first)
    #expect(await world.eventually { world.log.closes[id] != nil })
    #expect(world.log.closes[id] == [.normal])
  }

  @Test(
    "Of a channel's unsent versions only the last goes out, as a snapshot", arguments: Kind.allCases
  )
  func latestWins(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.send("latest 1")
    #expect(try client.nextText() == "delta 1")
    try client.send("latest 9")
    #expect(try client.nextText() == "snapshot 9")
    try client.send("echo end")
    #expect(try client.nextText() == "end")
  }

  @Test("More channels than the limit close the connection", arguments: Kind.allCases)
  func tooManyChannels(_ kind: Kind) throws {
    var limits = TransportLimits()
    limits.latestChannelCountMax = 4
    let world = try ContractWorld(kind, limits: limits)
    let fits = try world.connect()
    try fits.send("channels 4")
    for channel in 0..<4 { #expect(try fits.nextText() == "channel \(channel)") }
    try fits.send("channels 5")
    #expect(try fits.nextClose() == CloseCode.slowConsumer)
  }

  @Test("Unwelcome binary messages close with 1003", arguments: Kind.allCases)
  func binary(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.sendBinary([1, 2, 3])
    #expect(try client.nextClose() == .unsupportedData)
  }

  @Test("A message above the limit closes with 1009", arguments: Kind.allCases)
  func tooBig(_ kind: Kind) throws {
    var limits = TransportLimits()
    limits.webSocket.messageByteCountMax = 100
    let world = try ContractWorld(kind, limits: limits)
    let client = try world.connect()
    try client.send("echo " + String(repeating: "x", count: 95))
    #expect(try client.nextText()?.count == 95)
    try client.send("echo " + String(repeating: "x", count: 96))
    #expect(try client.nextClose() == .messageTooBig)
  }

  @Test("Posted work runs after the message that posts it", arguments: Kind.allCases)
  func posting(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.send("post after")
    #expect(try client.nextText() == "before")
    #expect(try client.nextText() == "after")
  }

  @Test("Timers run on the shard", arguments: Kind.allCases)
  func timers(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.send("timer 30")
    world.advance(.milliseconds(30))
    #expect(try client.nextText() == "timer")
  }

  @Test("A broadcast reaches all", arguments: Kind.allCases)
  func broadcast(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let clients = try (0..<10).map { _ in try world.connect() }
    try clients[0].send("all news")
    for client in clients { #expect(try client.nextText() == "news") }
  }

  @Test("Nothing waits for a client that reads", arguments: Kind.allCases)
  func pending(_ kind: Kind) throws {
    let world = try ContractWorld(kind)
    let client = try world.connect()
    try client.send("echo first")
    #expect(try client.nextText() == "first")
    try client.send("pending")
    #expect(try client.nextText() == "0")
  }

  @Test(
    "More connections of one address than the limit are refused with 503", arguments: Kind.allCases)
  func tooManyFromOneAddress(_ kind: Kind) throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 3
    let world = try ContractWorld(kind, limits: limits)
    let clients = try (0..<3).map { _ in try world.connect() }
    #expect(throws: TestClientError.refused(status: 503)) { try world.connect() }
    for client in clients {
      try client.send("echo still here")
      #expect(try client.nextText() == "still here")
    }
  }
}
