import ArenaTypes
import CLinux
import Glibc
import Synchronization

/// Connections of the real world: TCP and Unix-domain sockets on epoll behind one Dispatch source a shard, without NIO.
///
/// Start it once; it runs until it is drained. See the module's documentation for how it works.
public final class DispatchTransport: Sendable {
  private enum State {
    case new
    case running([Shard])
    /// Carries what it has done.
    case ended(TransportCounters)
  }

  private let configuration: TransportConfiguration
  private let makeHandler: @Sendable (any TransportShard) -> any ShardHandler
  private let accept: Acceptor.Accept
  private let wallClock: ShardClock.WallClock
  private let state = Locked(State.new)

  /// A transport that does not run yet.
  ///
  /// - Parameter makeHandler: Makes the handler of a shard; called once a shard, on its queue.
  public convenience init(
    configuration: TransportConfiguration = TransportConfiguration(),
    makeHandler: @escaping @Sendable (any TransportShard) -> any ShardHandler
  ) {
    self.init(
      configuration: configuration, accept: { ca_accept($0, &$1) },
      wallClock: { ca_realtime_milliseconds() }, makeHandler: makeHandler)
  }

  /// A transport with another way to accept or another wall clock, for tests of what the system
  /// rarely does.
  init(
    configuration: TransportConfiguration,
    accept: @escaping Acceptor.Accept = { ca_accept($0, &$1) },
    wallClock: @escaping ShardClock.WallClock = { ca_realtime_milliseconds() },
    makeHandler: @escaping @Sendable (any TransportShard) -> any ShardHandler
  ) {
    self.configuration = configuration
    self.accept = accept
    self.wallClock = wallClock
    self.makeHandler = makeHandler
  }

  /// The shards, by index; empty before the start and after the end.
  public var shards: [any TransportShard] { runningShards }

  private var runningShards: [Shard] {
    state.withLock { state in
      if case .running(let shards) = state { shards } else { [] }
    }
  }

  /// Listens, makes the shards and lets them run.
  ///
  /// - Returns: The ports, in the order of the configured listeners; 0 for a Unix-domain socket.
  /// - Throws: What kept it from starting; nothing runs then.
  /// - Precondition: It is the first call.
  public func start() throws(TransportError) -> [UInt16] {
    try configuration.check()
    ca_ignore_sigpipe()
    var listeners: [ListeningSocket] = []
    do throws(TransportError) {
      for listener in configuration.listeners {
        listeners.append(
          try ListeningSocket(listener.address, backlog: configuration.limits.backlog))
      }
      try run(listeners)
    } catch {
      for listener in listeners { listener.close() }
      throw error
    }
    return listeners.map(\.port)
  }

  private func run(_ listeners: [ListeningSocket]) throws(TransportError) {
    let admission = Admission(limits: configuration.limits)
    var shards: [Shard] = []
    for index in 0..<configuration.shardCount {
      shards.append(
        try Shard(
          index: index, configuration: configuration, admission: admission,
          wallClock: wallClock))
    }
    state.withLock { state in
      guard case .new = state else { preconditionFailure("a transport starts once") }
      state = .running(shards)
    }
    for shard in shards { shard.start(makeHandler) }
    let made = shards
    let accept = accept
    shards[0].postToCore { core in
      core.listen(with: Acceptor(listeners: listeners, shards: made, accept: accept))
    }
  }

  /// What has been done so far, summed over the shards.
  ///
  /// From any thread.
  public func counters() -> TransportCounters {
    state.withLock { state in
      switch state {
      case .new: TransportCounters()
      case .running(let shards): TransportCounters(summing: shards.map { $0.counters() })
      case .ended(let counters): counters
      }
    }
  }

  /// What each shard has done so far, by index; empty before the start and after the end.
  ///
  /// From any thread.
  public func countersByShard() -> [TransportCounters] { runningShards.map { $0.counters() } }

  /// Stops accepting, sends everybody away with 1012, and ends when all are gone.
  ///
  /// - Parameters:
  ///   - limit: After this time what is left is closed without another word.
  ///   - reconnectSpread: Each client's close reason, `restart; retry in N ms`, carries an N of its
  ///     own below this.
  ///   - completion: Called once, on a shard's queue, when no connection is left. Immediately where
  ///     the transport does not run.
  public func drain(
    within limit: Duration = .seconds(10), reconnectSpread: Duration = .seconds(5),
    completion: @escaping @Sendable () -> Void
  ) {
    let shards = runningShards
    guard !shards.isEmpty else { return completion() }
    let pending = PendingShards(count: shards.count) { [self] in
      end(shards)
      completion()
    }
    for shard in shards {
      shard.postToCore { core in
        core.drain(within: limit, reconnectSpread: reconnectSpread) { pending.oneIsDone() }
      }
    }
  }

  private func end(_ shards: [Shard]) {
    // Each shard has shown its last counters before it said that it is done.
    state.withLock { $0 = .ended(TransportCounters(summing: shards.map { $0.counters() })) }
    for shard in shards { shard.postToCore { $0.stop() } }
  }
}

/// Counts down shards on their queues.
private final class PendingShards: Sendable {
  private let count: Atomic<Int>
  private let completion: @Sendable () -> Void

  init(count: Int, completion: @escaping @Sendable () -> Void) {
    self.count = Atomic(count)
    self.completion = completion
  }

  func oneIsDone() {
    if count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { completion() }
  }
}
