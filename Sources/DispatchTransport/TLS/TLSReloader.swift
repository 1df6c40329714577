import ArenaTypes
@preconcurrency import Dispatch

/// Watches a certificate's files, and has them read again when they have changed.
///
/// It looks at their inode, size and modification time every few seconds, which works on every file
/// system and for links that are turned elsewhere, as certificate clients and secret volumes do.
/// While the pair does not fit together, since only one of the two is new, the old one stays.
public final class TLSReloader: Sendable {
  /// What came of a look, when there was something to do.
  public typealias Report = @Sendable (Result<TLSCertificate, TLSError>) -> Void

  private let context: TLSContext
  private let stamps: Locked<[TLSFiles.Stamp?]>
  private let report: Report
  private let timer: any DispatchSourceTimer

  /// Begins to watch, until it is released.
  ///
  /// - Parameters:
  ///   - interval: How often it looks. Default 5 s: two calls of `stat`, and soon enough for
  ///     certificates that are renewed weeks ahead.
  ///   - report: Called on a queue of its own after each reload, tried or done.
  public init(_ context: TLSContext, interval: Duration = .seconds(5), report: @escaping Report) {
    self.context = context
    self.report = report
    stamps = Locked(context.files.map { TLSFiles.Stamp(of: $0) })
    timer = DispatchSource.makeTimerSource(
      queue: DispatchQueue(label: "neuronarena.certificate"))
    let milliseconds =
      Int(interval.components.seconds) * 1_000
      + Int(interval.components.attoseconds / 1_000_000_000_000_000)
    timer.schedule(
      deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds))
    timer.setEventHandler { [weak self] in self?.look() }
    timer.activate()
  }

  deinit { timer.cancel() }

  /// Reads the files again, changed or not, as SIGHUP asks for.
  public func reload() {
    stamps.withLock { $0 = context.files.map { TLSFiles.Stamp(of: $0) } }
    do throws(TLSError) {
      try context.reload()
      report(.success(context.certificate))
    } catch {
      report(.failure(error))
    }
  }

  private func look() {
    let found = context.files.map { TLSFiles.Stamp(of: $0) }
    if stamps.withLock({ $0 != found }) { reload() }
  }
}
