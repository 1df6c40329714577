import ArgumentParser
import CLinux
import Glibc
import WebSocketCodec

/// `neuronarena bench churn`: what connections leave behind in a server when they are gone.
///
/// Peers come one after the other and go in every way that peers go: with a reset at once, after a
/// request, in the middle of one, with half a message sent, after an echo and a closing handshake,
/// after a violation. A first part of them is not counted, since what is allocated once is there
/// after it. The bench fails if a descriptor is left, or more memory than the allocator's own noise.
struct BenchChurnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "churn",
    abstract: "Descriptors and memory of a server before and after many connections.")

  @Option(help: "How many connections.")
  var connections = 100_000

  @Option(help: "How many shards the server has.")
  var shards = 1

  @Option(help: "How many bytes of memory the server may have more afterwards.")
  var growthByteCountMax = 1 << 20

  @Flag(help: "Print one JSON object.")
  var json = false

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `churn`.
    let bench: String
    /// How many came and went.
    let connections: Int
    /// How long they took.
    let seconds: Double
    /// The server's CPU time for each.
    let serverMicroseconds: Double
    /// The server's descriptors before.
    let descriptorsBefore: Int
    /// The server's descriptors after.
    let descriptorsAfter: Int
    /// The server's resident memory before, in bytes.
    let residentBefore: Int
    /// The server's resident memory after, in bytes.
    let residentAfter: Int
  }

  func run() throws {
    let server = try BenchServer(["--shards", String(shards)])
    var guests = ChurnGuests(port: server.port)
    for _ in 0..<max(2_000, connections / 20) { try guests.next() }
    let descriptorsBefore = settledDescriptorCount(of: server)
    let residentBefore = server.residentByteCount
    let begun = ca_monotonic_nanoseconds()
    let cpuBefore = server.cpuSeconds
    for number in 1...max(1, connections) {
      try guests.next()
      if number.isMultiple(of: 20_000) { BenchReport.note("\(number) connections") }
    }
    let nanoseconds = ca_monotonic_nanoseconds() - begun
    let report = Report(
      bench: "churn", connections: connections,
      seconds: BenchReport.rounded(Double(nanoseconds) * 1e-9),
      serverMicroseconds: BenchReport.rounded(
        (server.cpuSeconds - cpuBefore) * 1e6 / Double(connections)),
      descriptorsBefore: descriptorsBefore,
      descriptorsAfter: settledDescriptorCount(of: server),
      residentBefore: residentBefore, residentAfter: server.residentByteCount)
    try tell(report)
  }

  private func tell(_ report: Report) throws {
    if json {
      try BenchReport.print(report)
    } else {
      print(
        """
        \(report.connections) connections in \(report.seconds) s, \(report.serverMicroseconds) us \
        of server CPU each: descriptors \(report.descriptorsBefore) -> \(report.descriptorsAfter), \
        resident \(report.residentBefore) -> \(report.residentAfter) bytes
        """)
    }
    if report.descriptorsAfter != report.descriptorsBefore {
      throw BenchError.unexpected("descriptors are left")
    }
    if report.residentAfter - report.residentBefore > growthByteCountMax {
      throw BenchError.unexpected("memory is left")
    }
  }

  /// The server's descriptors once it has closed what the last guests left; within three seconds.
  private func settledDescriptorCount(of server: BenchServer) -> Int {
    var count = server.descriptorCount
    for _ in 0..<30 {
      usleep(100_000)
      let next = server.descriptorCount
      if next == count { return count }
      count = next
    }
    return count
  }
}

/// Peers that come one after the other and go each in another way.
private struct ChurnGuests {
  let port: UInt16
  private var number = 0
  private let mask = MaskingKey(1, 2, 3, 4)

  init(port: UInt16) { self.port = port }

  mutating func next() throws {
    number += 1
    switch number % 6 {
    case 0: leave(try BenchConnection.open(port: port, target: nil))
    case 1:
      try send(
        "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        thenReadToEnd: try BenchConnection.open(port: port, target: nil))
    case 2:
      let socket = try BenchConnection.open(port: port, target: nil)
      send(Array("GET /echo HTTP/1.1\r\nHo".utf8), to: socket)
      leave(socket)
    case 3:
      let socket = try BenchConnection.open(port: port, target: "/echo")
      let half = [UInt8](repeating: 0x61, count: 2_000)
      send(FrameEncoder.frame(.text, half, isFinal: false, maskingKey: mask), to: socket)
      leave(socket)
    case 4:
      let text = FrameEncoder.frame(
        .text, [UInt8](repeating: 0x78, count: 3_000), maskingKey: mask)
      let socket = try BenchConnection.open(port: port, target: "/echo")
      send(text + FrameEncoder.closeFrame(.normal, maskingKey: mask), to: socket)
      try readToEnd(socket)
    default:
      let socket = try BenchConnection.open(port: port, target: "/sub")
      send([0xFF, 0x80], to: socket)
      try readToEnd(socket)
    }
  }

  private func send(_ bytes: [UInt8], to socket: Int32) {
    _ = bytes.withUnsafeBytes { ca_send(socket, $0.baseAddress, $0.count) }
  }

  private func send(_ text: String, thenReadToEnd socket: Int32) throws {
    send(Array(text.utf8), to: socket)
    try readToEnd(socket)
  }

  /// Reads until the server has ended its side, and leaves.
  private func readToEnd(_ socket: Int32) throws {
    defer { leave(socket) }
    var buffer = [UInt8](repeating: 0, count: 8_192)
    while true {
      var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 10_000) > 0 else {
        throw BenchError.unexpected("a connection that does not end")
      }
      let count = ca_receive(socket, &buffer, buffer.count)
      if count == 0 { return }
      if count < 0, count != -Int(EAGAIN) { throw BenchError.serverEnded }
    }
  }

  /// Closes with a reset: thousands of ports that wait for late packets would be used up.
  private func leave(_ socket: Int32) {
    _ = ca_set_reset_on_close(socket)
    close(socket)
  }
}
