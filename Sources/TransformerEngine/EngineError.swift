/// Why the engine couldn't do what was asked.
public enum EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file couldn't be read; `reason` is the system's.
  case unreadable(file: String, reason: String)
  /// The file isn't what its format promises.
  case malformed(file: String, reason: String)
  /// The file is well-formed, but needs something that this engine doesn't have.
  case unsupported(file: String, reason: String)
  /// The caller's tokens, layer or neuron are outside of what the model has.
  case outOfRange(String)
  /// The system gave no threads, or lacks the instruction set asked for.
  case noThreads(String)

  /// What was tried and what came back, in one line.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "can't read \(file): \(reason)"
    case .malformed(let file, let reason): "\(file) is damaged: \(reason)"
    case .unsupported(let file, let reason): "\(file) can't be used: \(reason)"
    case .outOfRange(let reason): "out of range: \(reason)"
    case .noThreads(let reason): "no engine threads: \(reason)"
    }
  }
}
