public import ArenaTypes
public import HTTPCodec
import WebSocketCodec

/// A transport without sockets: the same protocols, on a clock that is turned by hand.
///
/// Everything happens inside the calls that drive it: ``connect(_:peer:shard:)``, a client's
/// deliveries, ``pump()`` and ``advance(by:)``. Work that is posted, from whatever thread, runs at
/// the next of them. The same calls in the same order give the same frames in the same order.
///
/// One that was made with an order does nothing of its own accord: each ``step()`` gives one shard
/// that has something to do a turn of some length, both drawn from the order's seed, so that a driver
/// can let anything happen between two steps.
public final class SimulatedTransport {
  /// What became of a WebSocket handshake.
  public enum Connecting {
    /// It is open; this is the client's end.
    case opened(SimulatedClient)
    /// It was answered with plain HTTP.
    case refused(HTTPReply)

    /// The client's end, if it is open.
    public var client: SimulatedClient? {
      if case .opened(let client) = self { client } else { nil }
    }
  }

  /// The clock that ``advance(by:)`` turns; nil where the driver turns it.
  private let scheduler: ManualScheduler?
  /// What draws whose turn it is; nil where all run until they rest.
  private var order: SeededGenerator?
  private let simulatedShards: [SimulatedShard]
  private let admission: Admission
  private var nextShard = 0
  /// More rounds than this without rest mean that the handlers' work begets work for ever.
  private static let roundCountMax = 100_000

  /// A transport with handlers made at once, one a shard.
  ///
  /// - Parameter limits: Of these the bounds of connections, messages and lanes count. There are no
  ///   pings and no timeouts, because no simulated peer is silent unless it is told to be.
  public convenience init(
    shardCount: Int = 1, scheduler: ManualScheduler, limits: TransportLimits = TransportLimits(),
    makeHandler: (any TransportShard) -> any ShardHandler
  ) {
    self.init(
      shardCount: shardCount, scheduler: scheduler, manual: scheduler, order: nil, limits: limits,
      makeHandler: makeHandler)
  }

  /// A transport that moves by ``step()`` alone, while the driver turns the clock.
  ///
  /// - Parameter order: What draws the order of steps.
  public convenience init(
    shardCount: Int, scheduler: any Scheduler, order: SeededGenerator,
    limits: TransportLimits = TransportLimits(),
    makeHandler: (any TransportShard) -> any ShardHandler
  ) {
    self.init(
      shardCount: shardCount, scheduler: scheduler, manual: nil, order: order, limits: limits,
      makeHandler: makeHandler)
  }

  private init(
    shardCount: Int, scheduler: any Scheduler, manual: ManualScheduler?, order: SeededGenerator?,
    limits: TransportLimits, makeHandler: (any TransportShard) -> any ShardHandler
  ) {
    self.scheduler = manual
    self.order = order
    let admission = Admission(limits: limits)
    self.admission = admission
    simulatedShards = (0..<shardCount).map { index in
      SimulatedShard(index: index, scheduler: scheduler, limits: limits, admission: admission)
    }
    for shard in simulatedShards { shard.core.value.handler = makeHandler(shard) }
    settle()
  }

  deinit {
    // A handler holds its shard, and the shard its handler.
    for shard in simulatedShards { shard.core.value.handler = nil }
  }

  /// The shards, by index.
  public var shards: [any TransportShard] { simulatedShards }

  /// A client's WebSocket handshake, all of it, and what follows from it.
  ///
  /// - Parameters:
  ///   - peer: Where it comes from; by default a port of 127.0.0.1.
  ///   - shard: Where it lands; by default the shards take turns.
  public func connect(
    _ request: RequestHead = SimulatedRequest.upgrade(), peer: PeerAddress? = nil,
    shard: Int? = nil
  ) -> Connecting {
    let peer = peer ?? PeerAddress.simulated
    guard admission.admit(peer.group) == .admitted else { return .refused(.overloaded) }
    let index = shard ?? nextShard
    if shard == nil { nextShard = (nextShard + 1) % simulatedShards.count }
    let result = simulatedShards[index].core.value.connect(request, peer: peer) { [weak self] in
      self?.settle()
    }
    if result.client == nil { admission.release(peer.group, .admitted) }
    settle()
    return result
  }

