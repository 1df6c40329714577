import ArenaTypes

/// Counts the connections of all shards, and says which newcomer is too many.
///
/// The one thing that shards share: a lock is taken when a connection begins and when it ends.
final class Admission: Sendable {
  enum Decision: Equatable {
    case admitted
    /// Too many: it is told so with 503.
    case refused
    /// Too many even for that.
    case dropped
  }

  private struct State {
    var count = 0
    var refusedCount = 0
    var countByGroup: [AddressGroup: Int] = [:]
  }

  private let connectionCountMax: Int
  private let perAddressMax: Int
  private let refusalCountMax: Int
  private let state = Locked(State())

  init(limits: TransportLimits) {
    connectionCountMax = limits.connectionCountMax
    perAddressMax = limits.connectionCountPerAddressMax
    refusalCountMax = limits.refusalCountMax
  }

  /// Decides about a newcomer, and counts it unless it is dropped.
  func admit(_ group: AddressGroup) -> Decision {
    state.withLock { state in
      let fromThere = state.countByGroup[group, default: 0]
      if state.count < connectionCountMax, fromThere < perAddressMax {
        state.count += 1
        state.countByGroup[group] = fromThere + 1
        return .admitted
      }
      if state.refusedCount >= refusalCountMax { return .dropped }
      state.refusedCount += 1
      return .refused
    }
  }

  /// Forgets one that has ended.
  func release(_ group: AddressGroup, wasRefused: Bool) {
    state.withLock { state in
      if wasRefused {
        state.refusedCount -= 1
        return
      }
      state.count -= 1
      let left = state.countByGroup[group, default: 1] - 1
      state.countByGroup[group] = left > 0 ? left : nil
    }
  }
}
