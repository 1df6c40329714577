import Glibc

extension CompareSession {
  /// The resident memory that one idle connection adds, the kernel's not included.
  func memory() -> Comparison.Figure {
    memory("an idle connection", among: servers, bound: 400, isTLS: false) { name in
      try start(name)
    }
  }

  /// The same for an idle connection with TLS, which only ours speaks here.
  func memoryWithTLS() -> Comparison.Figure {
    memory("an idle TLS connection", among: [servers[0]], bound: 17_408, isTLS: true) { name in
      try .own(name, ["--shards", "1", "--tls"], processors: places.server)
    }
  }

  /// Each server is a fresh one: what an earlier load has left free would hide what this one takes.
  private func memory(
    _ what: String, among servers: [ComparedServer], bound: Double, isTLS: Bool,
    start: (String) throws -> ComparedServer
  ) -> Comparison.Figure {
    // Some descriptors are the server's own.
    let count = min(19_000, DescriptorLimit.raise() - 600)
    return Comparison(servers: servers, runs: min(runs, 3)).measure(
      "memory of \(what), of \(count)", unit: "bytes resident", among: speakers,
      boundOfOurs: bound
    ) { running in
      let fresh = try start(running.name)
      defer { fresh.server.process.end() }
      // The first connections also make what all of them share.
      let first = try hold(100, port: fresh.port, source: "127.0.1.1", isTLS)
      defer { first.end() }
      try isReady(first)
      usleep(200_000)
      let before = fresh.server.residentByteCount
      let share = (count - 100) / 4
      let holders = try (1...4).map {
        try hold(share, port: fresh.port, source: "127.0.2.\($0)", isTLS)
      }
      for holder in holders { try isReady(holder) }
      usleep(500_000)
      let added = fresh.server.residentByteCount - before
      for holder in holders { holder.end() }
      return Double(added) / Double(share * 4)
    }
  }

  /// A process with so many connections.
  private func hold(
    _ count: Int, port: UInt16, source: String, _ isTLS: Bool
  ) throws -> ChildProcess {
    let arguments = [
      "bench", "hold", "--port", "\(port)", "--count", "\(count)", "--source", source,
    ]
    guard let holder = ChildProcess(arguments + (isTLS ? ["--tls"] : [])) else {
      throw BenchError.noServer
    }
    return holder
  }

  private func isReady(_ holder: ChildProcess) throws {
    guard holder.readLine() == "ready" else { throw BenchError.handshakeFailed }
  }
}
