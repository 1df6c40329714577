public import Glibc

/// A value behind a lock, for what several threads touch for a moment.
///
/// It does what `Synchronization.Mutex` does. That one locks inside of the Swift runtime, which is
/// built without instrumentation, so that Thread Sanitizer sees no order between two holders and
/// reports every one of them as a race; it knows `pthread_mutex_t`, and so it can tell the true
/// races of this project from the false ones.
///
/// This type is `@unchecked Sendable` because the value can be reached through ``withLock(_:)``
/// alone, which lets one thread in at a time, and because nothing that is not sendable goes in or out
/// but by `sending`.
///
/// Methods are inlined into their callers so that they are specialised there: a generic call through
/// metadata would cost more than the lock.
public final class Locked<Value>: @unchecked Sendable {
  @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline let value: UnsafeMutablePointer<Value>

  /// Puts `value` behind a new lock.
  @inlinable
  public init(_ value: sending Value) {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
  }

  @inlinable
  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    value.deinitialize(count: 1)
    value.deallocate()
  }

  /// Runs `body` with the value while no other thread has it.
  ///
  /// `body` is short, and does not lock again: the lock is not recursive.
  ///
  /// - Complexity: About 20 ns where nobody else holds the lock.
  @inlinable
  public func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value.pointee)
  }
}
