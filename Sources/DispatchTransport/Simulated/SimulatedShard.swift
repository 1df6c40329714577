import ArenaTypes
import HTTPCodec
import WebSocketCodec

/// A shard that runs when it is told to.
final class SimulatedShard: TransportShard {
  let index: Int
  let core: Confined<SimulatedCore>
  private let mail = Locked<[@Sendable () -> Void]>([])

  init(index: Int, scheduler: any Scheduler, limits: TransportLimits, admission: Admission) {
    self.index = index
    core = Confined(
      SimulatedCore(index: index, scheduler: scheduler, limits: limits, admission: admission),
      to: .driver)
  }

  /// Whether a turn would do anything.
  var hasWork: Bool { mail.withLock { !$0.isEmpty } || core.value.isUnsettled }

  /// Runs what is posted by now, or the first of it, and settles; whether there was anything to do.
  func turn(itemCountMax: Int = .max) -> Bool {
    let work = mail.withLock { mail in
      let work = Array(mail.prefix(itemCountMax))
      mail.removeFirst(work.count)
      return work
    }
    for item in work { item() }
    return core.value.settle() || !work.isEmpty
  }

  var scheduler: any Scheduler { core.value.scheduler }

  func post(_ work: @escaping @Sendable () -> Void) { mail.withLock { $0.append(work) } }

  func preconditionIsCurrent() {}

  func send(_ frame: SharedFrame, to connection: ConnectionID) {
    core.value.send(frame, to: connection)
  }

  func send(text: UnsafeRawBufferPointer, to connection: ConnectionID, isCompressible: Bool) {
    core.value.send(SharedFrame(text: text), to: connection)
  }

  func send(binary: UnsafeRawBufferPointer, to connection: ConnectionID) {
    core.value.send(SharedFrame(binary: binary), to: connection)
  }

  func sendLatest(_ frame: LatestFrame, channel: UInt32, to connection: ConnectionID) {
    core.value.sendLatest(frame, channel: channel, to: connection)
  }

  func close(_ connection: ConnectionID, code: CloseCode, reason: String) {
    core.value.close(connection, code: code, reason: reason)
  }

  func pendingByteCount(of connection: ConnectionID) -> Int {
    core.value.client(connection)?.lanes.byteCount ?? 0
  }
}

/// The connections of a simulated shard, with the rules of `ShardCore` and nothing of its I/O.
final class SimulatedCore {
  let index: Int
  let scheduler: any Scheduler
  let limits: TransportLimits
  var handler: (any ShardHandler)?
  var tally = TransportCounters()
  private let admission: Admission
  /// By slot; ids are never used twice, so slots aren't either.
  ///
  /// Who has ended is forgotten.
  private var clients: [SimulatedClient?] = []
  /// Clients with something to send since the last time that all was settled.
  private var unsettled: [SimulatedClient] = []
  private var departures: [(id: ConnectionID, code: CloseCode?)] = []
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  init(index: Int, scheduler: any Scheduler, limits: TransportLimits, admission: Admission) {
    self.index = index
    self.scheduler = scheduler
    self.limits = limits
    self.admission = admission
  }

  deinit { scratch.deallocate() }

  func client(_ id: ConnectionID) -> SimulatedClient? {
    guard id.shardIndex == index, id.generation == 0, id.slot < clients.count else { return nil }
    return clients[id.slot]
  }

  private func open(_ id: ConnectionID) -> SimulatedClient? {
    guard let client = client(id), client.phase == .open else { return nil }
    return client
  }

  // MARK: Connecting

  func connect(_ request: RequestHead, peer: PeerAddress, pump: @escaping () -> Void)
    -> SimulatedTransport.Connecting
  {
    do throws(UpgradeRefusal) {
      _ = try UpgradeHandshake(request)
    } catch {
      tally.badRequests += 1
      return .refused(HTTPReply(status: error.status, fields: error.fields))
    }
    switch handler?.acceptsUpgrade(request, peer: peer) {
    case nil: return .refused(.overloaded)
    case .refuse(let reply): return .refused(reply)
    case .accept(let subprotocol):
      let id = ConnectionID(shard: index, generation: 0, slot: clients.count)
      let client = SimulatedClient(
        id: id, subprotocol: subprotocol, peer: peer, core: self, pump: pump)
      clients.append(client)
      tally.accepted += 1
      tally.connectionsNow += 1
      tally.handshakes += 1
      tally.webSocketsNow += 1
      handler?.connectionOpened(id, request: request, peer: peer)
      return .opened(client)
    }
  }

  // MARK: Sending

  func send(_ frame: SharedFrame, to id: ConnectionID) {
    guard let client = open(id) else { return }
    tally.framesSent += 1
    queue(frame, for: client)
  }

