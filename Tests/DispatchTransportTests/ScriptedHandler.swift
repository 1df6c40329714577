import ArenaTypes
import DispatchTransport
import Glibc
import HTTPCodec
import WebSocketCodec

/// What handlers have seen, in the order in which they saw it, for tests to wait on.
final class EventLog: Sendable {
  enum Event: Hashable, Sendable {
    case opened(ConnectionID)
    case text(ConnectionID, String)
    case binary(ConnectionID, [UInt8])
    case closed(ConnectionID, CloseCode?)
  }

  private let events = Locked<[Event]>([])

  func append(_ event: Event) { events.withLock { $0.append(event) } }

  var all: [Event] { events.withLock { $0 } }

  var openedIDs: [ConnectionID] {
    all.compactMap { if case .opened(let id) = $0 { id } else { nil } }
  }

  var closes: [ConnectionID: [CloseCode?]] {
    all.reduce(into: [:]) { closes, event in
      if case .closed(let id, let code) = event { closes[id, default: []].append(code) }
    }
  }
}

/// A handler that does what messages tell it to: `echo x`, `raw x`, `bye`, `latest n`, `flood n`,
/// `pending`, `work n`, `timer n`, `all x`, `greet`, `post x`.
final class ScriptedHandler: ShardHandler {
  let shard: any TransportShard
  let log: EventLog
  var page: [UInt8] = Array("hello".utf8)
  var acceptsBinary = false
  private var connections: [ConnectionID] = []

  init(_ shard: any TransportShard, _ log: EventLog) {
    self.shard = shard
    self.log = log
  }

  func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress) {
    connections.append(id)
    log.append(.opened(id))
    if request.path == "/peer" { shard.send(SharedFrame(text: describe(peer)), to: id) }
    if request.path == "/greet" { shard.send(SharedFrame(text: "welcome"), to: id) }
    if request.path == "/secure" { shard.send(SharedFrame(text: "\(peer.isSecure)"), to: id) }
    if request.path == "/unwelcome" { shard.close(id, code: .policyViolation, reason: "no") }
  }

  /// `host:port`, whether it is of this machine and whether it is secure, and the listener.
  private func describe(_ peer: PeerAddress) -> String {
    let words = [peer.isLoopback ? "local" : nil, peer.isSecure ? "secure" : nil]
    return (["\(peer)"] + words.compactMap(\.self) + ["at \(peer.listener)"])
      .joined(separator: " ")
  }

  func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer) {
    let message = String(decoding: text, as: UTF8.self)
    log.append(.text(id, message))
    let words = message.split(separator: " ", maxSplits: 1).map(String.init)
    perform(words[0], words.count > 1 ? words[1] : "", id)
  }

  private func perform(_ verb: String, _ argument: String, _ id: ConnectionID) {
    switch verb {
    case "echo": shard.send(SharedFrame(text: argument), to: id)
    case "raw":
      var text = argument
      text.withUTF8 { shard.send(text: UnsafeRawBufferPointer($0), to: id) }
    case "bye":
      shard.close(id, code: CloseCode(rawValue: 4_001), reason: argument)
      shard.send(SharedFrame(text: "never seen"), to: id)
    case "latest":
      for version in 1...(Int(argument) ?? 1) {
        let frame = LatestFrame(
          delta: SharedFrame(text: "delta \(version)"),
          snapshot: SharedFrame(text: "snapshot \(version)"))
        shard.sendLatest(frame, channel: 7, to: id)
      }
    case "channels":
      for channel in 0..<(UInt32(argument) ?? 1) {
        let frame = SharedFrame(text: "channel \(channel)")
        shard.sendLatest(LatestFrame(delta: frame, snapshot: frame), channel: channel, to: id)
      }
    case "flood":
      let frame = SharedFrame(text: String(repeating: "x", count: 1_000))
      for _ in 0..<(Int(argument) ?? 1) { shard.send(frame, to: id) }
    case "everyone":
      // The same frames to all, but for one who gets another one in between now and then.
      for number in 0..<(Int(argument) ?? 1) {
        let frame = SharedFrame(text: "\(number)")
        for connection in connections { shard.send(frame, to: connection) }
        if number % 7 == 3 { shard.send(SharedFrame(text: "more \(number)"), to: connections[1]) }
      }
    case "work":
      // As a handler that has too much to do, for as many milliseconds.
      usleep(UInt32(argument).map { $0 * 1_000 } ?? 0)
      shard.send(SharedFrame(text: "worked"), to: id)
    case "pending": shard.send(SharedFrame(text: "\(shard.pendingByteCount(of: id))"), to: id)
    case "timer":
      shard.scheduler.schedule(after: .milliseconds(Int(argument) ?? 0)) { [shard] in
        shard.send(SharedFrame(text: "timer"), to: id)
      }
    case "post":
      shard.post { [shard] in shard.send(SharedFrame(text: argument), to: id) }
      shard.send(SharedFrame(text: "before"), to: id)
    case "all": for each in connections { shard.send(SharedFrame(text: argument), to: each) }
    case "closeall": for each in connections { shard.close(each, code: .goingAway, reason: "") }
    default: break
    }
  }

  func messageReceived(_ id: ConnectionID, binary: UnsafeRawBufferPointer) -> Bool {
    log.append(.binary(id, Array(binary)))
    return acceptsBinary
  }

  func connectionClosed(_ id: ConnectionID, code: CloseCode?) {
    connections.removeAll { $0 == id }
    log.append(.closed(id, code))
    // A closed connection can be named without harm, and others told of it.
    shard.send(SharedFrame(text: "gone"), to: id)
    for each in connections where each.shardIndex == shard.index {
      if code == CloseCode(rawValue: 4_001) { shard.send(SharedFrame(text: "gone"), to: each) }
    }
  }

  func respond(to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress)
    -> HTTPReply
  {
    switch request.path {
    case "/page": HTTPReply(status: .ok, body: page)
    case "/peer": HTTPReply(status: .ok, text: describe(peer))
    case "/body": HTTPReply(status: .ok, body: Array(body))
    case "/bad": HTTPReply(status: .ok, fields: [HTTPField("X", "a\r\nSet-Cookie: b")])
    default: HTTPReply(status: .notFound, text: "nothing at \(request.path)")
    }
  }

  func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision {
    if request.path == "/refused" { return .refuse(HTTPReply(status: .forbidden, text: "no")) }
    return .accept(subprotocol: request.list("Sec-WebSocket-Protocol").first)
  }
}
