import ArgumentParser
import CLinux
import FoundationEssentials
import Glibc
import WebSocketCodec

/// `neuronarena bench broadcast`: boards pushed to many watchers.
///
/// Server and watchers run in processes of their own. Boards go out on the latest-wins lane, every
/// fourth time together with a message on the lossless lane. Latency is from the publisher's clock
/// before its send to the watcher's clock after its receive, through the server, on one machine.
struct BenchBroadcastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "broadcast",
    abstract: "Boards to 1,000 and 10,000 subscribers: deliveries per CPU second, and latency.")

  @Option(help: "Numbers of subscribers.")
  var subscribers: [Int] = [1_000, 10_000]

  @Option(help: "How long boards are pushed, in seconds.")
  var seconds = 4

  @Option(help: "Boards a second.")
  var rate = 4

  @Option(help: "Bytes of a board.")
  var boardByteCount = 600

  @Flag(help: "Print one JSON object.")
  var json = false

  /// One crowd and how it was served.
  struct Row: Encodable {
    /// Watchers.
    let subscribers: Int
    /// Boards that were published.
    var boards = 0
    /// Messages on the lossless lane that were published, the last included.
    var losslessMessages = 0
    /// Messages that arrived.
    var deliveries = 0
    /// Messages that arrived a second of server CPU.
    var deliveriesPerCPUSecond = 0.0
    /// Server CPU microseconds a delivery.
    var microsecondsPerDelivery = 0.0
    /// The median latency in milliseconds.
    var p50Milliseconds = 0.0
    /// The latency that 99 of 100 deliveries keep to, in milliseconds.
    var p99Milliseconds = 0.0
    /// Whether every watcher's last board was the last.
    var allEndedOnLastVersion = false
    /// Lossless messages that did not arrive.
    var losslessLost = 0
    /// Messages that came in the wrong order.
    var outOfOrder = 0
    /// Resident memory of the server a connection, all its watchers idle, in bytes.
    var residentBytesPerIdleConnection = 0
  }

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `broadcast`.
    let bench: String
    /// Bytes of a board.
    let boardByteCount: Int
    /// One for each number of subscribers.
    let rows: [Row]
  }

  func run() throws {
    var rows: [Row] = []
    for count in subscribers {
      let row = try measure(count)
      rows.append(row)
      if !json { print(row) }
    }
    if json {
      try BenchReport.print(
        Report(bench: "broadcast", boardByteCount: boardByteCount, rows: rows))
    }
  }

  private func measure(_ count: Int) throws -> Row {
    let server = try BenchServer(["--shards", "1"])
    var row = Row(subscribers: count)
    let residentBefore = server.residentByteCount
    let crowds = try connectCrowds(count, to: server)
    row.residentBytesPerIdleConnection =
      (server.residentByteCount - residentBefore) / max(1, count)
    let before = server.cpuSeconds
    try publish(&row, to: server)
    var onLast = true
    var complete = 0
    var latencies = LatencyHistogram()
    for crowd in crowds {
      let fields = (crowd.readLine() ?? "").split(separator: " ")
      let numbers = fields.prefix(6).compactMap { Int($0) }
      guard fields.count == 7, numbers.count == 6 else { throw BenchError.serverEnded }
      row.deliveries += numbers[0]
      row.losslessLost -= numbers[1]
      complete += numbers[2]
      onLast = onLast && numbers[3] == row.boards && numbers[4] == row.boards
      row.outOfOrder += numbers[5]
      latencies.merge(LatencyHistogram(encoded: fields[6]))
    }
    let cpu = server.cpuSeconds - before
    row.losslessLost += row.losslessMessages * count
    row.allEndedOnLastVersion = onLast && complete == count
    row.deliveriesPerCPUSecond = (Double(row.deliveries) / cpu).rounded()
    row.microsecondsPerDelivery = cpu * 1e6 / Double(max(1, row.deliveries))
    row.p50Milliseconds = BenchReport.rounded(latencies.quantile(0.5))
    row.p99Milliseconds = BenchReport.rounded(latencies.quantile(0.99))
    for crowd in crowds { crowd.end() }
    return row
  }

  /// Watchers in processes of at most 5,000 each.
  private func connectCrowds(_ count: Int, to server: BenchServer) throws -> [ChildProcess] {
    var crowds: [ChildProcess] = []
    var left = count
    while left > 0 {
      let size = min(5_000, left)
      let arguments = ["bench", "subscribe", "--port", "\(server.port)", "--count", "\(size)"]
      guard let crowd = ChildProcess(arguments), crowd.readLine() == "ready" else {
        throw BenchError.noServer
      }
      crowds.append(crowd)
      left -= size
    }
    return crowds
  }

  private func publish(_ row: inout Row, to server: BenchServer) throws {
    let publisher = try BenchConnection.open(port: server.port, target: "/pub/latest")
    defer { close(publisher) }
    let padding = String(repeating: "x", count: max(0, boardByteCount - 30))
    let start = ca_monotonic_nanoseconds()
    for version in 1...max(1, seconds * rate) {
      let due = start + Int64(version) * 1_000_000_000 / Int64(max(1, rate))
      usleep(UInt32(max(0, due - ca_monotonic_nanoseconds()) / 1_000))
      send("B \(version) \(ca_monotonic_nanoseconds()) \(padding)", to: publisher)
      row.boards = version
      if version % 4 == 0 {
        row.losslessMessages += 1
        send("L \(row.losslessMessages) \(ca_monotonic_nanoseconds())", to: publisher)
      }
    }
    send("L 0 \(ca_monotonic_nanoseconds()) \(row.losslessMessages)", to: publisher)
    row.losslessMessages += 1
  }

  private func send(_ text: String, to publisher: Int32) {
    let frame = FrameEncoder.frame(text: text, maskingKey: MaskingKey(1, 2, 3, 4))
    _ = frame.withUnsafeBytes { ca_send(publisher, $0.baseAddress, $0.count) }
  }

  private func print(_ row: Row) {
    Swift.print(
      """
      \(row.subscribers) subscribers: \(Int(row.deliveriesPerCPUSecond)) deliveries a CPU second \
      (\(BenchReport.rounded(row.microsecondsPerDelivery)) us each), p50 \(row.p50Milliseconds) ms, \
      p99 \(row.p99Milliseconds) ms, all on the last version: \(row.allEndedOnLastVersion), \
      lossless lost: \(row.losslessLost), \(row.residentBytesPerIdleConnection) bytes a idle connection
      """)
  }
}
