import Glibc

/// A thread of our own, for work that may block or run long.
///
/// `DispatchQueue.global()` runs as many blocks at once as there are cores and more only slowly, so a
/// long job there would starve whoever else uses it.
public enum DetachedThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs `body` on a new thread, which ends with it.
  ///
  /// - Parameter niceValue: What is added to the thread's nice value, 0 to 19; Linux keeps one for each
  ///   thread.
  public static func start(niceValue: Int, _ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let all = Body {
      // `who` 0 with PRIO_PROCESS is the calling thread, not the process.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(niceValue))
      body()
    }
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(all).toOpaque())
    precondition(status == 0, "the system gave no thread: \(String(cString: strerror(status)))")
    pthread_detach(thread)
  }
}
