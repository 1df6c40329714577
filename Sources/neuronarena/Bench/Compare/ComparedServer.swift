/// One of the servers that are compared, in a process of its own.
struct ComparedServer {
  /// What our own server is called in reports.
  static let ours = "ours"
  /// What the raw epoll loop in C is called.
  static let raw = "raw"

  /// What its figures are listed under.
  let name: String
  /// Its process.
  let server: BenchServer

  /// Where it listens on 127.0.0.1.
  var port: UInt16 { server.port }

  /// Whether it echoes bytes as they are and speaks no WebSocket.
  var isRaw: Bool { name == Self.raw }

  /// Our own server, or the raw loop.
  static func own(
    _ name: String, _ arguments: [String], processors: UInt64?
  ) throws -> ComparedServer {
    ComparedServer(name: name, server: try BenchServer(arguments, processors: processors))
  }

  /// Another server: a program that prints `port N` and serves until SIGTERM.
  static func peer(_ name: String, path: String, processors: UInt64?) throws -> ComparedServer {
    ComparedServer(
      name: name, server: try BenchServer(ChildProcess([], path: path, processors: processors)))
  }

  /// The server CPU seconds that `body` costs.
  func cpuSeconds(of body: () throws -> Void) rethrows -> Double {
    let before = server.cpuSeconds
    try body()
    return server.cpuSeconds - before
  }
}
