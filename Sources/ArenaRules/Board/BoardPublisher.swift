/// What goes to a board's watchers at one moment: the step from the version before, and the whole.
public struct BoardPublication: Hashable, Sendable, Codable {
  /// For those who have the version before.
  public let delta: BoardDelta
  /// For all others.
  public let snapshot: BoardSnapshot
}

/// Turns the states of a board into numbered versions of its visible top.
///
/// What changed between two calls of `publish` is one step: the shell calls it at most five times a
/// second. Versions begin at 1 with every publisher, so a topic over it needs an epoch of its own.
public struct BoardPublisher: Hashable, Sendable, Codable {
  /// How many entries watchers see.
  public let windowCount: Int
  /// The version that was last published; 0 before the first.
  public private(set) var version: UInt64 = 0
  private var revision: UInt64?
  private var count = 0
  private var top: [BoardEntry] = []

  /// A publisher that has published nothing; `windowCount` is 100 unless given.
  public init(windowCount: Int = 100) { self.windowCount = max(windowCount, 0) }

  /// What was last published.
  public var snapshot: BoardSnapshot { BoardSnapshot(version: version, count: count, top: top) }

  /// The next version, if the board has changed since the last; the first call always gives one.
  ///
  /// - Parameter always: Gives a version, perhaps without operations, where something that is shown
  ///   beside the board has changed.
  /// - Parameter next: The number of the version, larger than the last one's; nil: one more than that.
  /// - Complexity: O(log *n* + *k*²) for a window of *k* entries.
  public mutating func publish(_ board: Board, always: Bool = false, as next: UInt64? = nil)
    -> BoardPublication?
  {
    guard always || revision != board.revision else { return nil }
    let next = next ?? version + 1
    let new = board.top(windowCount)
    let operations = BoardDelta.operations(from: top, to: new)
    let delta = BoardDelta(
      from: version, to: next, count: board.count, operations: operations)
    version = next
    revision = board.revision
    count = board.count
    top = new
    return BoardPublication(delta: delta, snapshot: snapshot)
  }
}
