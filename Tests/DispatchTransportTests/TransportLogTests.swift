import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Logging
import Testing
import WebSocketCodec

/// Keeps what is logged.
private struct KeepingLogHandler: LogHandler {
  let kept: Locked<[String]>
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted()
    let line = (["\(event.level)", "\(event.message)"] + fields).joined(separator: " ")
    kept.withLock { $0.append(line) }
  }
}

@Suite("What the transport logs")
struct TransportLogTests {
  private let kept = Locked<[String]>([])

  private func world(
    _ level: Logger.Level, limits: TransportLimits = TransportLimits()
  ) throws -> RealWorld {
    let kept = kept
    let log = Logger(label: "test") { _ in KeepingLogHandler(kept: kept, logLevel: level) }
    return try RealWorld(limits: limits, logger: log)
  }

  private var lines: [String] { kept.withLock { $0 } }

  @Test("A connection's story is told under its one id, and its peer once")
  func story() async throws {
    let world = try world(.debug)
    let client = try world.connect(target: "/room?token=secret")
    try client.send(text: "echo secret words")
    _ = try client.receiveText()
    try client.sendClose(.normal)
    _ = try client.receiveClose()
    #expect(await world.eventually { lines.count >= 3 })
    let id = try #require(world.log.openedIDs.first)
    #expect(lines.allSatisfy { $0.contains("connection=\(id)") })
    #expect(lines.count { $0.contains("peer=127.0.0.1:") } == 1)
    #expect(lines.contains("debug upgraded connection=\(id) path=/room"))
    #expect(lines.contains("debug closed cause=the peer code=1000 connection=\(id)"))
    #expect(lines.allSatisfy { !$0.contains("secret") })
  }

  @Test("Why a request was refused is told, without what was in it")
  func refusals() async throws {
    let world = try world(.debug)
    let socket = try TestSocket(port: world.port)
    try socket.send(Array("GET /secret HTTP/1.1\r\n\r\n".utf8))
    _ = try socket.receive()
    #expect(await world.eventually { lines.contains { $0.hasPrefix("debug refused request") } })
    #expect(lines.contains { $0.contains("status=400") })
    #expect(lines.allSatisfy { !$0.contains("secret") })
  }

  @Test("Timeouts are told with the limit")
  func timeouts() async throws {
    var limits = TransportLimits()
    limits.pingInterval = .milliseconds(40)
    limits.pongTimeout = .milliseconds(40)
    let world = try world(.debug, limits: limits)
    let silent = try world.connect()
    #expect(await world.eventually { lines.contains { $0.contains("limit=pong") } })
    #expect(await world.eventually { lines.contains { $0.contains("cause=broken off code=none") } })
    silent.socket.close()
  }

  @Test("At info nothing is told of single connections")
  func quiet() async throws {
    let world = try world(.info)
    for _ in 0..<3 { try world.connect().close() }
    #expect(await world.eventually { world.log.closes.count == 3 })
    #expect(lines.isEmpty)
    await world.drain(within: .seconds(5))
    #expect(lines.count == 1 && lines[0].hasPrefix("info draining connections="))
  }

  @Test("A crowd that is turned away makes a line at once and one a second, with their number")
  func shedding() async throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 1
    let world = try world(.notice, limits: limits)
    let welcome = try world.connect()
    for _ in 0..<20 { _ = try? world.connect() }
    #expect(await world.eventually { world.transport.counters().refused == 20 })
    #expect(await world.eventually { lines.count >= 2 })
    #expect(lines.first == "notice turning connections away count=1")
    let told = lines.compactMap { $0.split(separator: "=").last.flatMap { Int($0) } }
    #expect(told.reduce(0, +) == 20)
    // Twenty refusals take far less than the eighteen seconds that a line each would need.
    #expect(lines.count < 20)
    try welcome.close()
  }
}
