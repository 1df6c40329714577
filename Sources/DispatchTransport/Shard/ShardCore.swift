import ArenaCrypto
import ArenaTypes
import Dispatch
import HTTPCodec
import WebSocketCodec

/// What runs on a shard's queue: its connections, timers and mailbox, and the one loop over them.
///
/// One turn, repeated until a linger passes without an event:
///
/// ```
///   clock ─▶ due timers ─▶ mailbox ─▶ settle ─▶ epoll_wait (up to the linger) ─▶ events ─▶ settle ─┐
///     ▲                               flush what waits,                         recv, parse,       │
///     │                               tell of ended connections,                handler, one       │
///     │                               close their sockets                       send each          │
///     └───────────────────────────────────────────────────────────────────────────────────────────┘
/// ```
///
/// The handler is called from events, timers, the mailbox and for ended connections, never from
/// within a call that it makes itself: what such a call entails is put off until settling.
final class ShardCore {
  let index: Int
  let configuration: TransportConfiguration
  let limits: TransportLimits
  let slab: ConnectionSlab
  let poller: Poller
  let scheduler: ShardScheduler
  let admission: Admission
  let log: TransportLog
  /// Connections turned away that nobody has been told of.
  var shedUntold = 0
  var isTellingOfShed = false
  /// See ``HotState``.
  let hot: UnsafeMutablePointer<HotState>
  private let mailbox: Mailbox
  private let published: PublishedCounters
  /// The tick at which the counters were published last; nil after a rest.
  private var publishedAt: UInt32?
  /// In milliseconds of the monotonic clock.
  private let startedAt: Int64
  /// Whom messages are given; only the shard reaches it, so that accesses to it need not be watched.
  @exclusivity(unchecked)
  private(set) var handler: (any ShardHandler)?
  private var source: (any DispatchSourceRead)?
  private var mail: [Mailbox.Work] = []

