import ArenaProtocol
import ArenaTypes
import ArgumentParser
import CLinux
import Glibc
import WebSocketCodec

/// `neuronarena bench watch`: the watchers of `bench board --watchers`, in a process of their own.
struct BenchWatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Play in a contest and watch its board.", shouldDisplay: false)

  @Option var port: UInt16
  @Option var count: Int
  @Option var contest: String

  func run() throws {
    var watchers = try BoardWatchersLoad(
      port: port, count: count, contest: ContestID(rawValue: contest))
    try watchers.receive { $0.ownCounts.allSatisfy { $0 > 0 } }
    print("ready")
    fflush(nil)
    watchers.restart()
    try watchers.receive { _ in false }
    print(
      """
      \(watchers.versionCount) \(watchers.ownCount) \(watchers.byteCount) \
      \(watchers.lastVersions.min() ?? 0) \(watchers.lastVersions.max() ?? 0)
      """)
  }
}

/// Many players of one contest who watch its board, on one thread.
struct BoardWatchersLoad {
  private let epoll = ca_epoll_create()
  private let contest: ContestID
  private var descriptors: [Int32] = []
  private var receivers: [MessageReceiver]
  private var rests: [[UInt8]]
  private(set) var ownCounts: [Int]
  private(set) var lastVersions: [Int]
  private(set) var versionCount = 0
  private(set) var ownCount = 0
  private(set) var byteCount = 0

  init(port: UInt16, count: Int, contest: ContestID) throws {
    self.contest = contest
    receivers = (0..<count).map { _ in MessageReceiver(endpoint: .client) }
    rests = [[UInt8]](repeating: [], count: count)
    ownCounts = [Int](repeating: 0, count: count)
    lastVersions = ownCounts
    for index in 0..<count {
      let descriptor = try BenchConnection.open(
        port: port, target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
      _ = ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), UInt64(index))
      descriptors.append(descriptor)
      try send(
        .hello(.init(protocolName: "neuronarena.v1", client: "bench/1", name: "Watcher")), "h",
        descriptor)
    }
  }

  /// Counts from here on.
  mutating func restart() {
    (versionCount, ownCount, byteCount) = (0, 0, 0)
  }

  /// Receives until `isDone`, or until nothing has come for three seconds.
  mutating func receive(until isDone: (Self) -> Bool) throws {
    var events = [ca_event](repeating: ca_event(), count: 1_024)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)
    defer { buffer.deallocate() }
    while !isDone(self) {
      let count = ca_epoll_wait(epoll, &events, 1_024, 3_000)
      if count == 0 { return }
      for index in 0..<max(0, Int(count)) { try receive(Int(events[index].data), buffer) }
    }
  }

  private mutating func receive(_ client: Int, _ buffer: UnsafeMutableRawBufferPointer) throws {
    buffer.copyBytes(from: rests[client])
    let start = rests[client].count
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
    let count = ca_receive(descriptors[client], space.baseAddress, space.count)
    guard count > 0 else { throw BenchError.serverEnded }
    byteCount += count
    var input = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(start + count)])
    while let event = receivers[client].next(&input, limits: WebSocketLimits()) {
      if case .text(let text) = event { try note(text, client) }
    }
    rests[client] = Array(input)
  }

  private mutating func note(_ text: UnsafeRawBufferPointer, _ client: Int) throws {
    // An event's type stands first, an answer's behind the command's id.
    let head = String(decoding: text.prefix(40), as: UTF8.self)
    if head.hasPrefix("{\"type\":\"board.own\"") {
      ownCounts[client] += 1
      ownCount += 1
    } else if head.hasPrefix("{\"type\":\"board.") {
      versionCount += 1
      lastVersions[client] = offset(in: text)
    } else if head.hasPrefix("{\"re\":\"h\",\"type\":\"ok\"") {
      try send(.contestStart(.init(contest: contest)), "s", descriptors[client])
    } else if head.hasPrefix("{\"re\":\"s\",\"type\":\"ok\"") {
      try send(.subscribe(.init(topic: .board(contest), own: true)), "f", descriptors[client])
    } else if head.contains("\"type\":\"error\"") {
      throw BenchError.unexpected(String(decoding: text.prefix(300), as: UTF8.self))
    }
  }

  private func offset(in text: UnsafeRawBufferPointer) -> Int {
    let head = String(decoding: text.prefix(200), as: UTF8.self)
    guard let key = head.firstRange(of: "\"offset\":") else { return 0 }
    return Int(head[key.upperBound...].prefix { $0.isNumber }) ?? 0
  }

  private func send(_ command: ClientCommand, _ id: String, _ descriptor: Int32) throws {
    guard let id = Wire.CommandID(rawValue: id) else { return }
    let text = String(decoding: Envelope.command(command, id: id), as: UTF8.self)
    let frame = FrameEncoder.frame(text: text, maskingKey: MaskingKey(1, 2, 3, 4))
    guard frame.withUnsafeBytes({ ca_send(descriptor, $0.baseAddress, $0.count) }) == frame.count
    else { throw BenchError.serverEnded }
  }
}
