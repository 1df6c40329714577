import CLinux
import Glibc
import WebSocketCodec

/// Clients that send a message again as soon as its echo is back.
struct EchoLoad {
  private let epoll: Int32
  private let descriptors: [Int32]
  private let request: [UInt8]
  private let replyByteCount: Int
  private var missing: [Int]

  /// Connects.
  ///
  /// - Parameters:
  ///   - isRaw: Whether the server echoes bytes as they are, mask included, instead of messages.
  ///   - inFlight: How many messages of each connection are on the way at once.
  init(
    port: UInt16, isRaw: Bool, connections: Int, payloadByteCount: Int, inFlight: Int
  ) throws {
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: payloadByteCount)
    let frame = FrameEncoder.frame(.text, payload, maskingKey: MaskingKey(1, 2, 3, 4))
    request = frame
    replyByteCount =
      isRaw ? frame.count : FrameEncoder.byteCount(payloadByteCount: payloadByteCount)
    epoll = ca_epoll_create()
    descriptors =
      isRaw
      ? try (0..<connections).map { _ in try BenchConnection.open(port: port, target: nil) }
      : try HandshakeLoad.open(connections, port: port, target: "/echo")
    for (index, descriptor) in descriptors.enumerated() {
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
    }
    missing = [Int](repeating: replyByteCount, count: connections)
    for descriptor in descriptors { Self.send(request, times: inFlight, to: descriptor) }
  }

  private static func send(_ request: [UInt8], times: Int, to descriptor: Int32) {
    let bytes = times == 1 ? request : Array(repeatElement(request, count: times).joined())
    _ = bytes.withUnsafeBytes { ca_send(descriptor, $0.baseAddress, $0.count) }
  }

  /// Keeps sending for a while; how many messages came back in it.
  mutating func run(milliseconds: Int64) throws -> Int {
    let end = ca_monotonic_nanoseconds() + milliseconds * 1_000_000
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var echoed = 0
    while ca_monotonic_nanoseconds() < end {
      let count = ca_epoll_wait(epoll, &events, 1_024, 20)
      for index in 0..<max(0, Int(count)) {
        let client = Int(events[index].data)
        let received = ca_receive(descriptors[client], &buffer, buffer.count)
        guard received > 0 else { throw BenchError.serverEnded }
        missing[client] -= received
        var whole = 0
        while missing[client] <= 0 {
          missing[client] += replyByteCount
          whole += 1
        }
        if whole > 0 { Self.send(request, times: whole, to: descriptors[client]) }
        echoed += whole
      }
    }
    return echoed
  }

  func close() {
    for descriptor in descriptors { Glibc.close(descriptor) }
    Glibc.close(epoll)
  }
}
