import CLinux
import Glibc
import HTTPCodec

/// Clients that connect and shake hands, many at once.
struct HandshakeLoad {
  /// How many are on the way at a time.
  private static let concurrency = 64

  private let port: UInt16
  private let request: [UInt8]
  /// The size of the whole answer, if it is the request itself.
  private let echoByteCount: Int?
  private let isKept: Bool
  private let source: String?
  private let epoll: Int32
  private var answers: [Int32: [UInt8]] = [:]
  private var finished: [Int32] = []
  private var startedCount = 0

  /// Clients of a server.
  ///
  /// - Parameters:
  ///   - target: The path to be upgraded at.
  ///   - subprotocols: What to offer.
  ///   - isRaw: Whether the server sends the request back instead of answering it.
  ///   - isKept: Whether connections stay open; else each is closed when its answer is there.
  ///   - source: The numeric address to come from; by default one of 250 in turn, since a hundred
  ///     thousand connections from one address to one port would run out of ports.
  init(
    port: UInt16, target: String, subprotocols: [String] = [], isRaw: Bool = false, isKept: Bool,
    source: String? = nil
  ) throws {
    self.port = port
    self.isKept = isKept
    self.source = source
    request =
      try ClientHandshake(
        host: "127.0.0.1:\(port)", target: target, key: "dGhlIHNhbXBsZSBub25jZQ==",
        subprotocols: subprotocols
      ).requestBytes
    echoByteCount = isRaw ? request.count : nil
    epoll = ca_epoll_create()
  }

  /// Opens `count` connections for a load.
  static func open(
    _ count: Int, port: UInt16, target: String, subprotocols: [String] = [], source: String? = nil
  ) throws -> [Int32] {
    var load = try HandshakeLoad(
      port: port, target: target, subprotocols: subprotocols, isKept: true, source: source)
    return try load.run(count)
  }

  /// Makes `count` connections; the sockets that are open then.
  mutating func run(_ count: Int) throws -> [Int32] {
    defer { close(epoll) }
    var events = [ca_event](repeating: ca_event(), count: Self.concurrency)
    var buffer = [UInt8](repeating: 0, count: 4_096)
    var doneCount = 0
    do {
      while doneCount < count {
        while startedCount < count, answers.count < Self.concurrency { try start() }
        let ready = ca_epoll_wait(epoll, &events, Int32(events.count), 5_000)
        guard ready > 0 else { throw BenchError.handshakeFailed }
        for event in events[..<Int(ready)] {
          if try receive(Int32(truncatingIfNeeded: event.data), &buffer) { doneCount += 1 }
        }
      }
    } catch {
      for descriptor in finished + answers.keys { close(descriptor) }
      throw error
    }
    return finished
  }

  private mutating func start() throws {
    var address = ca_address()
    var own = ca_address()
    _ = ca_address_parse("127.0.0.1", port, &address)
    _ = ca_address_parse(source ?? "127.0.0.\(2 + startedCount % 250)", 0, &own)
    // The kernel completes it by itself, so this does not wait for the server's accept.
    let descriptor = ca_connect(&address, &own)
    guard descriptor >= 0 else { throw BenchError.notConnected(-descriptor) }
    startedCount += 1
    answers[descriptor] = []
    guard ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(descriptor)) == 0,
      request.withUnsafeBytes({ ca_send(descriptor, $0.baseAddress, $0.count) }) == request.count
    else { throw BenchError.handshakeFailed }
  }

  /// Whether the connection's answer is whole now.
  private mutating func receive(_ descriptor: Int32, _ buffer: inout [UInt8]) throws -> Bool {
    let count = ca_receive(descriptor, &buffer, buffer.count)
    guard count > 0 else { throw BenchError.handshakeFailed }
    answers[descriptor]?.append(contentsOf: buffer[..<count])
    let answer = answers[descriptor] ?? []
    if let echoByteCount {
      guard answer.count >= echoByteCount else { return false }
    } else {
      guard answer.suffix(4) == [13, 10, 13, 10] else { return false }
      guard answer.starts(with: Array("HTTP/1.1 101".utf8)) else {
        throw BenchError.handshakeFailed
      }
    }
    answers[descriptor] = nil
    if isKept {
      _ = ca_epoll_remove(epoll, descriptor)
      _ = ca_set_nonblocking(descriptor)
      finished.append(descriptor)
    } else {
      close(descriptor)
    }
    return true
  }
}
