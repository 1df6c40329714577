import CLinux
import Glibc
import WebSocketCodec

/// Clients that send by the clock, whether or not the server keeps up, and time every echo.
struct PacedLoad {
  /// A connection beside the clients that is slow in its own way.
  enum Guest {
    /// It reads whatever comes.
    case reader
    /// It reads nothing of what is published to it.
    case stuck
    /// It sends and reads one byte a second.
    case trickling
  }

  private let epoll: Int32
  private let descriptors: [Int32]
  private let request: [UInt8]
  private let replyByteCount: Int
  private var received: [Int]
  /// By client: when its messages were sent that have not come back.
  private var sentAt: [[Int64]]
  private var guest: (kind: Guest, descriptor: Int32, publisher: Int32)?
  private static let guestPlace = UInt64.max
  /// What the guest is sent every 5 ms, 2 KB: 400 KB a second.
  private let publication = FrameEncoder.frame(
    .text, [UInt8](repeating: UInt8(ascii: "p"), count: 2_048),
    maskingKey: MaskingKey(4, 3, 2, 1))

  /// Connects.
  init(port: UInt16, connections: Int, payloadByteCount: Int) throws {
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: payloadByteCount)
    request = FrameEncoder.frame(.text, payload, maskingKey: MaskingKey(1, 2, 3, 4))
    replyByteCount = FrameEncoder.byteCount(payloadByteCount: payloadByteCount)
    descriptors = try HandshakeLoad.open(connections, port: port, target: "/echo")
    received = [Int](repeating: 0, count: connections)
    sentAt = [[Int64]](repeating: [], count: connections)
    epoll = ca_epoll_create()
    for (index, descriptor) in descriptors.enumerated() {
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
    }
  }

  /// Lets a guest in, and a publisher that sends to all of `/sub`.
  mutating func invite(_ kind: Guest, port: UInt16) throws {
    let target = kind == .trickling ? "/echo" : "/sub"
    let descriptor = try BenchConnection.open(port: port, target: target)
    let publisher = try BenchConnection.open(port: port, target: "/pub")
    if kind == .reader {
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), Self.guestPlace)
    }
    guest = (kind, descriptor, publisher)
  }

  /// Shows the guest out.
  mutating func dismiss() {
    guard let guest else { return }
    Glibc.close(guest.descriptor)
    Glibc.close(guest.publisher)
    self.guest = nil
  }

  /// Sends at a rate for a while; how many echoes came back, and how long they took.
  mutating func run(
    milliseconds: Int64, messagesPerSecond: Int
  ) throws -> (echoed: Int, latencies: LatencyHistogram) {
    var latencies = LatencyHistogram()
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    let start = ca_monotonic_nanoseconds()
    var (sent, echoed, guestTicks) = (0, 0, 0)
    while true {
      let now = ca_monotonic_nanoseconds() - start
      guard now < milliseconds * 1_000_000 else { break }
      let due = Int(now * Int64(messagesPerSecond) / 1_000_000_000)
      while sent < due {
        try send(from: sent % descriptors.count)
        sent += 1
      }
      let ticks = Int(now / 5_000_000)
      if ticks > guestTicks { serveGuest(tick: ticks) }
      guestTicks = ticks
      let count = ca_epoll_wait(epoll, &events, 1_024, 1)
      for event in events[..<max(0, Int(count))] {
        echoed += try receive(event.data, buffer, &latencies)
      }
    }
    return (echoed, latencies)
  }

  private mutating func send(from client: Int) throws {
    let count = request.withUnsafeBytes {
      ca_send(descriptors[client], $0.baseAddress, $0.count)
    }
    guard count == request.count else {
      throw BenchError.unexpected("the server does not keep up with the rate")
    }
    sentAt[client].append(ca_monotonic_nanoseconds())
  }

  private func serveGuest(tick: Int) {
    guard let guest else { return }
    if guest.kind == .trickling {
      guard tick % 200 == 1 else { return }
      var byte: UInt8 = 0
      _ = ca_receive(guest.descriptor, &byte, 1)
      // Byte by byte a frame of 2 KB, which will not be whole for half an hour.
      let place = tick / 200 % publication.count
      _ = publication.withUnsafeBytes {
        ca_send(guest.descriptor, $0.baseAddress?.advanced(by: place), 1)
      }
    } else {
      _ = publication.withUnsafeBytes { ca_send(guest.publisher, $0.baseAddress, $0.count) }
    }
  }

  private mutating func receive(
    _ place: UInt64, _ buffer: UnsafeMutableRawBufferPointer, _ latencies: inout LatencyHistogram
  ) throws -> Int {
    let isGuest = place == Self.guestPlace
    let client = isGuest ? 0 : Int(place)
    let descriptor = isGuest ? guest?.descriptor ?? -1 : descriptors[client]
    let count = ca_receive(descriptor, buffer.baseAddress, buffer.count)
    guard count > 0 else { throw BenchError.serverEnded }
    if isGuest { return 0 }
    received[client] += count
    let now = ca_monotonic_nanoseconds()
    let whole = received[client] / replyByteCount
    received[client] -= whole * replyByteCount
    for moment in sentAt[client].prefix(whole) { latencies.add(nanoseconds: now - moment) }
    sentAt[client].removeFirst(min(whole, sentAt[client].count))
    return whole
  }

  mutating func close() {
    dismiss()
    for descriptor in descriptors { Glibc.close(descriptor) }
    Glibc.close(epoll)
  }
}
