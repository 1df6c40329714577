import ArenaTypes
import DispatchTransport
import HTTPCodec
import WebSocketCodec

/// The server that the network benches load: `/echo` answers each message with itself, and each
/// message to `/pub` goes to all of `/sub`, on all shards, losing none.
///
/// What is sent to `/pub/latest` goes to the latest-wins lanes of the same subscribers, but for what
/// begins with `L`. Texts and binary messages are treated alike.
final class BenchHandler: ShardHandler {
  private enum Role: UInt8 {
    case echo, subscriber, publisher, latestPublisher
  }

  private let shard: any TransportShard
  private let hub: BenchHub
  private let subscribers: Confined<SubscriberList>
  /// By slot; what is not in it echoes.
  @exclusivity(unchecked)
  private var roles: [Role] = []
  /// Every shard with its subscribers, once all are there.
  private var audience: [BenchHub.Part] = []

  init(_ shard: any TransportShard, hub: BenchHub) {
    self.shard = shard
    self.hub = hub
    subscribers = Confined(SubscriberList(), to: .shard(shard))
    hub.add(BenchHub.Part(shard: shard, subscribers: subscribers))
  }

  func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress) {
    switch request.path {
    case "/sub":
      subscribers.value.insert(id)
      setRole(.subscriber, of: id)
    case "/pub": setRole(.publisher, of: id)
    case "/pub/latest": setRole(.latestPublisher, of: id)
    default: break
    }
  }

  private func setRole(_ role: Role, of id: ConnectionID) {
    while roles.count <= id.slot { roles.append(.echo) }
    roles[id.slot] = role
  }

  private func role(of id: ConnectionID) -> Role {
    id.slot < roles.count ? roles[id.slot] : .echo
  }

  func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer) {
    switch role(of: id) {
    case .echo: shard.send(text: text, to: id)
    case .subscriber: break
    case .publisher: publish(SharedFrame(text: text), isLatest: false)
    case .latestPublisher:
      publish(SharedFrame(text: text), isLatest: text.first != UInt8(ascii: "L"))
    }
  }

  func messageReceived(_ id: ConnectionID, binary: UnsafeRawBufferPointer) -> Bool {
    switch role(of: id) {
    case .echo: shard.send(binary: binary, to: id)
    case .subscriber: break
    case .publisher: publish(SharedFrame(binary: binary), isLatest: false)
    case .latestPublisher:
      publish(SharedFrame(binary: binary), isLatest: binary.first != UInt8(ascii: "L"))
    }
    return true
  }

  /// Gives one encoded frame to every subscriber: here at once, elsewhere by post.
  private func publish(_ frame: SharedFrame, isLatest: Bool) {
    if audience.count < hub.shardCount { audience = hub.parts }
    for part in audience {
      if part.shard.index == shard.index {
        part.deliver(frame, isLatest: isLatest)
      } else {
        part.shard.post { part.deliver(frame, isLatest: isLatest) }
      }
    }
  }

  func connectionClosed(_ id: ConnectionID, code: CloseCode?) {
    switch role(of: id) {
    case .echo: return
    case .subscriber: subscribers.value.remove(id)
    case .publisher, .latestPublisher: break
    }
    roles[id.slot] = .echo
  }

  func respond(to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress)
    -> HTTPReply
  {
    HTTPReply(status: .notFound, text: "/echo, /sub, /pub and /pub/latest are WebSockets")
  }

  func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision {
    switch request.path {
    case "/echo", "/sub", "/pub", "/pub/latest": .accept(subprotocol: nil)
    default: .refuse(HTTPReply(status: .notFound))
    }
  }
}
