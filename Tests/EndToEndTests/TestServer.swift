import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Glibc
import Interpretation
import Logging
import Testing
import WebSocketCodec

@testable import DispatchTransport

/// A whole server on real sockets, with two shards and a scripted engine.
final class TestServer {
  let transport: DispatchTransport
  let store: any DurableStore
  let port: UInt16
  private let server: ArenaServer

  /// The clocks of duels in these tests: long where an answer ends the wait, short where time does.
  static var timing: DuelTiming {
    var timing = DuelTiming()
    timing.countdownMilliseconds = 200
    timing.pickMilliseconds = 20_000
    timing.writeMilliseconds = 20_000
    timing.oddOneOutMilliseconds = 20_000
    timing.predictMilliseconds = 20_000
    timing.fireMilliseconds = 20_000
    timing.pickRevealMilliseconds = 20_000
    timing.textRevealMilliseconds = 20_000
    timing.engineWaitMilliseconds = 400
    timing.absenceMilliseconds = 300
    return timing
  }

  /// The wall clock of these servers in milliseconds: ten minutes past some hour when the tests begin.
  ///
  /// By the real one, a test that runs while an hourly race closes would find it closed.
  private static func wallClock() -> Int64 { milliseconds() + shift }

  /// The present moment by that clock.
  static var now: Timestamp { Timestamp(millisecondsSinceEpoch: wallClock()) }

  private static let shift = 600_000 - milliseconds() % 3_600_000

  private static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// The client's folder of the repository that this file stands in.
  static var clientFolder: String {
    let components = #filePath.split(separator: "/").dropLast(3)
    return "/" + components.joined(separator: "/") + "/client-js"
  }

  init(
    store: any DurableStore = InMemoryStore(), scorer: any Scorer = ScriptedScorer(),
    settler: (any Scorer)? = nil, probe: any ActivationProbe = ScriptedProbe(),
    limits: TransportLimits = TransportLimits(),
    configure: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws {
    var configuration = ServerConfiguration(clientFolder: Self.clientFolder)
    configuration.duelTiming = Self.timing
    configuration.boardInterval = .milliseconds(20)
    configuration.lobbyInterval = .milliseconds(20)
    // Tests send faster than people; those of the limit set their own.
    configuration.commandBurst = 1_000
    configuration.contests = [.hourlyRace]
    configure(&configuration)
    let server = try ArenaServer(
      configuration: configuration, campaign: ScriptedCampaign.make(unitCount: 40),
      scorer: scorer, settler: settler, probe: probe, comparator: ScriptedComparator(),
      store: store,
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.store = store
    self.server = server
    transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: 2, limits: limits),
      wallClock: { Self.wallClock() },
      makeHandler: { server.makeHandler($0) })
    port = try transport.start().first ?? 0
    try await server.open()
  }

  /// Opens a connection.
  func connect(prefix: String = "c") throws -> PlayerClient {
    try PlayerClient(socket(), prefix: prefix)
  }

  /// Opens a connection and says hello as a guest, or as the player of `identity`.
  func join(
    _ name: String? = nil, as identity: PlayerClient? = nil, prefix: String = "c"
  ) throws -> PlayerClient {
    let client = try connect(prefix: prefix)
    try client.sayHello(name: name, as: identity)
    try client.follow(.me)
    return client
  }

  /// A WebSocket to the server.
  func socket() throws -> WebSocketTestClient {
    try WebSocketTestClient(
      port: port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
  }

  /// Closes everything.
  func stop() async {
    await withCheckedContinuation { continuation in
      transport.drain(within: .milliseconds(200)) { continuation.resume() }
    }
    await server.close()
  }

  /// Runs `work` with a server that is stopped afterwards, however it ends.
  static func with(
    _ make: () async throws -> TestServer = { try await TestServer() },
    _ work: (TestServer) async throws -> Void
  ) async throws {
    let server = try await make()
    do {
      try await work(server)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }
}

extension PlayerClient {
  /// The one contest that is open, a race.
  ///
  /// A shard of its own opens it, which may be after the first question.
  func openContest() throws -> ContestID {
    var contests = try ask(.contestList).at("contests")
    for _ in 0..<2_000 where contests.array?.isEmpty == true {
      contests = try ask(.contestList).at("contests")
    }
    #expect(contests.array?.count == 1)
    #expect(try contests.text("0", "kind") == "race")
    return ContestID(rawValue: try contests.text("0", "id"))
  }

  /// The socket below.
  var socket: WebSocketTestClient? { pipe as? WebSocketTestClient }

  /// Cuts the connection without a word.
  func vanish() { socket?.socket.close() }

  /// Sends a command until it is done, as a client does that is told to retry, and when.
  @discardableResult
  func askPatiently(_ command: ClientCommand, id: String) async throws -> JSONValue {
    for _ in 0..<20 {
      let frame = try answer(to: try send(command, id: id))
      guard frame.data["retryable"] == .bool(true) else {
        guard frame.type == "ok" else {
          throw PlayerClientError.refused(frame.errorCode, frame: received.last ?? "")
        }
        return frame.data
      }
      try await Task.sleep(for: .milliseconds(try frame.data.count("retryAfterMs")))
    }
    throw PlayerClientError.notAmong([], awaited: "an answer to \(id)")
  }

  /// Reads on until the server closes the connection.
  func closeCode() throws -> UInt16 {
    guard let socket else { return 0 }
    return try socket.receiveClose().code.rawValue
  }
}