  static let inputByteCount = 65_536
  /// Where every connection's bytes arrive, behind those of it that were left over.
  let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputByteCount, alignment: 16)
  /// Where the replies to the connection that is being read are gathered.
  let gathered = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  /// Where small frames of one connection's lanes are gathered for one send.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  /// What compresses for the connections without context, by the bits of window that they take.
  var deflateContexts: [Int: DeflateContext] = [:]
  /// Where messages are compressed, and where they are decompressed: an answer is made while the
  /// question still lies there.
  let deflateMemory = DeflateMemory()
  let inflateMemory = DeflateMemory()
  /// Ended connections that the handler has not been told of.
  var departures: [Departure] = []
  /// Connections whose sockets are to be closed.
  var doomedSlots: [Int32] = []
  static let spareLaneCountMax = 256
  /// Lanes that are empty, to be used again.
  var spareLanes: [OutgoingLanes] = []
  /// Set on the shard that accepts.
  var acceptor: Acceptor?
  /// What newcomers are sent away for.
  var load = ShardLoad()
  /// Set while draining; called when the last connection is gone.
  var drained: (() -> Void)?
  var isSweeping = false
  /// What lies between OpenSSL and the sockets; made for the first connection under TLS.
  var tlsWire: TLSWire?
  /// How many steps of TLS handshakes this batch of events may still take.
  var handshakeStepsLeft = 0
  /// Hashes handshakes' keys; made for the first one.
  var hasher: SHA1Hasher?
  /// The `Date` of responses.
  var dates = HTTPDateCache()

  init(
    index: Int, configuration: TransportConfiguration, mailbox: Mailbox, admission: Admission,
    published: PublishedCounters, wallClock: @escaping ShardClock.WallClock
  ) throws(TransportError) {
    self.index = index
    self.configuration = configuration
    limits = configuration.limits
    self.mailbox = mailbox
    self.admission = admission
    log = TransportLog(configuration.log)
    self.published = published
    poller = try Poller(mailbox: mailbox)
    scheduler = ShardScheduler(wallClock: wallClock)
    startedAt = scheduler.monotonicMilliseconds
    hot = .allocate(capacity: 1)
    hot.initialize(to: HotState(limits: limits))
    slab = ConnectionSlab(capacity: limits.slotCount)
  }

  deinit {
    hot.deinitialize(count: 1)
    hot.deallocate()
    input.deallocate()
    gathered.deallocate()
    scratch.deallocate()
  }

  /// Milliseconds since the shard's start, of a clock that nobody sets; they wrap after 49 days, so
  /// only differences count.
  var tick: UInt32 {
    UInt32(truncatingIfNeeded: scheduler.monotonicMilliseconds - startedAt)
  }

  /// The tick that is `delay` from now; never 0, which stands for no deadline.
  func deadline(after delay: Duration) -> UInt32 {
    max(1, tick &+ UInt32(truncatingIfNeeded: delay.wholeMilliseconds))
  }

  // MARK: Running

  /// Takes the handler and begins to watch.
  func start(source: any DispatchSourceRead, handler: any ShardHandler) {
    self.source = source
    self.handler = handler
    source.activate()
  }

  /// Works until nothing has happened for one linger.
  func turn() {
    mailbox.wakeUp()
    scheduler.readClock()
    var cameBackAt = scheduler.nanoseconds
    while isRunning {
      scheduler.runDue()
      runMail()
      guard isRunning else { break }
      settle()
      scheduler.readClock()
      publish(at: tick)
      guard mailbox.fallAsleep() else { continue }
      let next = scheduler.millisecondsToNext ?? .max
      let patience = min(limits.linger.wholeMilliseconds, next)
      let elapsed = max(0, scheduler.nanoseconds - cameBackAt)
      tally.loopLag.observe(nanoseconds: UInt64(elapsed))
      load.turned(nanoseconds: elapsed)
      let count = poller.wait(milliseconds: Int(patience))
      scheduler.readClock()
      cameBackAt = scheduler.nanoseconds
      if count == 0 { load.rested() }
      if count == 0, patience < next {
        // What has been counted since the last time would else wait for the next message.
        published.write(tally)
        publishedAt = nil
        // Still marked asleep: a post from here on signals the eventfd, and Dispatch calls again.
        if next < .max { poller.armTimer(milliseconds: next - patience) }
        return
      }
      mailbox.wakeUp()
      if count > 0 { handleEvents(count) }
    }
    // What was posted or scheduled beside the end holds the shard, and the shard holds it.
    mailbox.close()
    scheduler.removeAll()
  }

  /// Shows the counters to other threads, unless they were shown within the same millisecond.
  private func publish(at moment: UInt32) {
    guard moment != publishedAt else { return }
    publishedAt = moment
    published.write(tally)
  }

  private func runMail() {
    guard mailbox.take(into: &mail) else { return }
    for work in mail { work() }
    mail.removeAll(keepingCapacity: true)
  }

  private func handleEvents(_ count: Int) {
    handshakeStepsLeft = limits.tlsHandshakeStepsPerTurnMax
    for event in 0..<count {
      switch poller.subject(at: event) {
      case .connection(let id):
        guard let slot = slot(of: id) else { continue }
        handleReady(slot, bits: poller.bits(at: event))
      case .mailbox: mailbox.clearSignal()
      case .timer: poller.clearTimer()
      case .listener(let index): acceptAll(from: index)
      }
    }
  }

  /// The slot of a connection that still exists.
  @inline(__always)
  func slot(of id: ConnectionID) -> Int? {
    let slot = id.slot
    guard id.shardIndex == index, slot < slab.usedCount,
      slab.base[slot].generation == id.generation, slab.base[slot].phase != .free
    else { return nil }
    return slot
  }

  func id(of slot: Int) -> ConnectionID {
    ConnectionID(shard: index, generation: slab.base[slot].generation, slot: slot)
  }

  // MARK: Settling

  /// Does what was put off, until nothing is: flushes, tells of ended connections, closes sockets.
  private func settle() {
    while true {
      if !dirtySlots.isEmpty {
        flushDirty()
      } else if !departures.isEmpty {
        reportDepartures()
      } else if !doomedSlots.isEmpty {
        buryDoomed()
      } else {
        break
      }
    }
    guard let drained, slab.count == 0 else { return }
    self.drained = nil
    published.write(tally)
    drained()
  }

  // MARK: Ending

  var isRunning: Bool { source != nil }

  /// Stops watching and lets go of the handler, from within a turn, which is the last one; the
  /// descriptors are closed by the source.
  func stop() {
    source?.cancel()
    source = nil
    handler = nil
  }

  /// Closes the shard's own descriptors, now that Dispatch does not watch them any more.
  func sourceWasCancelled() { poller.close() }
}

/// A shard's counters where every thread can read them.
final class PublishedCounters: Sendable {
  private let counters = Locked(TransportCounters())
  func write(_ value: TransportCounters) { counters.withLock { $0 = value } }
  func read() -> TransportCounters { counters.withLock { $0 } }
}
