import ArenaTestSupport
import Glibc
import Synchronization
import Testing

@testable import DispatchTransport

/// Where connections come in: addresses, families, several at once, socket files.
@Suite("Listeners")
struct ListenerTests {
  @Test(
    "An address is read as it is written",
    arguments: [
      ("127.0.0.1:80", Listener.Address.tcp(host: "127.0.0.1", port: 80)),
      ("[::1]:8080", .tcp(host: "::1", port: 8_080)),
      ("[::]:0", .tcp(host: "::", port: 0)),
      ("unix:/run/arena.sock", .unix(path: "/run/arena.sock")),
      ("unix:a", .unix(path: "a")),
    ])
  func read(_ text: String, _ address: Listener.Address) {
    #expect(Listener.Address(text) == address)
    #expect(address.description == text)
  }

  @Test(
    "What is no address is not read",
    arguments: [
      "", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
      "127.0.0.1:+1", "127.0.0.1:8o", "::1:80", "[127.0.0.1]:80", "[]:80", "[::1]", "[::1]80",
      "localhost:80", "unix:", "1.2.3:4", "127.0.0.1\u{0}:80",
    ])
  func notRead(_ text: String) { #expect(Listener.Address(text) == nil) }

  @Test("Each of several listeners takes connections, and is told apart")
  func several() throws {
    let path = Self.freePath()
    let world = try RealWorld([
      Listener(port: 0), Listener(host: "::1", port: 0), Listener(.unix(path: path)),
    ])
    #expect(world.ports[2] == 0)
    #expect(try world.connect(target: "/peer").receiveText().hasSuffix("local at 0"))
    let six = try WebSocketTestClient(host: "::1", port: world.ports[1], target: "/peer")
    let text = try six.receiveText()
    #expect(text.hasPrefix("[::1]:") && text.hasSuffix("local at 1"))
    let unix = try WebSocketTestClient(
      over: try TestSocket(path: path), host: "a", target: "/peer")
    #expect(try unix.receiveText() == "unix local at 2")
    try unix.send(text: "echo through a file")
    #expect(try unix.receiveText() == "through a file")
  }

  @Test("A listener on all IPv6 addresses takes IPv4 too, and such a peer counts as IPv4")
  func dualStack() throws {
    let world = try RealWorld([Listener(host: "::", port: 0)])
    let four = try world.connect(target: "/peer", source: "127.0.0.7")
    #expect(try four.receiveText().hasPrefix("127.0.0.7:"))
    let six = try WebSocketTestClient(host: "::1", port: world.port, target: "/peer")
    #expect(try six.receiveText().hasPrefix("[::1]:"))
  }

  @Test("IPv4 spelt as IPv6 is IPv4")
  func mapped() throws {
    let mapped = try #require(PeerAddress(host: "::ffff:10.1.2.3", port: 9))
    #expect(mapped == PeerAddress(host: "10.1.2.3", port: 9))
    #expect(mapped.description == "10.1.2.3:9")
  }

  // MARK: Socket files

  private static let fileCount = Atomic<Int>(0)

  private static func freePath() -> String {
    let number = fileCount.add(1, ordering: .relaxed).newValue
    return "/tmp/narena-\(getpid())-\(number).sock"
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : nil
  }

  private func start(_ path: String) throws -> DispatchTransport {
    let log = EventLog()
    let transport = DispatchTransport(
      configuration: TransportConfiguration(
        listeners: [Listener(.unix(path: path))], shardCount: 1)
    ) { ScriptedHandler($0, log) }
    _ = try transport.start()
    return transport
  }

  private func end(_ transport: DispatchTransport) async {
    await withCheckedContinuation { done in transport.drain(within: .zero) { done.resume() } }
  }

  @Test("A socket file is for its owner and group, and is gone with its server")
  func file() async throws {
    let path = Self.freePath()
    let transport = try start(path)
    let mode = try #require(Self.mode(path))
    #expect(mode & S_IFMT == S_IFSOCK)
    #expect(mode & 0o777 == 0o660)
    await end(transport)
    #expect(Self.mode(path) == nil)
  }

  @Test("The socket of a server that runs is not taken from it")
  func live() async throws {
    let path = Self.freePath()
    let first = try start(path)
    #expect(throws: TransportError.socketFileInUse(path)) { try start(path) }
    let client = try WebSocketTestClient(over: try TestSocket(path: path), host: "a")
    try client.send(text: "echo mine")
    #expect(try client.receiveText() == "mine")
    await end(first)
  }

  @Test("A socket file that a dead server left behind is replaced")
  func stale() async throws {
    let path = Self.freePath()
    // Closed without having been removed, as by a kill.
    Glibc.close(try ListeningSocket(.unix(path: path), backlog: 1).descriptor)
    #expect(Self.mode(path) != nil)
    let transport = try start(path)
    _ = try WebSocketTestClient(over: try TestSocket(path: path), host: "a")
    await end(transport)
  }

  @Test("A file that is no socket is left alone")
  func otherFile() throws {
    let path = Self.freePath()
    let file = try #require(fopen(path, "w"))
    fputs("precious", file)
    fclose(file)
    defer { unlink(path) }
    #expect(throws: TransportError.socketFileInUse(path)) { try start(path) }
    #expect(Self.mode(path).map { $0 & S_IFMT } == S_IFREG)
  }

  @Test("A socket file that another server has put in place meanwhile is left to it")
  func replacedFile() async throws {
    let path = Self.freePath()
    let first = try start(path)
    unlink(path)
    let second = try start(path)
    await end(first)
    _ = try WebSocketTestClient(over: try TestSocket(path: path), host: "a")
    await end(second)
    #expect(Self.mode(path) == nil)
  }

  @Test("A path that is too long, or none, is said so", arguments: [0, 108, 5_000])
  func pathLength(_ count: Int) {
    let path = String(repeating: "x", count: count)
    #expect(throws: TransportError.badSocketPath(path)) { try start(path) }
  }

  @Test("A path in a folder that is not there is said so")
  func missingFolder() {
    #expect(throws: TransportError.system(call: "bind to /nowhere/s", errno: ENOENT)) {
      try start("/nowhere/s")
    }
  }

  // MARK: Exempt listeners

  @Test("An exempt listener answers while the others are full, within a bound of its own")
  func exempt() async throws {
    var limits = TransportLimits()
    limits.connectionCountMax = 1
    limits.refusalCountMax = 0
    limits.exemptConnectionCountMax = 1
    // A busy machine may take longer than the defaults between two steps of a test.
    limits.requestTimeout = .seconds(600)
    limits.pingInterval = .seconds(600)
    let world = try RealWorld(
      [Listener(port: 0), Listener(.tcp(host: "127.0.0.1", port: 0), isExempt: true)],
      limits: limits)
    let player = try world.connect()
    #expect(try world.ask("/page", port: world.ports[1]).hasPrefix("HTTP/1.1 200"))
    // Both at once: counters of a moment before the question would say 1 too.
    #expect(
      await world.eventually {
        let counters = world.transport.counters()
        return counters.accepted == 2 && counters.connectionsNow == 1
      })
    let open = try TestSocket(port: world.ports[1])
    #expect(await world.eventually { world.transport.counters().connectionsNow == 2 })
    let dropped = try TestSocket(port: world.ports[1])
    #expect((try? dropped.receive())?.isEmpty ?? true)
    try player.send(text: "echo on")
    #expect(try player.receiveText() == "on")
    open.close()
  }
}
