import ArgumentParser
import CLinux
import FoundationEssentials
import Glibc

/// `neuronarena bench echo`: server CPU per echoed message, beside a raw epoll loop in C.
///
/// Both servers run in processes of their own, one thread each, and get the same bytes from the same
/// load; rounds alternate between them. CPU time is the whole server process's, from the kernel.
struct BenchEchoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echo",
    abstract: "Server CPU time per echoed message, beside a raw C epoll loop.")

  @Option(help: "How many rounds of each server and load.")
  var rounds = 5

  @Option(help: "How long a round lasts, in milliseconds.")
  var milliseconds: Int64 = 700

  @Flag(help: "Print one JSON object.")
  var json = false

  /// One load and what it cost.
  struct Row: Encodable {
    /// Connections.
    let connections: Int
    /// Payload bytes of a message.
    let payloadByteCount: Int
    /// Messages of a connection on the way at once.
    let inFlight: Int
    /// Median CPU microseconds per message of this server.
    var serverMicroseconds = 0.0
    /// Median CPU microseconds per message of the raw loop.
    var rawMicroseconds = 0.0
    /// Median over the rounds of server by raw, each pair measured back to back.
    var ratio = 0.0
  }

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `echo`.
    let bench: String
    /// Rounds of each.
    let rounds: Int
    /// One for each load.
    let rows: [Row]
  }

  func run() throws {
    let pins = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1
    if pins { _ = ca_set_affinity(1 << 1) }
    let place: UInt64? = pins ? 1 << 0 : nil
    let server = try BenchServer(["--shards", "1"], processors: place)
    let raw = try BenchServer(["--raw"], processors: place)
    var rows: [Row] = []
    for (connections, byteCount, inFlight) in [(100, 32, 1), (1_000, 128, 1), (100, 32, 16)] {
      let row = try measure(
        Row(connections: connections, payloadByteCount: byteCount, inFlight: inFlight), server, raw)
      rows.append(row)
      if !json { print(row) }
    }
    if json { try BenchReport.print(Report(bench: "echo", rounds: rounds, rows: rows)) }
  }

  private func measure(_ row: Row, _ server: BenchServer, _ raw: BenchServer) throws -> Row {
    var row = row
    var servers: [Double] = []
    var raws: [Double] = []
    for round in 0..<rounds {
      // The first of a pair has the colder caches; take turns.
      if round % 2 == 0 {
        servers.append(try cost(row, server, isRaw: false))
        raws.append(try cost(row, raw, isRaw: true))
      } else {
        raws.append(try cost(row, raw, isRaw: true))
        servers.append(try cost(row, server, isRaw: false))
      }
    }
    row.serverMicroseconds = BenchReport.median(servers)
    row.rawMicroseconds = BenchReport.median(raws)
    row.ratio = BenchReport.median(zip(servers, raws).map { $0 / $1 })
    return row
  }

  /// CPU microseconds per message of one round.
  private func cost(_ row: Row, _ server: BenchServer, isRaw: Bool) throws -> Double {
    var load = try EchoLoad(
      port: server.port, isRaw: isRaw, connections: row.connections,
      payloadByteCount: row.payloadByteCount, inFlight: row.inFlight)
    defer { load.close() }
    _ = try load.run(milliseconds: 100)
    let before = server.cpuSeconds
    let echoed = try load.run(milliseconds: milliseconds)
    return (server.cpuSeconds - before) * 1e6 / Double(max(1, echoed))
  }

  private func print(_ row: Row) {
    let load = "\(row.connections) x \(row.payloadByteCount) B, \(row.inFlight) in flight"
    Swift.print(
      """
      \(load): \(BenchReport.rounded(row.serverMicroseconds)) us CPU a message, raw C epoll \
      \(BenchReport.rounded(row.rawMicroseconds)) us, ratio \(BenchReport.rounded(row.ratio))
      """)
  }
}

/// What the benches' reports have in common.
enum BenchReport {
  /// The middle one, or the mean of the two in the middle; 0 of none.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Two decimals.
  static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Tells on standard error how far a bench is.
  static func note(_ text: String) {
    let line = "bench: \(text)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  /// Prints one JSON object with sorted fields.
  static func print(_ report: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    Swift.print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }
}
