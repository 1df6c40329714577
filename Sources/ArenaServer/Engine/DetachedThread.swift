import Glibc

/// A thread of our own, for work that may block or run long.
///
/// `DispatchQueue.global()` runs as many blocks at once as there are cores and more only slowly, so a
/// long job there would starve whoever else uses it.
struct DetachedThread {
  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let body: Body

  /// A thread that will run `run`.
  init(_ run: @escaping @Sendable () -> Void) { body = Body(run) }

  /// Starts the thread.
  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(body).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    precondition(status == 0, "the system gave no thread: \(String(cString: strerror(status)))")
    pthread_detach(thread)
  }
}
