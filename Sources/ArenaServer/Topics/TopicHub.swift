import DispatchTransport

/// What one player's connections on one shard are told beside a topic's content.
struct OwnFrame: Sendable {
  let connections: [ConnectionID]
  let frame: SharedFrame
}

/// The connections of one shard that follow topics, whatever shard owns the topic.
///
/// An event is encoded once by its room; each shard with subscribers gets the same frame in one post
/// and appends it to their queues by reference.
final class TopicHub {
  private struct Subscribers {
    var connections = DenseSet<ConnectionID>()
    /// The number under which the latest-wins lane knows the topic; the next one is that of what each
    /// subscriber is told alone.
    let channel: UInt32
  }

  private let shard: any TransportShard
  private var topics: [TopicName: Subscribers] = [:]
  private var nextChannel: UInt32 = 1

  init(shard: any TransportShard) { self.shard = shard }

  /// How many connections of this shard follow `topic`.
  func subscriberCount(of topic: TopicName) -> Int { topics[topic]?.connections.count ?? 0 }

  /// Adds a connection; harmless for one that follows `topic` already.
  func subscribe(_ connection: ConnectionID, to topic: TopicName) {
    if topics[topic] == nil {
      topics[topic] = Subscribers(channel: nextChannel)
      nextChannel &+= 2
    }
    topics[topic]?.connections.insert(connection)
  }

  /// Removes a connection.
  func unsubscribe(_ connection: ConnectionID, from topic: TopicName) {
    topics[topic]?.connections.remove(connection)
    if topics[topic]?.connections.isEmpty == true { topics[topic] = nil }
  }

  /// Sends an event to every subscriber in the lossless lane.
  func deliver(_ frame: SharedFrame, on topic: TopicName) {
    guard let subscribers = topics[topic] else { return }
    for connection in subscribers.connections.elements { shard.send(frame, to: connection) }
  }

  /// Sends content to every subscriber in the latest-wins lane.
  func deliver(_ frame: LatestFrame, on topic: TopicName) {
    guard let subscribers = topics[topic] else { return }
    for connection in subscribers.connections.elements {
      shard.sendLatest(frame, channel: subscribers.channel, to: connection)
    }
  }

  /// Sends content to every subscriber, and behind it to some what is theirs alone, in the latest-wins
  /// lane.
  func deliver(_ frame: LatestFrame, own: [OwnFrame], on topic: TopicName) {
    deliver(frame, on: topic)
    deliver(own, on: topic)
  }

  /// Sends some subscribers what is theirs alone, in the latest-wins lane.
  func deliver(_ own: [OwnFrame], on topic: TopicName) {
    guard let subscribers = topics[topic] else { return }
    for own in own {
      for connection in own.connections where subscribers.connections.contains(connection) {
        shard.sendLatest(
          LatestFrame(delta: own.frame, snapshot: own.frame), channel: subscribers.channel &+ 1,
          to: connection)
      }
    }
  }

  /// Sends content to one subscriber in the latest-wins lane.
  func deliver(_ frame: LatestFrame, on topic: TopicName, to connection: ConnectionID) {
    guard let subscribers = topics[topic] else { return }
    shard.sendLatest(frame, channel: subscribers.channel, to: connection)
  }
}
