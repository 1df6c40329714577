import DispatchTransport

/// The connections of one shard that follow topics, whatever shard owns the topic.
///
/// An event is encoded once by its room; each shard with subscribers gets the same frame in one post
/// and appends it to their queues by reference.
final class TopicHub {
  private struct Subscribers {
    var connections: [ConnectionID] = []
    /// Where each connection stands in `connections`.
    var positions: [ConnectionID: Int] = [:]
    /// The number under which the latest-wins lane knows the topic.
    let channel: UInt32

    init(channel: UInt32) { self.channel = channel }

    mutating func add(_ connection: ConnectionID) {
      guard positions[connection] == nil else { return }
      positions[connection] = connections.count
      connections.append(connection)
    }

    /// Fills the gap with the last connection: their order means nothing.
    mutating func remove(_ connection: ConnectionID) {
      guard let position = positions.removeValue(forKey: connection),
        let last = connections.popLast()
      else { return }
      guard last != connection else { return }
      connections[position] = last
      positions[last] = position
    }
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
      nextChannel &+= 1
    }
    topics[topic]?.add(connection)
  }

  /// Removes a connection.
  func unsubscribe(_ connection: ConnectionID, from topic: TopicName) {
    topics[topic]?.remove(connection)
    if topics[topic]?.connections.isEmpty == true { topics[topic] = nil }
  }

  /// Sends an event to every subscriber in the lossless lane.
  func deliver(_ frame: SharedFrame, on topic: TopicName) {
    guard let subscribers = topics[topic] else { return }
    for connection in subscribers.connections { shard.send(frame, to: connection) }
  }

  /// Sends content to every subscriber in the latest-wins lane.
  func deliver(_ frame: LatestFrame, on topic: TopicName) {
    guard let subscribers = topics[topic] else { return }
    for connection in subscribers.connections {
      shard.sendLatest(frame, channel: subscribers.channel, to: connection)
    }
  }

  /// Sends content to one subscriber in the latest-wins lane.
  func deliver(_ frame: LatestFrame, on topic: TopicName, to connection: ConnectionID) {
    guard let subscribers = topics[topic] else { return }
    shard.sendLatest(frame, channel: subscribers.channel, to: connection)
  }
}
