import ArenaTypes
import CLinux
import FoundationEssentials
import Glibc

/// Many duels at once at the pace of people: a server in a process of its own, the players in others.
struct PacedDuels {
  /// What is printed with `--json`; the fields are those of the command's discussion.
  struct Report: Encodable {
    let bench: String
    let concurrent: Int
    let seconds: Int
    let hurry: Int
    let serverCores: Int
    var playersPerSecond = 0
    var playingMin = 0
    var playingMean = 0.0
    var duels = 0.0
    var answers = 0
    var answersPerSecond = 0.0
    var acknowledged = 0
    var revealed = 0
    var lost = 0
    var refused: [String: Int] = [:]
    var p50Milliseconds = 0.0
    var p99Milliseconds = 0.0
    var maxMilliseconds = 0.0
    var cpuMicrosecondsPerAnswer = 0.0
    var coresUsed = 0.0
    var transactionsPerSecond = 0.0
    var rowsPerTransaction = 0.0
    var commitsPerTransaction = 0.0
    var turnP50Milliseconds = 0.0
    var turnP99Milliseconds = 0.0
    var playersTurnP99Milliseconds = 0.0
    var residentByteCountBefore = 0
    var residentByteCount = 0
  }

  /// How many players one process holds.
  static let playersPerProcess = 5_000

  let duelCount: Int
  let seconds: Int
  let hurry: Int
  /// How many players come in a second.
  let playersPerSecond: Int
  /// How many processors the server may use; nil: all.
  let serverCores: Int?
  let campaign: String?

  /// The players' processes, and what they have said last.
  private struct Crowd {
    let process: ChildProcess
    let count: Int
    var connected = 0
    var playing = 0
    var result: CrowdMeasure.Result?

    /// Reads a line.
    mutating func listen() throws {
      guard let line = process.readLine() else { throw BenchError.serverEnded }
      if line.hasPrefix("result ") {
        result = try JSONDecoder().decode(
          CrowdMeasure.Result.self, from: Data(line.dropFirst(7).utf8))
      }
      let numbers = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      if line.hasPrefix("status "), numbers.count == 3 {
        (connected, playing) = (numbers[0], numbers[1])
      }
    }
  }

  /// Which of the processors that this process may use are the server's, and which the players': those
  /// that are left, or all where none is.
  static func processors(own: UInt64, serverCores: Int?) -> (server: UInt64, players: UInt64) {
    guard let serverCores, serverCores < own.nonzeroBitCount else { return (own, own) }
    var (server, rest) = (UInt64(0), own)
    for _ in 0..<serverCores {
      let lowest = rest & (~rest &+ 1)
      server |= lowest
      rest &= ~lowest
    }
    return (server, rest)
  }

  /// Plays and measures.
  ///
  /// - Parameter dataFolder: Where the database is made.
  func measure(dataFolder: String) throws -> Report {
    let masks = Self.processors(own: ca_affinity(), serverCores: serverCores)
    let cores = masks.server.nonzeroBitCount
    var arguments = ["--data", dataFolder, "--hurry", "\(hurry)", "--shards", "\(cores)"]
    if let campaign { arguments += ["--campaign", campaign] }
    let server = try BenchServer(
      arguments, subcommand: "duel-server", processors: masks.server)
    _ = server.process.readLine()
    var report = Report(
      bench: "duels", concurrent: duelCount, seconds: seconds, hurry: hurry, serverCores: cores,
      playersPerSecond: playersPerSecond)
    report.residentByteCountBefore = server.residentByteCount
    let meter = ProgressMeter()
    var crowds = try crowds(port: server.port, processors: masks.players)
    try gather(&crowds, meter)
    let before = try figures(of: server)
    let (cpu, start) = (server.cpuSeconds, ContinuousClock.now)
    for crowd in crowds { crowd.process.writeLine("\(seconds * 1_000)") }
    try pass(seconds: Double(seconds), "playing", &crowds, meter)
    let elapsed = (ContinuousClock.now - start).inSeconds
    note(try figures(of: server).since(before), over: elapsed, in: &report)
    report.coresUsed = (server.cpuSeconds - cpu) / elapsed
    report.residentByteCount = server.residentByteCount
    try settle(&crowds)
    note(crowds.compactMap(\.result), cpuPerSecond: report.coresUsed, in: &report)
    for crowd in crowds { crowd.process.end() }
    meter.finish()
    server.process.end()
    return report
  }

  private func crowds(port: UInt16, processors: UInt64) throws -> [Crowd] {
    let total = 2 * duelCount
    let processCount = (total + Self.playersPerProcess - 1) / Self.playersPerProcess
    return try (0..<processCount).map { index in
      let count = total / processCount + (index < total % processCount ? 1 : 0)
      let arguments = [
        "bench", "duel-players", "--port", "\(port)", "--count", "\(count)", "--per-second",
        "\(max(1, playersPerSecond / processCount))", "--seed", "\(index + 1)", "--hurry",
        "\(hurry)",
      ]
      guard let process = ChildProcess(arguments, processors: processors) else {
        throw BenchError.noServer
      }
      return Crowd(process: process, count: count)
    }
  }

