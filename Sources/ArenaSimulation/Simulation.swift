import ArenaTypes

/// A whole server with its players under simulated time, network and disk.
///
/// One thread and one clock drive everything: rules, rooms, hub and sessions of the real server on a
/// transport without sockets, a disk that is slow, fails and forgets what it had not written, an
/// engine without threads, and players who play, lag, vanish, repeat themselves, lie and race. What
/// comes next is drawn from the seed, so a run is repeated by its seed alone.
///
/// ```
///  players ──▶ lines ──▶ transport ──▶ sessions, rooms ──▶ disk
///     ▲          │                          │                │
///     └──────────┴──── witness ◀── every frame, every write ──┘
/// ```
/// The witness holds what leaves the server against what is on the disk (see `Witness`). When the time
/// is up the world becomes calm: nothing goes wrong any more, and what was begun must end.
public struct Simulation {
  private let settings: SimulationSettings

  /// A simulation that has not begun.
  public init(_ settings: SimulationSettings) { self.settings = settings }

  /// Runs it to its end.
  ///
  /// - Throws: A ``SimulationFailure`` where a promise was broken or nothing happened, or what keeps
  ///   a server from starting.
  public func run() throws -> SimulationReport {
    let world = try World(settings)
    defer { world.end() }
    world.play()
    if world.failure == nil, settings.probe == nil {
      world.comeToRest()
      world.checkRest()
    }
    let report = try world.report()
    if let failure = world.failure {
      throw SimulationFailure(
        seed: settings.seed, after: world.elapsed, what: failure, tail: world.trace.tail,
        report: report)
    }
    return report
  }
}
