import ArenaCrypto
import CLinux
import Glibc
import HTTPCodec

/// Why a bench could not be run.
enum BenchError: Error, CustomStringConvertible {
  case noServer
  case notConnected(Int32)
  case handshakeFailed
  case serverEnded
  /// The server answered what the bench can't go on with.
  case unexpected(String)

  var description: String {
    switch self {
    case .noServer: "the bench's server did not start"
    case .notConnected(let errno): "connect: \(String(cString: strerror(errno)))"
    case .handshakeFailed: "the server refused the handshake"
    case .serverEnded: "the server closed a connection"
    case .unexpected(let what): "the server's answer is not the one expected: \(what)"
    }
  }
}

/// Connects clients of benches.
enum BenchConnection {
  /// A connected socket, non-blocking from here on, its WebSocket handshake done if there is a
  /// `target`.
  static func open(
    port: UInt16, target: String?, subprotocols: [String] = []
  ) throws -> Int32 {
    var address = ca_address()
    _ = ca_address_parse("127.0.0.1", port, &address)
    let descriptor = ca_connect(&address, nil)
    guard descriptor >= 0 else { throw BenchError.notConnected(-descriptor) }
    if let target {
      try shakeHands(descriptor, port: port, target: target, subprotocols: subprotocols)
    }
    _ = ca_set_nonblocking(descriptor)
    return descriptor
  }

  private static func shakeHands(
    _ descriptor: Int32, port: UInt16, target: String, subprotocols: [String]
  ) throws {
    let handshake = try ClientHandshake(
      host: "127.0.0.1:\(port)", target: target, key: "dGhlIHNhbXBsZSBub25jZQ==",
      subprotocols: subprotocols)
    let request = handshake.requestBytes
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
    else { throw BenchError.handshakeFailed }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1_024)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw BenchError.handshakeFailed }
      answer += buffer[..<count]
      let state = try answer.withUnsafeBytes { bytes in
        try handshake.answer(in: bytes) { Base64.encode(try SHA1.hash($0)) }
      }
      if case .incomplete = state { continue }
      guard case .accepted(let byteCount, _, _) = state, byteCount == answer.count else {
        throw BenchError.handshakeFailed
      }
      return
    }
  }
}

/// A server process of a bench.
struct BenchServer {
  let process: ChildProcess
  let port: UInt16

  /// Starts `bench serve`, or another subcommand that is a server.
  ///
  /// - Parameter processors: Where it may run, a bit a processor.
  init(
    _ arguments: [String], subcommand: String = "serve", processors: UInt64? = nil
  ) throws {
    let flag = subcommand == "serve" ? ["--until-input-ends"] : []
    try self.init(
      ChildProcess(["bench", subcommand] + flag + arguments, processors: processors))
  }

  /// Waits for the port of a process that has just been started.
  init(_ process: ChildProcess?) throws {
    guard let process, let line = process.readLine(), line.hasPrefix("port "),
      let port = UInt16(line.dropFirst(5))
    else { throw BenchError.noServer }
    self.process = process
    self.port = port
  }

  /// A server that listens already.
  init(process: ChildProcess, port: UInt16) {
    self.process = process
    self.port = port
  }

  /// The CPU time of all its threads so far, in seconds.
  var cpuSeconds: Double { Double(ca_process_cpu_nanoseconds(process.pid)) * 1e-9 }

  /// The CPU time so far of those of its threads that step back behind others: the engine's.
  var niceCPUSeconds: Double {
    let folder = "/proc/\(process.pid)/task"
    guard let tasks = opendir(folder) else { return 0 }
    defer { closedir(tasks) }
    var seconds = 0.0
    while let entry = readdir(tasks) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let id = UInt32(name), getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id) > 0,
        let fields = Self.fields(ofFileAt: "\(folder)/\(name)/schedstat"),
        let nanoseconds = fields.first
      else { continue }
      seconds += Double(nanoseconds) * 1e-9
    }
    return seconds
  }

  /// The whole numbers of a file's first line.
  private static func fields(ofFileAt path: String) -> [Int]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
  }

  /// How many descriptors it has open.
  var descriptorCount: Int {
    guard let folder = opendir("/proc/\(process.pid)/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // `.` and `..`.
    return count - 2
  }

  /// Its resident memory in bytes.
  var residentByteCount: Int {
    guard let fields = Self.fields(ofFileAt: "/proc/\(process.pid)/statm"), fields.count > 1
    else { return 0 }
    return fields[1] * sysconf(Int32(_SC_PAGESIZE))
  }
}
