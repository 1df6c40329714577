import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Testing

@testable import ArenaServer

@Suite("What the server measures")
struct ServerMetricsTests {
  private func metrics(of server: SimulatedServer) throws -> PrometheusParser {
    try PrometheusParser(server.server.metricsText())
  }

  @Test("Sessions, rooms, commands and their answers, and the journal's commits are counted")
  func game() async throws {
    let server = try await SimulatedServer()
    let first = try server.join("Ada")
    let second = try server.join("Bob")
    _ = try first.send(.queueLeave, id: "q")
    server.settle()
    _ = try second.send(.hello(.init(protocolName: "neuronarena.v1", client: "test")), id: "h")
    server.settle()
    let parsed = try metrics(of: server)
    #expect(parsed.value("neuronarena_sessions") == 2)
    #expect(parsed.value("neuronarena_rooms", ["kind": "player"]) == 2)
    #expect(parsed.value("neuronarena_rooms", ["kind": "contest"]) == 1)
    #expect(parsed.value("neuronarena_commands_total", ["command": "hello"]) == 3)
    #expect(parsed.value("neuronarena_commands_total", ["command": "subscribe"]) == 2)
    #expect(
      parsed.value("neuronarena_command_answers_total", ["outcome": "hello_twice"]) == 1)
    #expect(parsed.value("neuronarena_command_answers_total", ["outcome": "done"]) == 5)
    #expect((parsed.value("neuronarena_store_commits_total") ?? 0) >= 2)
    #expect(
      parsed.value("neuronarena_store_commits_total")
        == parsed.value("neuronarena_store_commit_seconds_count"))
    #expect(parsed.value("neuronarena_store_under_way") == 0)
    #expect((parsed.value("process_resident_memory_bytes") ?? 0) > 1_000_000)
    #expect((parsed.value("process_open_fds") ?? 0) > 2)
    #expect((parsed.value("process_cpu_seconds_total") ?? 0) > 0)

    first.pipeEnd?.close()
    server.settle()
    #expect(try metrics(of: server).value("neuronarena_sessions") == 1)
  }

  @Test("The transport's counters are shown once it has been named")
  func transport() async throws {
    let server = try await SimulatedServer()
    #expect(try metrics(of: server).families["neuronarena_accepts_total"] == nil)
    let transport = server.transport
    let counters = transport.countersByShard()
    server.server.measureTransport { counters }
    #expect(try metrics(of: server).value("neuronarena_accepts_total") == 0)
    #expect(counters.count == 3)
  }

  @Test("A store that fails is seen, by why")
  func failures() async throws {
    let meter = JournalMeter()
    let store = meter.measuring(InMemoryStore())
    await store.close()
    await #expect(throws: StorageError.closed) { try await store.commit([]) }
    await #expect(throws: StorageError.closed) {
      try await store.read { _ throws(StorageError) in 1 }
    }
    var text = PrometheusText()
    meter.write(to: &text)
    let parsed = try PrometheusParser(text.text)
    #expect(parsed.value("neuronarena_store_failures_total", ["reason": "closed"]) == 2)
    #expect(parsed.value("neuronarena_store_under_way") == 0)
  }

  @Test("However many follow a topic on however many shards, each version is encoded once")
  func encodings() async throws {
    let server = try await SimulatedServer()
    let players = try (0..<24).map { try server.join("P\($0)", prefix: "p\($0)") }
    for player in players { try player.follow(.lobby) }
    server.settle()
    let before = server.server.counters
    for (number, player) in players.enumerated() {
      _ = try player.send(.queueJoin(.init(format: .pick)), id: "q\(number)")
      server.advance(by: .seconds(2))
    }
    let counters = server.server.counters
    for kind in [TopicName.Kind.lobby, .duel, .player] {
      #expect(counters.encodings[kind] == counters.versions[kind], "\(kind)")
    }
    let lobbyVersions = counters.versions[.lobby, default: 0] - before.versions[.lobby, default: 0]
    #expect(lobbyVersions >= 12)
    #expect(counters.versions[.duel, default: 0] >= 12)
    // Newcomers between two versions share one snapshot.
    #expect(counters.snapshots[.lobby, default: 0] <= counters.versions[.lobby, default: 0] + 24)
    let frames = server.transport.counters().latestFramesSent
    #expect(frames >= 24 * lobbyVersions)
  }

  @Test("A crowd of newcomers to an unchanged topic shares one snapshot")
  func snapshots() async throws {
    let server = try await SimulatedServer()
    let players = try (0..<24).map { try server.join("P\($0)", prefix: "p\($0)") }
    server.advance(by: .seconds(5))
    let before = server.server.counters.snapshots[.lobby, default: 0]
    for player in players { try player.follow(.lobby) }
    server.settle()
    #expect(server.server.counters.snapshots[.lobby, default: 0] == before + 1)
  }

  // MARK: The operator's listener

  private func reply(
    _ server: SimulatedServer, _ target: String, host: String = "localhost",
    method: HTTPMethod = .get, listener: Int = 1
  ) -> HTTPReply {
    server.transport.request(
      SimulatedRequest.plain(method, target: target, host: host),
      peer: PeerAddress(host: "127.0.0.1", port: 5_000, listener: listener))
  }

  @Test("The operator's listener shows metrics and probes, and nothing for players")
  func operatorRoutes() async throws {
    let server = try await SimulatedServer { $0.metricsListener = 1 }
    let metrics = reply(server, "/metrics")
    #expect(metrics.status == .ok)
    #expect(
      metrics.fields.first { $0.name == "Content-Type" }?.value
        == "text/plain; version=0.0.4; charset=utf-8")
    _ = try PrometheusParser(String(decoding: metrics.body, as: UTF8.self))
    #expect(reply(server, "/livez").status == .ok)
    #expect(reply(server, "/readyz").status == .ok)
    #expect(reply(server, "/").status == .notFound)
    #expect(reply(server, "/metrics", host: "10.1.2.3:9464").status == .ok)
    #expect(reply(server, "/metrics", host: "[::1]:9464").status == .ok)
    #expect(reply(server, "/metrics", host: "evil.example").status == .misdirectedRequest)
    let socket = server.transport.connect(
      SimulatedRequest.upgrade(target: "/v1/socket", subprotocols: ["neuronarena.v1.json"]),
      peer: PeerAddress(host: "127.0.0.1", port: 5_000, listener: 1))
    #expect(socket.client == nil)
    server.server.stopAccepting()
    #expect(reply(server, "/readyz").status == .serviceUnavailable)
    #expect(reply(server, "/livez").status == .ok)
  }

  @Test("A listener for players never shows metrics")
  func publicRoutes() async throws {
    let server = try await SimulatedServer { $0.metricsListener = 1 }
    #expect(reply(server, "/metrics", listener: 0).status == .notFound)
    #expect(reply(server, "/livez", listener: 0).status == .ok)
    let without = try await SimulatedServer()
    for listener in 0...2 {
      #expect(reply(without, "/metrics", listener: listener).status == .notFound)
    }
  }
}