  /// A plain request, answered by the first shard.
  public func request(
    _ request: RequestHead, body: [UInt8] = [], peer: PeerAddress? = nil
  ) -> HTTPReply {
    let core = simulatedShards[0].core.value
    let reply = body.withUnsafeBytes { body in
      core.handler?.respond(to: request, body: body, peer: peer ?? .simulated)
    }
    settle()
    return reply ?? .overloaded
  }

  /// Runs posted work and timers that are due, and lets frames flow, until all is at rest.
  public func pump() {
    for _ in 0..<Self.roundCountMax {
      if let scheduler { scheduler.advance(to: scheduler.now) }
      // Every shard gets its turn in every round, so none runs ahead of the others.
      var worked = false
      for shard in simulatedShards where shard.turn() { worked = true }
      if !worked { return }
    }
    preconditionFailure("the simulation does not come to rest")
  }

  private func settle() { if order == nil { pump() } }

  /// Whether a ``step()`` would do anything.
  public var hasWork: Bool { simulatedShards.contains(where: \.hasWork) }

  /// Gives one shard that has something to do a turn; false where all are at rest.
  @discardableResult
  public func step() -> Bool {
    let ready = simulatedShards.filter(\.hasWork)
    guard !ready.isEmpty, var order else { return false }
    let shard = ready[Int(order.next() % UInt64(ready.count))]
    // Often all that waits, as on a busy shard; else a few, as when another one is faster.
    let count = order.next() % 2 == 0 ? Int.max : 1 + Int(order.next() % 4)
    self.order = order
    return shard.turn(itemCountMax: count)
  }

  /// Turns the clock, from timer to timer, with all that follows from each.
  ///
  /// - Precondition: The transport was made without an order.
  public func advance(by duration: Duration) {
    guard let scheduler else { preconditionFailure("the driver of the steps turns the clock") }
    let target = scheduler.now + duration
    while let next = scheduler.nextDeadline, next <= target {
      scheduler.advance(to: max(next, scheduler.now))
      pump()
    }
    scheduler.advance(to: target)
    pump()
  }

  /// Closes every connection with 1012, as a server that is going to restart does.
  public func drain(reconnectSpread: Duration = .seconds(5)) {
    for shard in simulatedShards { shard.core.value.drain(reconnectSpread: reconnectSpread) }
    settle()
  }

  /// What each shard has done so far, by index.
  public func countersByShard() -> [TransportCounters] {
    simulatedShards.map { $0.core.value.tally }
  }

  /// What has been done so far, summed over the shards.
  public func counters() -> TransportCounters {
    var sum = TransportCounters()
    for shard in simulatedShards { sum.add(shard.core.value.tally) }
    return sum
  }
}

/// Requests for simulated connections.
public enum SimulatedRequest {
  /// A WebSocket handshake of a browser; nil fields are those of a well-formed one.
  ///
  /// - Parameters:
  ///   - target: Path and query.
  ///   - subprotocols: What the client offers.
  ///   - fields: What is added.
  /// - Precondition: The parts make a well-formed request.
  public static func upgrade(
    target: String = "/", host: String = "localhost", subprotocols: [String] = [],
    fields: [HTTPField] = []
  ) -> RequestHead {
    var all = [
      HTTPField("Upgrade", "websocket"), HTTPField("Connection", "Upgrade"),
      HTTPField("Sec-WebSocket-Version", "13"),
      HTTPField("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    if !subprotocols.isEmpty {
      all.append(HTTPField("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", ")))
    }
    return plain(.get, target: target, host: host, fields: all + fields)
  }

  /// Any request without a body.
  ///
  /// - Precondition: The parts make a well-formed request.
  public static func plain(
    _ method: HTTPMethod = .get, target: String = "/", host: String = "localhost",
    fields: [HTTPField] = []
  ) -> RequestHead {
    var text = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
    for field in fields { text += "\(field.name): \(field.value)\r\n" }
    var parser = RequestParser()
    let parsing = Array((text + "\r\n").utf8).withUnsafeBytes { parser.parse($0) }
    guard case .request(let head, _, _) = parsing else {
      preconditionFailure("not a well-formed request: \(text)")
    }
    return head
  }
}

extension PeerAddress {
  /// A peer on this machine.
  static var simulated: PeerAddress {
    guard let address = PeerAddress(host: "127.0.0.1", port: 40_000) else {
      preconditionFailure("127.0.0.1 is an address")
    }
    return address
  }
}
