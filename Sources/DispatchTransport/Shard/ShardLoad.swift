/// How busy a shard is, as far as newcomers are concerned.
struct ShardLoad {
  private var smoothedTurn: Int64 = 0

  /// The mean length of the last turns, in nanoseconds: how long a shard has been away from its
  /// sockets, the last turn weighing an eighth.
  var turnNanoseconds: Int64 { smoothedTurn }

  /// Notes how long a turn has taken.
  mutating func turned(nanoseconds: Int64) {
    smoothedTurn += (max(0, nanoseconds) - smoothedTurn) / 8
  }

  /// Notes that a linger has passed without an event: whatever was, the shard has time now.
  mutating func rested() { smoothedTurn = 0 }
}

extension ShardCore {
  /// Whether a newcomer would take from those who are here: it is sent away with 503, and they go on.
  var isOverloaded: Bool {
    Duration.nanoseconds(load.turnNanoseconds) > limits.turnDurationMax
      || tally.bytesWaiting > limits.queuedByteCountMax
  }
}
