/// What every message touches.
///
/// It lies in memory of its own: each access to a field of a class is entered in a table at run time,
/// lest two overlap, which for these would cost a tenth of all that the shard does for a small
/// message. They are values that are read and written in an instant, and only the shard reaches them.
struct HotState {
  /// Counted here, published once a millisecond and before a rest.
  var tally = TransportCounters()
  /// How much of `ShardCore.gathered` is in use.
  var gatheredByteCount = 0
  /// The connection that is being read; -1 between connections.
  var gatheringSlot = -1
  /// Connections with something to flush.
  var dirtySlots: [Int32] = []
  /// The frames that a connection was given last behind one another.
  var junction: FrameJunction

  init(limits: TransportLimits) {
    junction = FrameJunction(laneByteCountMax: limits.losslessByteCountMax)
  }
}

extension ShardCore {
  var tally: TransportCounters {
    _read { yield hot.pointee.tally }
    _modify { yield &hot.pointee.tally }
  }

  var gatheredByteCount: Int {
    get { hot.pointee.gatheredByteCount }
    set { hot.pointee.gatheredByteCount = newValue }
  }

  var gatheringSlot: Int {
    get { hot.pointee.gatheringSlot }
    set { hot.pointee.gatheringSlot = newValue }
  }

  var dirtySlots: [Int32] {
    _read { yield hot.pointee.dirtySlots }
    _modify { yield &hot.pointee.dirtySlots }
  }

  var junction: FrameJunction {
    _read { yield hot.pointee.junction }
    _modify { yield &hot.pointee.junction }
  }
}
