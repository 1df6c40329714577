import ArgumentParser
import CLinux
import Glibc
import WebSocketCodec

/// `neuronarena bench subscribe`: the watchers of `bench broadcast`, in a process of their own.
struct BenchSubscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribe", abstract: "Watch /sub with many connections.", shouldDisplay: false)

  @Option var port: UInt16
  @Option var count: Int

  func run() throws {
    var load = try SubscriberLoad(port: port, count: count)
    print("ready")
    fflush(nil)
    try load.run()
    print(
      """
      \(load.deliveries) \(load.losslessDeliveries) \(load.clientsWithAllLossless) \
      \(load.lastVersions.min() ?? 0) \(load.lastVersions.max() ?? 0) \
      \(load.outOfOrder) \(load.latencies.encoded)
      """)
  }
}

/// Many watchers on one thread.
///
/// Messages are `B version nanoseconds` or `L number nanoseconds`; `L` with number 0 is the last.
struct SubscriberLoad {
  private let epoll: Int32
  private let descriptors: [Int32]
  private var receivers: [MessageReceiver]
  private var rests: [[UInt8]]
  private(set) var lastVersions: [Int]
  private var losslessCounts: [Int]
  private var finalCounts: [Int?]
  private(set) var deliveries = 0
  private(set) var losslessDeliveries = 0
  private(set) var outOfOrder = 0
  private(set) var latencies = LatencyHistogram()

  init(port: UInt16, count: Int) throws {
    epoll = ca_epoll_create()
    var opened: [Int32] = []
    for index in 0..<count {
      let descriptor = try BenchConnection.open(port: port, target: "/sub")
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
      opened.append(descriptor)
    }
    descriptors = opened
    receivers = (0..<count).map { _ in MessageReceiver(endpoint: .client) }
    rests = [[UInt8]](repeating: [], count: count)
    lastVersions = [Int](repeating: 0, count: count)
    losslessCounts = [Int](repeating: 0, count: count)
    finalCounts = [Int?](repeating: nil, count: count)
  }

  /// How many watchers got each lossless message, the last one included.
  var clientsWithAllLossless: Int {
    zip(losslessCounts, finalCounts).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
  }

  /// Receives until every watcher has had the last message, or nothing has come for five seconds.
  mutating func run() throws {
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    var unfinished = descriptors.count
    while unfinished > 0 {
      let count = ca_epoll_wait(epoll, &events, 1_024, 5_000)
      if count == 0 { break }
      for index in 0..<max(0, Int(count)) {
        let client = Int(events[index].data)
        let wasFinished = finalCounts[client] != nil
        try receive(client, buffer)
        if !wasFinished, finalCounts[client] != nil { unfinished -= 1 }
      }
    }
  }

  private mutating func receive(_ client: Int, _ buffer: UnsafeMutableRawBufferPointer) throws {
    buffer.copyBytes(from: rests[client])
    let start = rests[client].count
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
    let count = ca_receive(descriptors[client], space.baseAddress, space.count)
    guard count > 0 else { throw BenchError.serverEnded }
    let now = ca_monotonic_nanoseconds()
    var input = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(start + count)])
    while let event = receivers[client].next(&input, limits: WebSocketLimits()) {
      if case .text(let text) = event { note(text, client, now) }
    }
    rests[client] = Array(input)
  }

  private mutating func note(_ text: UnsafeRawBufferPointer, _ client: Int, _ now: Int64) {
    let words = text.split(separator: UInt8(ascii: " "), maxSplits: 3)
    guard words.count >= 3, let number = Int(String(decoding: words[1], as: UTF8.self)),
      let sentAt = Int64(String(decoding: words[2], as: UTF8.self))
    else { return }
    deliveries += 1
    latencies.add(nanoseconds: now - sentAt)
    if words[0].first == UInt8(ascii: "B") {
      if number <= lastVersions[client] { outOfOrder += 1 }
      lastVersions[client] = number
      return
    }
    losslessDeliveries += 1
    // The last one, numbered 0, says how many there were.
    if number == 0 {
      finalCounts[client] = Int(String(decoding: words[3], as: UTF8.self)) ?? -1
    } else {
      losslessCounts[client] += 1
      if number != losslessCounts[client] { outOfOrder += 1 }
    }
  }
}

/// Times counted in buckets 2 % wide, which can be merged across processes.
struct LatencyHistogram {
  private var counts: [Int: Int] = [:]
  private static let bucketsPerFactor = 50.0

  mutating func add(nanoseconds: Int64) {
    counts[Int(log(Double(max(1, nanoseconds))) * Self.bucketsPerFactor), default: 0] += 1
  }

  mutating func merge(_ other: LatencyHistogram) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// The time below which that share of all lies, in milliseconds; 0 of none.
  func quantile(_ share: Double) -> Double {
    let total = counts.values.reduce(0, +)
    var left = Int((Double(total) * share).rounded(.up))
    for bucket in counts.keys.sorted() {
      left -= counts[bucket] ?? 0
      if left <= 0 { return exp((Double(bucket) + 0.5) / Self.bucketsPerFactor) * 1e-6 }
    }
    return 0
  }

  /// `bucket:count` joined by commas.
  var encoded: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }

  init() {}

  init(encoded: some StringProtocol) {
    for pair in encoded.split(separator: ",") {
      let parts = pair.split(separator: ":").compactMap { Int($0) }
      if parts.count == 2 { counts[parts[0]] = parts[1] }
    }
  }
}
