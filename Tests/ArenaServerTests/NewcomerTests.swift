import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Testing
import WebSocketCodec

@testable import ArenaServer
@testable import DispatchTransport

/// Whom the server takes in, and from where it believes a moderator.
@Suite("Newcomers")
struct NewcomerTests {
  private static func hello(_ identity: PlayerClient? = nil) -> ClientCommand {
    let credentials = identity.map {
      ClientCommand.Credentials(id: $0.player, secret: $0.secret)
    }
    return .hello(
      .init(protocolName: "neuronarena.v1", client: "tests/1", player: credentials, name: nil))
  }

  @Test("A full server says so and closes with 1013, to guests and to those it knows")
  func full() async throws {
    let store = InMemoryStore()
    let before = try await SimulatedServer(store: store)
    let known = try before.join("Ada")
    let server = try await SimulatedServer(store: store) { $0.playerCountMax = 0 }
    for identity in [nil, known] {
      let client = try server.connect()
      #expect(try client.refusal(Self.hello(identity)) == .unavailable)
      server.settle()
      #expect(client.pipeEnd?.closeFrame?.code == .tryAgainLater)
      #expect(client.pipeEnd?.closeFrame?.reason == CloseReason.overload.name)
    }
  }

  @Test("A player who is here may open another connection to a server that is full")
  func anotherTab() async throws {
    let server = try await SimulatedServer { $0.playerCountMax = 1 }
    let player = try server.join("Ada")
    _ = try server.join(as: player)
  }

  @Test("A moderator's token is read from this machine or through TLS, and from nowhere else")
  func moderator() async throws {
    let store = InMemoryStore()
    let server = try await SimulatedServer(store: store)
    let record = ModeratorTokenRecord(
      id: "1", hash: try SHA256.hash(Array("let me in".utf8)), label: "Mo", role: .moderator,
      createdAt: SimulatedServer.start, expiresAt: nil)
    try await store.commit([.putModeratorToken(record)])
    let logIn = ClientCommand.moderateLogin(.init(token: "let me in"))
    let plain = try #require(PeerAddress(host: "203.0.113.4", port: 1))
    #expect(try server.join(from: plain).refusal(logIn) == .insecure)
    var named = try #require(PeerAddress(host: "127.0.0.1", port: 1))
    named.isForwarded = true
    #expect(try server.join(from: named).refusal(logIn) == .insecure)
    var secure = plain
    secure.isSecure = true
    #expect(try server.join(from: secure).ask(logIn).text("label") == "Mo")
    #expect(try server.join().ask(logIn).text("label") == "Mo")
  }
}
