import ArenaTypes

/// Counts the connections of all shards, and says which newcomer is too many.
///
/// The one thing that shards share: a lock is taken when a connection begins, when its address becomes
/// known, when it becomes a WebSocket, and when it ends.
final class Admission: Sendable {
  enum Decision: Equatable {
    case admitted
    /// Too many: it is told so with 503.
    case refused
    /// Too many even for that.
    case dropped
  }

  /// What a connection is counted among.
  enum Standing: Equatable {
    case admitted
    case refused
    /// It came by a listener that is outside of the bounds for peers.
    case exempt
  }

  private struct State {
    var count = 0
    var refusedCount = 0
    var exemptCount = 0
    var countByGroup: [AddressGroup: Int] = [:]
    var handshakes: HandshakeBudget
  }

  private let limits: TransportLimits
  private let state: Locked<State>

  init(limits: TransportLimits) {
    self.limits = limits
    state = Locked(State(handshakes: HandshakeBudget(limits: limits)))
  }

  /// Decides about a newcomer, and counts it unless it is dropped.
  ///
  /// - Parameter group: What it is counted by; nil while a proxy has not yet said whom it speaks for.
  func admit(_ group: AddressGroup?) -> Decision {
    state.withLock { state in
      if state.count < limits.connectionCountMax, hasRoom(group, state) {
        state.count += 1
        if let group { state.countByGroup[group, default: 0] += 1 }
        return .admitted
      }
      return refuse(&state)
    }
  }

  /// Decides about a newcomer of an exempt listener, which is never refused but may be dropped.
  func admitExempt() -> Decision {
    state.withLock { state in
      guard state.exemptCount < limits.exemptConnectionCountMax else { return .dropped }
      state.exemptCount += 1
      return .admitted
    }
  }

  /// Counts an admitted connection by its address, now that it is known.
  ///
  /// - Returns: Refused: it is counted among those from now on. Dropped: it stays counted as admitted.
  func join(_ group: AddressGroup) -> Decision {
    state.withLock { state in
      if hasRoom(group, state) {
        state.countByGroup[group, default: 0] += 1
        return .admitted
      }
      let decision = refuse(&state)
      if decision == .refused { state.count -= 1 }
      return decision
    }
  }

  private func hasRoom(_ group: AddressGroup?, _ state: borrowing State) -> Bool {
    guard let group else { return true }
    return state.countByGroup[group, default: 0] < limits.connectionCountPerAddressMax
  }

  private func refuse(_ state: inout State) -> Decision {
    if state.refusedCount >= limits.refusalCountMax { return .dropped }
    state.refusedCount += 1
    return .refused
  }

  /// Forgets a connection that has ended.
  ///
  /// - Parameter group: What it was counted by, if it was.
  func release(_ group: AddressGroup?, _ standing: Standing) {
    state.withLock { state in
      switch standing {
      case .admitted: state.count -= 1
      case .refused: state.refusedCount -= 1
      case .exempt: state.exemptCount -= 1
      }
      guard let group else { return }
      let left = state.countByGroup[group, default: 1] - 1
      state.countByGroup[group] = left > 0 ? left : nil
    }
  }

  /// Whether the group may make a handshake now.
  ///
  /// - Parameter now: Milliseconds of the monotonic clock, which all shards share.
  /// - Returns: nil, or the milliseconds until it may.
  func takeHandshake(_ group: AddressGroup, now: Int64) -> Int64? {
    guard limits.handshakesPerSecondPerAddress != nil else { return nil }
    return state.withLock { $0.handshakes.take(group, now: now) }
  }
}
