import CLinux
import Glibc
import WebSocketCodec

/// Subscribers, and a publisher that sends on when all of them have what was sent before.
struct PublishLoad {
  private let epoll: Int32
  private let publisher: Int32
  private let subscribers: [Int32]
  private let message: [UInt8]
  private let frameByteCount: Int
  private let window: Int
  /// Bytes that each has received.
  private var received: [Int]
  /// By message number modulo its size: how many subscribers have it.
  private var haveIt = [Int](repeating: 0, count: 256)
  private var publishedCount = 0
  private var completedCount = 0

  /// Connects.
  ///
  /// - Parameter window: How many messages are on the way at once, at most 128.
  init(port: UInt16, subscriberCount: Int, payloadByteCount: Int, window: Int) throws {
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: payloadByteCount)
    message = FrameEncoder.frame(.text, payload, maskingKey: MaskingKey(1, 2, 3, 4))
    frameByteCount = FrameEncoder.byteCount(payloadByteCount: payloadByteCount)
    self.window = min(128, window)
    subscribers = try HandshakeLoad.open(subscriberCount, port: port, target: "/sub")
    publisher = try BenchConnection.open(port: port, target: "/pub")
    received = [Int](repeating: 0, count: subscriberCount)
    epoll = ca_epoll_create()
    for (index, descriptor) in subscribers.enumerated() {
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
    }
  }

  /// Publishes for a while, and waits for what is on the way then; how many messages were delivered.
  mutating func run(milliseconds: Int64) throws -> Int {
    let end = ca_monotonic_nanoseconds() + milliseconds * 1_000_000
    let completedBefore = completedCount
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)
    defer { buffer.deallocate() }
    try publish(window)
    while completedCount < publishedCount {
      let count = ca_epoll_wait(epoll, &events, 1_024, 5_000)
      guard count > 0 else { throw BenchError.unexpected("a message did not arrive") }
      let before = completedCount
      for event in events[..<Int(count)] { try receive(Int(event.data), buffer) }
      if completedCount > before, ca_monotonic_nanoseconds() < end {
        try publish(completedCount - before)
      }
    }
    return (completedCount - completedBefore) * subscribers.count
  }

  private mutating func publish(_ count: Int) throws {
    publishedCount += count
    let bytes = count == 1 ? message : Array(repeatElement(message, count: count).joined())
    let sent = bytes.withUnsafeBytes { ca_send(publisher, $0.baseAddress, $0.count) }
    guard sent == bytes.count else { throw BenchError.unexpected("the publisher is held up") }
  }

  @inline(__always)
  private mutating func receive(_ index: Int, _ buffer: UnsafeMutableRawBufferPointer) throws {
    let count = ca_receive(subscribers[index], buffer.baseAddress, buffer.count)
    guard count > 0 else { throw BenchError.serverEnded }
    let before = received[index] / frameByteCount
    received[index] += count
    let after = received[index] / frameByteCount
    guard after > before else { return }
    for message in before..<after {
      let place = message & 255
      haveIt[place] += 1
      if haveIt[place] == subscribers.count {
        haveIt[place] = 0
        completedCount += 1
      }
    }
  }

  func close() {
    for descriptor in subscribers { Glibc.close(descriptor) }
    Glibc.close(publisher)
    Glibc.close(epoll)
  }
}
