import ArgumentParser
import CLinux
import Glibc

/// `neuronarena bench beside`: how the network fares while the engine of the same process is saturated,
/// and how an urgent request fares beside background work.
///
/// One process echoes and computes; windows with the engine at rest and saturated take turns. The load
/// sends by the clock, whether or not the server keeps up, from this process, which shares the
/// processors with the other one.
struct BenchBesideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "beside",
    abstract: "The network's latencies with the engine at rest and saturated; urgent texts too.",
    discussion: """
      --json prints one object:
        bench                     beside
        rounds, milliseconds      windows of each sort, and how long each lasts
        messagesPerSecond         messages offered, over 100 connections, 128 bytes each
        p50Milliseconds...        of an echo: with the engine at rest, and saturated; medians over the
                                  windows, and the median of each pair's ratio
        cpuMicrosecondsPerMessage CPU time of the server without the engine's threads
        tokensPerSecond           background tokens computed beside the messages
        tokensPerSecondAlone      the same without messages
        urgent...                 of a text of 24 tokens, to layer 15: alone, and beside the background
                                  work, without messages
      """)

  @Option(help: "How many windows of each sort.")
  var rounds = 5
  @Option(help: "How long a window lasts, in milliseconds.")
  var milliseconds: Int64 = 2_000
  @Option(help: "Messages a second.")
  var messagesPerSecond = 2_000
  @Option(help: "What is added to the engine's threads' nice value.")
  var nice = 10
  @Flag(help: "Give the engine's threads only the time that nobody else wants.")
  var onlyIdleTime = false
  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`; the fields are those of the command's discussion.
  struct Report: Encodable {
    let bench: String
    let rounds: Int
    let milliseconds: Int64
    let messagesPerSecond: Int
    var p50MillisecondsAtRest = 0.0
    var p50MillisecondsSaturated = 0.0
    var p99MillisecondsAtRest = 0.0
    var p99MillisecondsSaturated = 0.0
    var p99Ratio = 0.0
    var cpuMicrosecondsPerMessageAtRest = 0.0
    var cpuMicrosecondsPerMessageSaturated = 0.0
    var tokensPerSecond = 0.0
    var tokensPerSecondAlone = 0.0
    var urgentP50MillisecondsAlone = 0.0
    var urgentP99MillisecondsAlone = 0.0
    var urgentP50MillisecondsSaturated = 0.0
    var urgentP99MillisecondsSaturated = 0.0
  }

  /// One window.
  private struct Window {
    var p50 = 0.0
    var p99 = 0.0
    var cpuMicroseconds = 0.0
  }

  /// What the server says that it has done.
  private struct Figures {
    let tokenCount: Double
    let urgentP50: Double
    let urgentP99: Double

    init?(_ line: String?) {
      let fields = (line ?? "").split(separator: " ").compactMap { Double($0) }
      guard fields.count == 4 else { return nil }
      (tokenCount, urgentP50, urgentP99) = (fields[0], fields[2], fields[3])
    }
  }

  func validate() throws {
    guard (1...1_000).contains(rounds), (100...60_000).contains(milliseconds),
      (100...200_000).contains(messagesPerSecond), (0...19).contains(nice)
    else {
      throw ValidationError(
        """
        --rounds takes 1 to 1,000, --milliseconds 100 to 60,000, --messages-per-second 100 to \
        200,000, --nice 0 to 19.
        """)
    }
  }

  func run() throws {
    var arguments = ["--nice", "\(nice)"]
    if onlyIdleTime { arguments.append("--only-idle-time") }
    arguments += models.arguments
    BenchReport.note("loading the models")
    let server = try BenchServer(arguments, subcommand: "beside-server")
    var report = Report(
      bench: "beside", rounds: rounds, milliseconds: milliseconds,
      messagesPerSecond: messagesPerSecond)
    try measureEcho(server, &report)
    try measureUrgent(server, &report)
    if json { try BenchReport.print(report) } else { print(report) }
  }

  private func tell(_ server: BenchServer, _ line: String) throws -> Figures {
    server.process.writeLine(line)
    guard let figures = Figures(server.process.readLine()) else { throw BenchError.serverEnded }
    return figures
  }

  private func measureEcho(_ server: BenchServer, _ report: inout Report) throws {
    var load = try PacedLoad(port: server.port, connections: 100, payloadByteCount: 128)
    defer { load.close() }
    var (rest, busy): ([Window], [Window]) = ([], [])
    var tokens: [Double] = []
    _ = try load.run(milliseconds: 300, messagesPerSecond: messagesPerSecond)
    for round in 0..<rounds {
      BenchReport.note("window \(round + 1) of \(rounds)")
      rest.append(try window(&load, server))
      _ = try tell(server, "saturate")
      _ = try load.run(milliseconds: 200, messagesPerSecond: messagesPerSecond)
      _ = try tell(server, "figures")
      busy.append(try window(&load, server))
      tokens.append(try tell(server, "rest").tokenCount * 1e3 / Double(milliseconds))
      // What has begun ends.
      _ = try load.run(milliseconds: 600, messagesPerSecond: messagesPerSecond)
    }
    report.p50MillisecondsAtRest = BenchReport.median(rest.map(\.p50))
    report.p50MillisecondsSaturated = BenchReport.median(busy.map(\.p50))
    report.p99MillisecondsAtRest = BenchReport.median(rest.map(\.p99))
    report.p99MillisecondsSaturated = BenchReport.median(busy.map(\.p99))
    report.p99Ratio = BenchReport.median(zip(busy, rest).map { $0.p99 / max(1e-6, $1.p99) })
    report.cpuMicrosecondsPerMessageAtRest = BenchReport.median(rest.map(\.cpuMicroseconds))
    report.cpuMicrosecondsPerMessageSaturated = BenchReport.median(busy.map(\.cpuMicroseconds))
    report.tokensPerSecond = BenchReport.median(tokens)
  }

  private func window(_ load: inout PacedLoad, _ server: BenchServer) throws -> Window {
    let before = server.cpuSeconds - server.niceCPUSeconds
    let (echoed, latencies) = try load.run(
      milliseconds: milliseconds, messagesPerSecond: messagesPerSecond)
    let cpu = server.cpuSeconds - server.niceCPUSeconds - before
    return Window(
      p50: latencies.quantile(0.5), p99: latencies.quantile(0.99),
      cpuMicroseconds: cpu * 1e6 / Double(max(1, echoed)))
  }

  private func measureUrgent(_ server: BenchServer, _ report: inout Report) throws {
    BenchReport.note("urgent texts, alone and beside background work")
    var (alone, beside): ([Figures], [Figures]) = ([], [])
    for _ in 0..<rounds {
      _ = try tell(server, "probe")
      usleep(UInt32(milliseconds) * 1_000)
      alone.append(try tell(server, "rest"))
      _ = try tell(server, "saturate")
      usleep(UInt32(milliseconds) * 1_000)
      beside.append(try tell(server, "rest"))
      usleep(600_000)
      _ = try tell(server, "figures")
    }
    report.urgentP50MillisecondsAlone = BenchReport.median(alone.map(\.urgentP50))
    report.urgentP99MillisecondsAlone = BenchReport.median(alone.map(\.urgentP99))
    report.urgentP50MillisecondsSaturated = BenchReport.median(beside.map(\.urgentP50))
    report.urgentP99MillisecondsSaturated = BenchReport.median(beside.map(\.urgentP99))
    report.tokensPerSecondAlone = BenchReport.median(
      beside.map { $0.tokenCount * 1e3 / Double(milliseconds) })
  }

  private func print(_ report: Report) {
    func rounded(_ value: Double) -> Double { BenchReport.rounded(value) }
    Swift.print(
      """
      echo of \(messagesPerSecond) messages a second: p99 \(rounded(report.p99MillisecondsAtRest)) ms \
      with the engine at rest, \(rounded(report.p99MillisecondsSaturated)) ms saturated, ratio \
      \(rounded(report.p99Ratio)); p50 \(rounded(report.p50MillisecondsAtRest)) and \
      \(rounded(report.p50MillisecondsSaturated)) ms
      \(rounded(report.cpuMicrosecondsPerMessageAtRest)) and \
      \(rounded(report.cpuMicrosecondsPerMessageSaturated)) us CPU a message
      \(Int(report.tokensPerSecond)) background tokens a second beside it, \
      \(Int(report.tokensPerSecondAlone)) without messages
      urgent text of 24 tokens: p50 \(rounded(report.urgentP50MillisecondsAlone)), p99 \
      \(rounded(report.urgentP99MillisecondsAlone)) ms alone; \
      \(rounded(report.urgentP50MillisecondsSaturated)), \
      \(rounded(report.urgentP99MillisecondsSaturated)) ms beside background work
      """)
  }
}
