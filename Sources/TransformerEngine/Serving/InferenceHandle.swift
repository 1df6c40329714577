import ArenaTypes

/// Cancels the requests that were submitted under it, and those that will be.
///
/// From any thread, as often as wished.
public final class InferenceHandle: Sendable {
  private struct State {
    var isCancelled = false
    var nextKey = 0
    var actions: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Locked(State())

  /// A handle of no request yet.
  public init() {}

  /// Whether it has been cancelled.
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Lets nothing of it be computed any more.
  ///
  /// What waits costs nothing from now on; what is being computed stops at the next layer, unless it
  /// shares its pass. Each request ends with `InferenceRefusal.cancelled`, on the engine's thread.
  public func cancel() {
    let actions = state.withLock { state in
      state.isCancelled = true
      let actions = Array(state.actions.values)
      state.actions = [:]
      return actions
    }
    for action in actions { action() }
  }

  /// Has `action` called when the handle is cancelled, on the thread that cancels it.
  ///
  /// - Returns: What to `forget`; nil where it is cancelled already, and nothing will be called.
  public func whenCancelled(_ action: @escaping @Sendable () -> Void) -> Int? {
    state.withLock { state in
      guard !state.isCancelled else { return nil }
      state.nextKey += 1
      state.actions[state.nextKey] = action
      return state.nextKey
    }
  }

  /// Forgets an action, so that a handle for many requests doesn't grow.
  public func forget(_ key: Int) { state.withLock { state in state.actions[key] = nil } }
}
