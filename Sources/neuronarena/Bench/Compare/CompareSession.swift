import CLinux
import Glibc

/// The loads of `bench compare`, on servers that run through all of them.
struct CompareSession {
  let peers: [(name: String, path: String)]
  let runs: Int
  let milliseconds: Int64
  let places: Places
  private(set) var servers: [ComparedServer] = []

  init(
    peers: [(name: String, path: String)], runs: Int, milliseconds: Int64, places: Places
  ) {
    self.peers = peers
    self.runs = runs
    self.milliseconds = milliseconds
    self.places = places
  }

  var comparison: Comparison { Comparison(servers: servers, runs: runs) }

  /// All but the raw loop, which knows no paths.
  var speakers: Set<String> { Set(servers.filter { !$0.isRaw }.map(\.name)) }

  /// Starts the servers and returns their names.
  ///
  /// A peer that does not start is left out, with a note.
  mutating func start() throws -> [String] {
    servers = [try start(ComparedServer.ours), try start(ComparedServer.raw)]
    for (name, path) in peers {
      do {
        servers.append(try start(name))
      } catch {
        BenchReport.note("\(name) is left out: \(path) did not start")
      }
    }
    return servers.map(\.name)
  }

  /// Starts a server of one of the names.
  func start(_ name: String) throws -> ComparedServer {
    if let peer = peers.first(where: { $0.name == name }) {
      return try .peer(name, path: peer.path, processors: places.server)
    }
    let arguments = name == ComparedServer.raw ? ["--raw"] : ["--shards", "1"]
    return try .own(name, arguments, processors: places.server)
  }

  /// Measures one kind of load, and reports each figure as soon as it is there.
  func measure(
    _ load: BenchCompareCommand.Load, report: (Comparison.Figure) -> Void
  ) throws {
    switch load {
    case .all, .engine: break
    case .echo:
      for (connections, byteCount, inFlight) in [
        (100, 32, 1), (1_000, 128, 1), (100, 32, 16), (1_000, 128, 16),
      ] {
        report(
          echo(connections: connections, payloadByteCount: byteCount, inFlight: inFlight))
      }
    case .broadcast:
      report(broadcast(to: 1_000, window: 1))
      report(broadcast(to: 10_000, window: 1))
    case .coalesced: report(broadcast(to: 1_000, window: 16))
    case .handshake: report(handshake())
    case .storm: report(try storm())
    case .tls:
      report(try tlsHandshake())
      report(memoryWithTLS())
    case .memory: report(memory())
    case .shards: report(try shards())
    case .slow:
      report(slow(.stuck, "reads nothing"))
      report(slow(.trickling, "sends and reads a byte a second"))
    }
  }

  private func echo(
    connections: Int, payloadByteCount: Int, inFlight: Int
  ) -> Comparison.Figure {
    comparison.measure(
      "echo \(connections) x \(payloadByteCount) B, \(inFlight) in flight",
      unit: "us CPU a message",
      bounds: inFlight == 1 ? [ComparedServer.raw: 1.08] : ["uws": 1]
    ) { server in
      var load = try EchoLoad(
        port: server.port, isRaw: server.isRaw, connections: connections,
        payloadByteCount: payloadByteCount, inFlight: inFlight)
      defer { load.close() }
      _ = try load.run(milliseconds: min(100, milliseconds / 5))
      var count = 0
      let seconds = try server.cpuSeconds { count = try load.run(milliseconds: milliseconds) }
      return seconds * 1e6 / Double(max(1, count))
    }
  }

  /// 512 bytes to many; with a window of 1, the next one when all have the last.
  private func broadcast(to subscriberCount: Int, window: Int) -> Comparison.Figure {
    let how = window == 1 ? "one at a time" : "\(window) outstanding"
    let isCrowd = subscriberCount > 1_000
    let before = counters()
    var figure = comparison.measure(
      "broadcast 512 B to \(subscriberCount), \(how)", unit: "us CPU a delivery",
      among: speakers, bounds: ["uws": window == 1 ? 0.95 : 1]
    ) { server in
      var load = try PublishLoad(
        port: server.port, subscriberCount: subscriberCount, payloadByteCount: 512,
        window: window)
      defer { load.close() }
      // New connections are slow at first: their windows have yet to open.
      _ = try load.run(milliseconds: min(500, milliseconds))
      var count = 0
      let seconds = try server.cpuSeconds {
        count = try load.run(milliseconds: isCrowd ? 2 * milliseconds : milliseconds)
      }
      return seconds * 1e6 / Double(max(1, count))
    }
    if let before, let after = counters() {
      figure.note =
        "ours encoded \(after.encoded - before.encoded) frames for "
        + "\(after.received - before.received) messages"
    }
    return figure
  }

  /// What our server counts: messages that it received, and frames that it encoded for others.
  private func counters() -> (received: Int, encoded: Int)? {
    guard let server = servers.first?.server.process else { return nil }
    server.writeLine("counters")
    let words = server.readLine()?.split(separator: " ") ?? []
    guard words.count == 4, let received = Int(words[1]), let encoded = Int(words[3])
    else { return nil }
    return (received, encoded)
  }

  /// Connecting, upgrading and closing.
  private func handshake() -> Comparison.Figure {
    let count = Int(max(100, milliseconds * 4))
    return comparison.measure(
      "handshake and close", unit: "us CPU a connection", bounds: ["uws": 1.1]
    ) { server in
      func run(_ count: Int) throws {
        var load = try HandshakeLoad(
          port: server.port, target: "/echo", isRaw: server.isRaw, isKept: false)
        _ = try load.run(count)
      }
      try run(64)
      let seconds = try server.cpuSeconds {
        try run(count)
        // Servers close their side when they see ours closed.
        usleep(50_000)
      }
      return seconds * 1e6 / Double(count)
    }
  }
}
