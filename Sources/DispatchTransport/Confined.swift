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

  // Two fields instead of an enum: what is asked for every message is loaded without being retained.
  private let mark: TurnMark?
  private let shard: (any TransportShard)?
  private let confined: Value

  /// Confines `value`, which nobody else may keep a reference to, to `owner`.
  public init(_ value: Value, to owner: Owner) {
    confined = value
    mark = nil
    shard =
      switch owner {
      case .shard(let shard): shard
      case .driver: nil
      }
  }

  /// Confines what a shard itself is made of, which is asked for with every message.
  init(_ value: Value, to mark: TurnMark) {
    confined = value
    self.mark = mark
    shard = nil
  }

  /// The value; on its owner only.
  ///
  /// - Complexity: O(1), a few nanoseconds for the check.
  public var value: Value {
    @inline(__always)
    _read {
      if let mark {
        mark.preconditionIsHere()
      } else {
        shard?.preconditionIsCurrent()
      }
      yield confined
    }
  }
}

extension Confined where Value: AnyObject {
  /// Runs `body` with the value, which this object keeps alive and nobody else needs to retain: for
  /// what is asked with every message.
  @inline(__always)
  func unretained<Result>(_ body: (Value) -> Result) -> Result {
    Unmanaged.passUnretained(value)._withUnsafeGuaranteedRef(body)
  }
}
