import ArenaTestSupport
import CLinux
import DispatchTransport
import Glibc
import Testing
import WebSocketCodec

/// What a process runs out of, and what it must have back when its peers are gone.
///
/// Both run the program itself, since the descriptors and the memory of the process in which all
/// tests run say nothing about one server.
@Suite("Descriptors and memory")
struct ExhaustionTests {
  private func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<10_000 {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return condition()
  }

  /// Whether the tests run under a sanitizer.
  private static let isSanitized = getenv("NEURONARENA_SANITIZED") != nil

  private func echoes(_ client: WebSocketTestClient, _ text: String) throws -> Bool {
    try client.send(text: text)
    return try client.receiveText() == text
  }

  @Test("A server without descriptors serves on, does not spin, and takes newcomers later")
  func descriptors() async throws {
    let server = try #require(
      TestProcess(
        ["bench", "serve", "--shards", "1", "--connections", "1000"], descriptorCountMax: 48))
    let port = try #require(server.readPort())
    let first = try WebSocketTestClient(port: port, target: "/echo")
    #expect(try echoes(first, "before"))
    // More than it has descriptors for; what it can't accept waits in the kernel's backlog.
    var crowd = try (0..<100).map { _ in try TestSocket(port: port) }
    #expect(await eventually { server.descriptorCount >= 40 })
    let cpuBefore = ca_process_cpu_nanoseconds(server.pid)
    for round in 0..<50 {
      #expect(try echoes(first, "meanwhile \(round)"))
      try await Task.sleep(for: .milliseconds(10))
    }
    let cpu = ca_process_cpu_nanoseconds(server.pid) - cpuBefore
    #expect(cpu < 400_000_000, "\(cpu) ns in half a second")
    #expect(server.isRunning)
    for socket in crowd { socket.reset() }
    crowd = []
    let newcomers = try (0..<10).map { _ in try WebSocketTestClient(port: port, target: "/echo") }
    for newcomer in newcomers { #expect(try echoes(newcomer, "after")) }
    #expect(try echoes(first, "after all"))
  }

  @Test(
    "After thousands of connects, descriptors and memory are what they were",
    .disabled(if: Self.isSanitized, "a sanitizer keeps memory that was freed"))
  func churn() async throws {
    let server = try #require(TestProcess(["bench", "serve", "--shards", "1"]))
    let port = try #require(server.readPort())
    let sockets = server.socketCount
    // What is allocated once, such as lanes to be used again, is there after the first of them.
    for round in 0..<1_500 { try come(to: port, round) }
    #expect(await eventually { server.socketCount == sockets })
    let descriptors = server.descriptorCount
    let memory = server.residentByteCount
    for round in 0..<5_000 { try come(to: port, round) }
    #expect(await eventually { server.socketCount == sockets })
    #expect(server.descriptorCount == descriptors)
    let growth = server.residentByteCount - memory
    // 100 bytes a connection would be 500 KB.
    #expect(growth < 400_000, "\(growth) bytes more")
  }

  /// Connects, does one of the things that peers do, and goes.
  private func come(to port: UInt16, _ round: Int) throws {
    switch round % 6 {
    case 0: try TestSocket(port: port).reset()
    case 1:
      let socket = try TestSocket(port: port)
      try socket.send("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      _ = try socket.receiveAll()
    case 2:
      let socket = try TestSocket(port: port)
      try socket.send("GET /echo HTTP/1.1\r\nHo")
    case 3:
      let client = try WebSocketTestClient(port: port, target: "/echo")
      try client.send(.text, [UInt8](repeating: 0x61, count: 2_000), isFinal: false)
      client.socket.reset()
    case 4:
      let client = try WebSocketTestClient(port: port, target: "/echo")
      let text = String(repeating: "x", count: 3_000)
      try client.send(text: text)
      #expect(try client.receiveText() == text)
      try client.close()
    default:
      let client = try WebSocketTestClient(port: port, target: "/sub")
      try client.socket.send([0xFF])
      _ = try client.receiveClose()
    }
  }
}
