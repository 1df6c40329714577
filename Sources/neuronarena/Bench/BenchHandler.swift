import ArenaTypes
import DispatchTransport
import HTTPCodec
import Synchronization
import WebSocketCodec

/// The server that the network benches load: `/echo` answers each message with itself, `/sub`
/// receives what is sent to `/pub`.
///
/// A published message that begins with `L` goes to every subscriber's lossless lane, any other to
/// the latest-wins lane.
final class BenchHandler: ShardHandler {
  private enum Role {
    case echo, subscriber, publisher
  }

  private let shard: any TransportShard
  private let hub: BenchHub
  private let subscribers: Confined<SubscriberList>
  private var roles: [ConnectionID: Role] = [:]

  init(_ shard: any TransportShard, hub: BenchHub) {
    self.shard = shard
    self.hub = hub
    subscribers = Confined(SubscriberList(), to: .shard(shard))
    hub.add(shard, subscribers)
  }

  func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress) {
    switch request.path {
    case "/sub": subscribers.value.ids.append(id)
    case "/pub": roles[id] = .publisher
    default: break
    }
  }

  func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer) {
    if roles.isEmpty || roles[id] != .publisher {
      shard.send(text: text, to: id)
    } else {
      hub.publish(SharedFrame(text: text), isLossless: text.first == UInt8(ascii: "L"))
    }
  }

  func connectionClosed(_ id: ConnectionID, code: CloseCode?) {
    roles[id] = nil
    subscribers.value.ids.removeAll { $0 == id }
  }

  func respond(to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress)
    -> HTTPReply
  {
    HTTPReply(status: .notFound, text: "/echo, /sub and /pub are WebSockets")
  }

  func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision {
    switch request.path {
    case "/echo", "/sub", "/pub": .accept(subprotocol: nil)
    default: .refuse(HTTPReply(status: .notFound))
    }
  }
}

/// Who listens on one shard.
final class SubscriberList {
  var ids: [ConnectionID] = []
}

/// Carries what is published from the publisher's shard to all shards.
final class BenchHub: Sendable {
  private let shards = Mutex<[(any TransportShard, Confined<SubscriberList>)]>([])

  func add(_ shard: any TransportShard, _ subscribers: Confined<SubscriberList>) {
    shards.withLock { $0.append((shard, subscribers)) }
  }

  func publish(_ frame: SharedFrame, isLossless: Bool) {
    for (shard, subscribers) in shards.withLock({ $0 }) {
      shard.post {
        for id in subscribers.value.ids {
          if isLossless {
            shard.send(frame, to: id)
          } else {
            shard.sendLatest(LatestFrame(delta: frame, snapshot: frame), channel: 1, to: id)
          }
        }
      }
    }
  }
}