  private func listen(to crowds: inout [Crowd]) throws {
    for index in crowds.indices { try crowds[index].listen() }
  }

  /// Waits until all have come, and each has had a round to fall out of step with the others.
  private func gather(_ crowds: inout [Crowd], _ meter: ProgressMeter) throws {
    let start = ContinuousClock.now
    let total = 2 * duelCount
    // Twice the time that coming takes, and a minute for a slow server.
    let patience = Duration.seconds(60 + 2 * total / max(1, playersPerSecond))
    while true {
      try listen(to: &crowds)
      let connected = crowds.reduce(0) { $0 + $1.connected }
      meter.show("joining", done: connected, total: total)
      if connected == total { break }
      guard ContinuousClock.now - start < patience else {
        throw BenchError.unexpected("\(connected) of \(total) players came in time")
      }
    }
    try pass(seconds: 15 / Double(hurry), "settling", &crowds, meter)
  }

  private func pass(
    seconds: Double, _ stage: String, _ crowds: inout [Crowd], _ meter: ProgressMeter
  ) throws {
    let start = ContinuousClock.now
    while true {
      try listen(to: &crowds)
      let passed = (ContinuousClock.now - start).inSeconds
      meter.show(stage, done: min(Int(passed), Int(seconds)), total: Int(seconds))
      if passed >= seconds { return }
    }
  }

  /// Waits until every answer that was measured is settled.
  private func settle(_ crowds: inout [Crowd]) throws {
    let start = ContinuousClock.now
    while !crowds.allSatisfy({ $0.result != nil }) {
      try listen(to: &crowds)
      guard ContinuousClock.now - start < .seconds(120) else {
        throw BenchError.unexpected("the players never came to an end")
      }
    }
  }

  private func figures(of server: BenchServer) throws -> DuelServerFigures {
    server.process.writeLine("figures")
    guard let line = server.process.readLine() else { throw BenchError.serverEnded }
    return try JSONDecoder().decode(DuelServerFigures.self, from: Data(line.utf8))
  }

  private func note(
    _ figures: DuelServerFigures, over elapsed: Double, in report: inout Report
  ) {
    let transactions = Double(max(1, figures.transactions))
    report.transactionsPerSecond = Double(figures.transactions) / elapsed
    report.rowsPerTransaction = Double(figures.rows) / transactions
    report.commitsPerTransaction = Double(figures.commits) / transactions
    report.turnP50Milliseconds = BenchReport.rounded(figures.turnMilliseconds(0.5))
    report.turnP99Milliseconds = BenchReport.rounded(figures.turnMilliseconds(0.99))
  }

  private func note(
    _ results: [CrowdMeasure.Result], cpuPerSecond: Double, in report: inout Report
  ) {
    var tally = AnswerWatch.Tally()
    var (latencies, turns) = (LatencyHistogram(), LatencyHistogram())
    var (fewest, mean) = (0, 0.0)
    for result in results {
      tally.add(result.answers)
      latencies.merge(LatencyHistogram(encoded: result.latencies))
      turns.merge(LatencyHistogram(encoded: result.turns))
      report.duels += result.duels
      fewest += result.playingMin
      mean += result.playingMean
    }
    report.playingMin = fewest / 2
    report.playingMean = mean / 2
    report.answers = tally.sent
    report.answersPerSecond = Double(tally.sent) / Double(seconds)
    report.acknowledged = tally.acknowledged
    report.revealed = tally.revealed
    report.lost = tally.lost
    report.refused = tally.refused
    report.p50Milliseconds = BenchReport.rounded(latencies.quantile(0.5))
    report.p99Milliseconds = BenchReport.rounded(latencies.quantile(0.99))
    report.maxMilliseconds = BenchReport.rounded(latencies.quantile(1))
    report.playersTurnP99Milliseconds = BenchReport.rounded(turns.quantile(0.99))
    report.cpuMicrosecondsPerAnswer = cpuPerSecond * 1e6 / max(1, report.answersPerSecond)
  }
}

extension PacedDuels.Report {
  /// The figures in sentences.
  var text: String {
    func rounded(_ value: Double) -> Double { BenchReport.rounded(value) }
    return """
      \(concurrent) duels at once at \(hurry == 1 ? "" : "\(hurry) times ")the pace of people \
      (\(playingMin) at the least, \(Int(playingMean)) in the mean), server on \(serverCores) \
      cores: \(answers) answers in \(seconds) s, \(lost) lost, \
      \(refused.values.reduce(0, +)) refused
      answer to acknowledgement p50 \(p50Milliseconds) ms, p99 \(p99Milliseconds) ms, at most \
      \(maxMilliseconds) ms
      server CPU \(Int(cpuMicrosecondsPerAnswer)) us an answer, \(rounded(coresUsed)) cores, \
      \(Int(transactionsPerSecond)) transactions a second of \(rounded(rowsPerTransaction)) rows \
      each, \(residentByteCount >> 20) MiB resident
      """
  }
}
