/// A value that only one queue touches, and that can be carried around by anybody.
///
/// This is the one place in the transport where the compiler takes our word for thread safety. It is
/// safe because the value can be reached through `value` alone, which stops the process where it is
/// read elsewhere than on its owner (GRDB's "watchdog").
public final class Confined<Value>: @unchecked Sendable {
  /// Who may touch the value.
  public enum Owner: Sendable {
    /// Code that runs on this shard: a handler, its timers, and what is posted to it.
    case shard(any TransportShard)
    /// Whoever drives a simulation, one call at a time. Tests may hop threads between two calls, so
    /// there is nothing to watch.
    case driver
  }

  private enum Watch {
    case shard(any TransportShard)
    case mark(TurnMark)
    case nobody
  }

  private let watch: Watch
  private let confined: Value

  /// Confines `value`, which nobody else may keep a reference to, to `owner`.
  public init(_ value: Value, to owner: Owner) {
    confined = value
    watch =
      switch owner {
      case .shard(let shard): .shard(shard)
      case .driver: .nobody
      }
  }

  /// Confines what a shard itself is made of, which is asked for with every message.
  init(_ value: Value, to mark: TurnMark) {
    confined = value
    watch = .mark(mark)
  }

  /// The value; on its owner only.
  ///
  /// - Complexity: O(1), a few nanoseconds for the check.
  public var value: Value {
    switch watch {
    case .mark(let mark): mark.preconditionIsHere()
    case .shard(let shard): shard.preconditionIsCurrent()
    case .nobody: break
    }
    return confined
  }
}
