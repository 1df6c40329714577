@preconcurrency import Dispatch
import Glibc

/// The signals that ask a process to stop.
final class StopSignals: Sendable {
  private let stream: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  /// Takes SIGTERM and SIGINT from the system's own handling.
  ///
  /// The second one ends the process at once,
  /// however slowly it drains.
  init() {
    let queue = DispatchQueue(label: "neuronarena.signals")
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    self.stream = stream
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if case .terminated = continuation.yield() { exit(1) }
        continuation.finish()
      }
      source.resume()
      return source
    }
  }

  /// Waits for the first one.
  func first() async {
    for await _ in stream { return }
  }
}
