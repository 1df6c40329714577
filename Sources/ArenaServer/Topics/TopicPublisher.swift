import ArenaTypes
import DispatchTransport

/// A room's end of one topic: numbers the events, keeps the last ones, and sends each once to every
/// shard that has subscribers.
///
/// It belongs to the queue of the shard that owns the room.
final class TopicPublisher {
  /// The topic.
  let topic: TopicName
  private let directory: ShardDirectory
  private let counters: ShardCounters
  private var log: TopicLog
  /// How many subscribers each shard has, by index.
  private var subscriberCounts: [Int] = []

  /// A topic without events.
  ///
  /// - Parameter historyCount: How many events a client may have missed and still get them.
  init(_ topic: TopicName, context: ShardContext, historyCount: Int) {
    self.topic = topic
    directory = context.directory
    counters = context.counters
    log = TopicLog(epoch: context.services.epoch, capacity: historyCount)
  }

  /// How many connections follow the topic.
  var subscriberCount: Int { subscriberCounts.reduce(0, +) }

  /// The place of the last event.
  var position: TopicPosition { TopicPosition(epoch: log.epoch, offset: log.offset) }

  /// Encodes an event for its place in the topic, and sends it in the lossless lane.
  func publish(_ encode: (TopicPosition) -> [UInt8]) {
    let next = TopicPosition(epoch: log.epoch, offset: log.offset + 1)
    let frame = SharedFrame(text: encode(next))
    log.append(frame)
    countVersion()
    let topic = topic
    for (shard, count) in subscriberCounts.enumerated() where count > 0 {
      directory.post(to: shard) { $0.hub.deliver(frame, on: topic) }
    }
  }

  /// Sends content in the latest-wins lane; the caller numbers it, and nothing is kept.
  func publishLatest(_ frame: LatestFrame) {
    countVersion()
    let topic = topic
    for (shard, count) in subscriberCounts.enumerated() where count > 0 {
      directory.post(to: shard) { $0.hub.deliver(frame, on: topic) }
    }
  }

  /// Sends content in the latest-wins lane, and to each shard behind it what is its subscribers' own.
  ///
  /// - Parameter own: By shard; what both tell reaches a connection in one send.
  func publishLatest(_ frame: LatestFrame, own: [Int: [OwnFrame]]) {
    countVersion()
    let topic = topic
    for (shard, count) in subscriberCounts.enumerated() where count > 0 {
      let own = own[shard] ?? []
      directory.post(to: shard) { $0.hub.deliver(frame, own: own, on: topic) }
    }
  }

  private func countVersion() {
    counters.withLock { $0.versions[topic.kind, default: 0] += 1 }
  }

  /// What a client has missed since `position`, or nil where it needs a snapshot.
  func frames(since position: TopicPosition?) -> [SharedFrame]? { log.frames(since: position) }

  /// Lets the events so far go, where nobody is expected to ask for them: who does gets a snapshot.
  func forgetHistory() { log.forget() }

  /// Counts a subscriber on a shard.
  func subscriberAdded(onShard shard: Int) {
    while subscriberCounts.count <= shard { subscriberCounts.append(0) }
    subscriberCounts[shard] += 1
  }

  /// Counts a subscriber of a shard out.
  func subscriberRemoved(onShard shard: Int) {
    guard subscriberCounts.indices.contains(shard), subscriberCounts[shard] > 0 else { return }
    subscriberCounts[shard] -= 1
  }
}
