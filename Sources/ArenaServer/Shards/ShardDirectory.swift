import ArenaTypes
import DispatchTransport

/// Which shard owns what, and the way to it.
///
/// A room lives on the shard that its id hashes to, so every shard finds it without asking anybody.
/// What crosses between shards is values, posted in order; nothing waits for an answer.
final class ShardDirectory: Sendable {
  private struct Entry {
    let shard: any TransportShard
    let context: Confined<ShardContext>
  }

  private let entries = Locked<[Entry]>([])

  /// Adds the next shard; shards come in the order of their indices, before any traffic.
  func add(_ shard: any TransportShard, context: Confined<ShardContext>) {
    entries.withLock { entries in
      precondition(shard.index == entries.count, "shards are made in order")
      entries.append(Entry(shard: shard, context: context))
    }
  }

  /// Forgets the shards, which have ended; what is posted from here on is dropped.
  ///
  /// Directory and contexts hold each other until then.
  func removeAll() {
    var forgotten: [Entry] = []
    // They are let go outside of the lock, since what goes with them may post.
    entries.withLock { swap(&$0, &forgotten) }
  }

  /// How many shards there are.
  var count: Int { entries.withLock { $0.count } }

  /// The index of the shard that owns the room called `name`.
  func shardIndex(of name: String) -> Int { Self.place(of: name, among: count) }

  /// Which of `count` shards owns the room called `name`.
  static func place(of name: String, among count: Int) -> Int {
    // FNV leaves names that differ in their last letters alone close together, so it is mixed once
    // more (Fibonacci hashing); the high bits are the better ones.
    let hash = hash(of: name)
    let mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return Int((mixed >> 32) % UInt64(max(1, count)))
  }

  /// FNV-1a of 64 bits, since Swift's own hash differs from run to run and a journal is read by the
  /// next one.
  static func hash(of name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  /// Runs `work` on the shard with `index`, after everything posted there before; from anywhere.
  func post(to index: Int, _ work: @escaping @Sendable (ShardContext) -> Void) {
    let entry = entries.withLock { $0.indices.contains(index) ? $0[index] : nil }
    guard let entry else { return }
    entry.shard.post { work(entry.context.value) }
  }

  /// Runs `work` on the shard that owns the room called `name`.
  func post(toOwnerOf name: String, _ work: @escaping @Sendable (ShardContext) -> Void) {
    post(to: shardIndex(of: name), work)
  }

  /// Runs `work` on every shard.
  func postToAll(_ work: @escaping @Sendable (ShardContext) -> Void) {
    for index in 0..<count { post(to: index, work) }
  }
}
