import Dispatch

/// A gate that is shut until it is opened for good; nobody waits for longer than a test does.
final class DispatchGate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  /// Waits until the gate is open.
  func pass() {
    _ = semaphore.wait(timeout: .now() + .seconds(10))
    semaphore.signal()
  }

  /// Opens the gate.
  func open() { semaphore.signal() }
}
