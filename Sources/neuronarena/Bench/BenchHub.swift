import ArenaTypes
import DispatchTransport

/// Where the shards of a bench's server find each other's subscribers.
final class BenchHub: Sendable {
  /// One shard and its subscribers.
  struct Part: Sendable {
    let shard: any TransportShard
    let subscribers: Confined<SubscriberList>

    /// Puts a frame on every subscriber's lane; on the shard.
    func deliver(_ frame: SharedFrame, isLatest: Bool) {
      if isLatest {
        let latest = LatestFrame(delta: frame, snapshot: frame)
        for id in subscribers.value.ids { shard.sendLatest(latest, channel: 1, to: id) }
      } else {
        for id in subscribers.value.ids { shard.send(frame, to: id) }
      }
    }
  }

  /// How many shards there will be.
  let shardCount: Int
  private let list = Locked<[Part]>([])

  init(shardCount: Int) { self.shardCount = shardCount }

  /// Those that have started.
  ///
  /// A shard keeps the list once it is whole, so no message takes the lock.
  var parts: [Part] { list.withLock { $0 } }

  func add(_ part: Part) { list.withLock { $0.append(part) } }
}

/// Who listens on one shard.
///
/// Joining and leaving are O(1): ten thousand who leave at once must not cost a hundred million
/// comparisons.
final class SubscriberList {
  /// In no order that means anything.
  private(set) var ids: [ConnectionID] = []
  /// By slot: where its connection stands in `ids`.
  private var places: [Int32] = []

  func insert(_ id: ConnectionID) {
    while places.count <= id.slot { places.append(-1) }
    places[id.slot] = Int32(ids.count)
    ids.append(id)
  }

  /// - Precondition: It was inserted.
  func remove(_ id: ConnectionID) {
    let place = Int(places[id.slot])
    places[id.slot] = -1
    let last = ids.removeLast()
    guard place < ids.count else { return }
    ids[place] = last
    places[last.slot] = Int32(place)
  }
}