  private func queue(_ frame: SharedFrame, for client: SimulatedClient) {
    mustSettle(client)
    if client.lanes.losslessByteCount + frame.byteCount > limits.losslessByteCountMax {
      flush(client)
      guard client.phase == .open else { return }
    }
    if client.lanes.losslessByteCount + frame.byteCount > limits.losslessByteCountMax {
      overflow(client)
    } else {
      client.lanes.append(frame, .lossless)
    }
  }

  func sendLatest(_ frame: LatestFrame, channel: UInt32, to id: ConnectionID) {
    guard let client = open(id) else { return }
    mustSettle(client)
    tally.latestFramesSent += 1
    if client.lanes.replace(channel: channel, with: frame.snapshot) {
      tally.latestFramesReplaced += 1
    } else if client.lanes.channelCount < limits.latestChannelCountMax {
      client.lanes.append(frame.delta, .latest(channel: channel))
    } else {
      overflow(client)
    }
  }

  private func overflow(_ client: SimulatedClient) {
    tally.overflows += 1
    client.lanes.dropUnsent()
    close(client.id, code: .slowConsumer, reason: "slow_consumer")
  }

  func close(_ id: ConnectionID, code: CloseCode, reason: String) {
    guard let client = open(id) else { return }
    client.lanes.append(
      SharedFrame(encoded: FrameEncoder.closeFrame(code, reason: reason)), .uncounted)
    client.phase = .closing
    mustSettle(client)
    depart(client, code: code)
  }

  private func flush(_ client: SimulatedClient) {
    while !client.isStuck, !client.lanes.isEmpty, client.phase != .ended {
      let bytes = client.lanes.withNextBytes(gatheringIn: scratch) { Array($0) }
      let count = bytes.count
      client.lanes.consume(count)
      // A close frame among them ends the client, and with it the lanes.
      client.take(bytes)
      tally.bytesSent += count
      tally.sendCalls += 1
    }
  }

  // MARK: Receiving

  /// Acts on what a client has sent, as `ShardCore` acts on frames.
  func received(_ event: ReceivedEvent, from client: SimulatedClient) {
    guard client.phase == .open else { return }
    switch event {
    case .text(let text):
      tally.messagesReceived += 1
      handler?.messageReceived(client.id, text: text)
    case .binary(let bytes):
      tally.messagesReceived += 1
      if handler?.messageReceived(client.id, binary: bytes) != true {
        close(client.id, code: .unsupportedData, reason: "binary messages are not welcome")
      }
    case .ping(let payload):
      queue(SharedFrame(encoded: FrameEncoder.frame(.pong, payload)), for: client)
    case .pong: break
    case .close(let code, _): end(client, code: code)
    case .violation(let violation):
      close(client.id, code: violation.closeCode, reason: violation.reason)
    }
  }

  /// The connection is gone; nothing more comes or goes.
  func end(_ client: SimulatedClient, code: CloseCode?) {
    guard client.phase != .ended else { return }
    if client.phase == .open { depart(client, code: code) }
    client.phase = .ended
    client.lanes.dropUnsent()
    clients[client.id.slot] = nil
    tally.connectionsNow -= 1
    admission.release(client.peer.group, .admitted)
    client.ended(code)
  }

  private func depart(_ client: SimulatedClient, code: CloseCode?) {
    tally.webSocketsNow -= 1
    tally.closesByCode.count((code ?? .abnormal).rawValue)
    departures.append((client.id, code))
  }

  // MARK: Settling

  /// Whether frames or ended connections wait for `settle()`.
  var isUnsettled: Bool { !unsettled.isEmpty || !departures.isEmpty }

  /// Notes that a client may have something to send.
  func mustSettle(_ client: SimulatedClient) {
    guard !client.isUnsettled else { return }
    client.isUnsettled = true
    unsettled.append(client)
  }

  /// Lets frames flow and tells of ended connections; whether there was anything to do.
  ///
  /// Who is stuck is looked at again when that is over.
  func settle() -> Bool {
    let sentBefore = tally.bytesSent
    let waiting = unsettled
    unsettled = []
    for client in waiting {
      client.isUnsettled = false
      if client.phase != .ended { flush(client) }
    }
    let ended = departures
    departures = []
    for departure in ended { handler?.connectionClosed(departure.id, code: departure.code) }
    return tally.bytesSent != sentBefore || !ended.isEmpty
  }

  func drain(reconnectSpread: Duration) {
    for client in clients.compactMap({ $0 }) {
      let reason = ReconnectHint.reason(slot: client.id.slot, spread: reconnectSpread)
      close(client.id, code: .serviceRestart, reason: reason)
    }
  }
}
