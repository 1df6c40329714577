/// A scheduler whose clock stands still until it is told to move.
///
/// A binary heap by deadline, then by the order of scheduling; what is cancelled stays in the heap
/// until its turn, without its action.
public final class ManualScheduler: Scheduler {
  private struct Entry {
    let deadline: Timestamp
    let token: UInt64

    func precedes(_ other: Entry) -> Bool {
      (deadline, token) < (other.deadline, other.token)
    }
  }

  /// The current moment.
  public private(set) var now: Timestamp
  private var nextToken: UInt64 = 0
  private var heap: [Entry] = []
  private var actions: [UInt64: () -> Void] = [:]

  /// A scheduler at `now`, without timers.
  public init(now: Timestamp) { self.now = now }

  /// The deadline of the next timer, if there is one.
  public var nextDeadline: Timestamp? {
    while let first = heap.first, actions[first.token] == nil { removeFirst() }
    return heap.first?.deadline
  }

  /// Inserts the timer behind all with the same or an earlier deadline.
  ///
  /// - Complexity: O(log *n*) in the number of waiting timers.
  @discardableResult
  public func schedule(at deadline: Timestamp, _ action: @escaping () -> Void) -> TimerToken {
    nextToken += 1
    actions[nextToken] = action
    insert(Entry(deadline: deadline, token: nextToken))
    return TimerToken(rawValue: nextToken)
  }

  /// Removes the timer, if it is still waiting.
  ///
  /// - Complexity: O(1).
  public func cancel(_ token: TimerToken) { actions[token.rawValue] = nil }

  /// Runs the next timer, at its own deadline or now if that has passed; false where none waits.
  @discardableResult
  public func runNext() -> Bool {
    guard let deadline = nextDeadline, let action = actions.removeValue(forKey: heap[0].token)
    else { return false }
    removeFirst()
    now = max(now, deadline)
    action()
    return true
  }

  /// Moves the clock to `target`, running each timer that falls due at its own deadline.
  public func advance(to target: Timestamp) {
    while let next = nextDeadline, next <= target { runNext() }
    now = max(now, target)
  }

  /// Moves the clock by `duration`, as `advance(to:)` does.
  public func advance(by duration: Duration) { advance(to: now + duration) }

  private func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let least = right < heap.count && heap[right].precedes(heap[left]) ? right : left
      guard heap[least].precedes(heap[parent]) else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
