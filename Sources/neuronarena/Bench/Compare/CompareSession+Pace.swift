import CLinux

extension CompareSession {
  /// What a message costs two shards, beside one shard at the same offered load.
  ///
  /// Both may run on the load's processor too, where there are only two.
  func shards() throws -> Comparison.Figure {
    let one = "one shard"
    let pair = [
      try ComparedServer.own(ComparedServer.ours, ["--shards", "2"], processors: places.both),
      try ComparedServer.own(one, ["--shards", "1"], processors: places.both),
    ]
    defer { for server in pair { server.server.process.end() } }
    let rate = 40_000
    return Comparison(servers: pair, runs: runs).measure(
      "two shards, 200 x 128 B, \(rate) messages/s offered", unit: "us CPU a message",
      bounds: [one: 1.1]
    ) { server in
      var load = try PacedLoad(port: server.port, connections: 200, payloadByteCount: 128)
      defer { load.close() }
      var echoed = 0
      let seconds = try server.cpuSeconds {
        echoed =
          try load.run(milliseconds: milliseconds, messagesPerSecond: rate)
          .echoed
      }
      return seconds * 1e6 / Double(max(1, echoed))
    }
  }

  /// How much longer others wait when one connection is slow: p99 with it by p99 without it.
  func slow(_ kind: PacedLoad.Guest, _ what: String) -> Comparison.Figure {
    comparison.measure(
      "beside a connection that \(what), 100 others at 10,000 messages/s",
      unit: "p99 by p99 without it", among: speakers, boundOfOurs: 1.5
    ) { server in
      var load = try PacedLoad(port: server.port, connections: 100, payloadByteCount: 128)
      defer { load.close() }
      _ = try load.run(milliseconds: 100, messagesPerSecond: 10_000)
      func p99(_ guest: PacedLoad.Guest) throws -> Double {
        try load.invite(guest, port: server.port)
        defer { load.dismiss() }
        return try load.run(milliseconds: 2 * milliseconds, messagesPerSecond: 10_000)
          .latencies.quantile(0.99)
      }
      // Whatever is published goes to a reader in the one case, and to the slow one in the other.
      let without = try p99(.reader)
      return try p99(kind) / max(1e-6, without)
    }
  }
}
