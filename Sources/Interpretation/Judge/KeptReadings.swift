import ArenaTypes

/// What was computed, by what it depends on; full, it forgets what was asked for longest ago.
///
/// From any thread.
final class KeptReadings<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let byteCount: Int
    var usedAt: Int
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var byteCount = 0
    var clock = 0
  }

  /// The most bytes of values that are kept.
  let byteCountMax: Int
  private let state = Locked(State())

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// How many bytes are kept.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// What is kept under `key`.
  func value(_ key: Key) -> Value? {
    state.withLock { state in
      state.clock += 1
      state.entries[key]?.usedAt = state.clock
      return state.entries[key]?.value
    }
  }

  /// Keeps `value`, if it isn't larger than all that may be kept.
  ///
  /// - Complexity: O(n) in what is kept for each value that has to go.
  func keep(_ value: Value, byteCount: Int, under key: Key) {
    guard byteCount <= byteCountMax else { return }
    state.withLock { state in
      state.clock += 1
      if let old = state.entries.removeValue(forKey: key) { state.byteCount -= old.byteCount }
      while state.byteCount + byteCount > byteCountMax,
        let oldest = state.entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key,
        let entry = state.entries.removeValue(forKey: oldest)
      {
        state.byteCount -= entry.byteCount
      }
      state.entries[key] = Entry(value: value, byteCount: byteCount, usedAt: state.clock)
      state.byteCount += byteCount
    }
  }
}
