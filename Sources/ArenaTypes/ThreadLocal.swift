import Glibc

/// A value that a thread has while it runs a closure, for whatever is called within.
///
/// A task's local values would do the same for tasks. The threads of the engine are none: they block,
/// and they run C's callbacks.
public final class ThreadLocal<Value>: Sendable {
  private final class Box {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private let key: pthread_key_t

  /// A place that is empty on every thread.
  ///
  /// There are some 1,000 in a process and they are not given back: keep it in a static constant.
  public init() {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "the system has no more places for threads' own values")
    self.key = key
  }

  /// The value of the innermost `withValue` that this thread is in; nil outside of all.
  public var value: Value? {
    pthread_getspecific(key).map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().value }
  }

  /// Runs `body`, which finds `value` here, on the calling thread.
  public func withValue<Result, Failure: Error>(
    _ value: Value, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = pthread_getspecific(key)
    let box = Box(value)
    pthread_setspecific(key, Unmanaged.passUnretained(box).toOpaque())
    defer {
      pthread_setspecific(key, outer)
      withExtendedLifetime(box) {}
    }
    return try body()
  }
}
