import CLinux
import Glibc

extension CompareSession {
  /// Ten thousand players of the game come back at once: the time until the last one is where it was.
  ///
  /// The server is the whole one, with its database on disk; how many questions that was asked is
  /// told in the note, for a tenth of the players too.
  func storm() throws -> Comparison.Figure {
    var seconds: [Double] = []
    var reads: [String] = []
    for count in [1_000, 10_000] {
      BenchReport.note("a storm of \(count) players")
      let run = try storm(of: count)
      if count == 10_000 { seconds = run.seconds }
      reads.append("\(run.reads) reads and \(run.recovered) resumed of \(count)")
    }
    var figure = Comparison.Figure(
      load: "10,000 players come back", unit: "s until all are whole", bounds: [:],
      boundOfOurs: 5)
    figure.medians[ComparedServer.ours] = BenchReport.median(seconds)
    figure.note = reads.joined(separator: ", ")
    return figure
  }

  private func storm(of count: Int) throws -> (seconds: [Double], reads: Int, recovered: Int) {
    let folder = try TemporaryDataFolder()
    defer { folder.remove() }
    let server = try BenchServer(
      ["--data", folder.path], subcommand: "storm-server", processors: places.server)
    defer { server.process.end() }
    var load = StormLoad(port: server.port, count: count)
    defer { load.end() }
    try load.come()
    var seconds: [Double] = []
    var reads = 0
    for _ in 0..<min(3, runs) {
      load.vanish()
      usleep(500_000)
      let before = try readCount(of: server)
      let start = ca_monotonic_nanoseconds()
      try load.come()
      seconds.append(Double(ca_monotonic_nanoseconds() - start) * 1e-9)
      reads = try readCount(of: server) - before
    }
    return (seconds, reads, load.recoveredCount)
  }

  /// How many questions the server's store has been asked.
  private func readCount(of server: BenchServer) throws -> Int {
    server.process.writeLine("reads")
    guard let line = server.process.readLine(), line.hasPrefix("reads "),
      let count = Int(line.dropFirst(6))
    else { throw BenchError.unexpected("the server does not say its reads") }
    return count
  }
}
