/// Why a request gave no result, or no further one; each says what to do.
public enum InferenceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Too much waits already, or something more urgent took its place; carries how long what waits is
  /// likely to take.
  case busy(retryAfter: Duration)
  /// It can never be computed within the queue's limits.
  case tooLarge(String)
  /// Its turn did not come within its time limit.
  case late
  /// Its handle was cancelled.
  case cancelled
  /// The queue has been stopped.
  case stopped
  /// The model can't do what was asked.
  case engine(EngineError)

  /// What happened and what to do, in one line.
  public var description: String {
    switch self {
    case .busy(let wait): "the engine has too much to do: try again in \(wait)"
    case .tooLarge(let reason): "too much for one request: \(reason)"
    case .late: "the time limit passed before its turn came: allow more, or ask when less waits"
    case .cancelled: "cancelled by whoever asked"
    case .stopped: "the engine's queue has been stopped"
    case .engine(let error): error.description
    }
  }
}
