import ArenaTypes
import CLinux
import Glibc
import WebSocketCodec

/// How connections end. What is decided here takes effect when the shard settles.
extension ShardCore {
  /// A connection that has ended, as the handler is to hear it.
  struct Departure {
    let id: ConnectionID
    let code: CloseCode?
  }

  func close(_ id: ConnectionID, code: CloseCode, reason: String) {
    guard let slot = openSlot(id) else { return }
    beginClosing(slot, code: code, reason: reason)
  }

  /// Closes from our side: the close frame goes behind all that waits, and the peer's is awaited.
  func beginClosing(_ slot: Int, code: CloseCode, reason: String) {
    put(FrameEncoder.closeFrame(code, reason: reason), at: slot)
    guard slab.base[slot].phase == .open else { return }
    slab.base[slot].phase = .closing
    slab.base[slot].deadline = deadline(after: limits.closeTimeout)
    depart(slot, code: code, cause: reason)
  }

  /// Gives up on a peer that does not take what it is sent: all that waits is dropped but the frame
  /// that has begun, and a close frame put in its place.
  func overflow(_ slot: Int) {
    guard slab.base[slot].phase == .open else { return }
    tally.overflows += 1
    lanes(of: slot).dropUnsent()
    beginClosing(slot, code: .slowConsumer, reason: "slow_consumer")
  }

  /// Answers a peer's close frame, or its last one after ours.
  func peerClosed(_ slot: Int, code: CloseCode) {
    if slab.base[slot].phase == .open {
      let answer =
        code == .noStatusReceived ? FrameEncoder.frame(.close, []) : FrameEncoder.closeFrame(code)
      put(answer, at: slot)
      depart(slot, code: code, isPeers: true, cause: "the peer")
    }
    linger(slot)
  }

  /// Answers a peer that broke the protocol.
  func reject(_ slot: Int, _ violation: ProtocolViolation) {
    if slab.base[slot].phase == .open {
      put(FrameEncoder.closeFrame(violation.closeCode, reason: violation.reason), at: slot)
      depart(slot, code: violation.closeCode, cause: violation.reason)
    }
    linger(slot)
  }

  /// Lets the last bytes go out, then shuts our side, and waits for the peer's end.
  func linger(_ slot: Int) {
    guard slab.base[slot].phase != .doomed else { return }
    slab.base[slot].phase = .lingering
    // As long as bytes go out it may take its time; the peer's end has its own, see `shut`.
    slab.base[slot].deadline = deadline(after: limits.responseStallTimeout)
    slab.base[slot].rest = []
    slab.base[slot].request = nil
    slab.base[slot].flags.remove(.isPipelining)
    markDirty(slot)
  }

  /// Ends our side of a lingering connection.
  func shut(_ slot: Int) {
    // What is left of TLS goes first; `flush` comes back here when it is gone.
    guard closeTLS(slot), slab.base[slot].flags.insert(.isShut).inserted else { return }
    slab.base[slot].deadline = deadline(after: limits.closeTimeout)
    if slab.base[slot].flags.contains(.hasEnded) {
      breakOff(slot)
    } else {
      shutdown(slab.base[slot].descriptor, Int32(SHUT_WR))
    }
  }

  /// Closes without another word.
  func breakOff(_ slot: Int) {
    guard slab.base[slot].phase != .doomed else { return }
    depart(slot, code: nil, cause: "broken off")
    slab.base[slot].phase = .doomed
    if slot == gatheringSlot { gatheredByteCount = 0 }
    doomedSlots.append(Int32(slot))
  }

  /// Notes that the handler is to be told, if it knows of the connection.
  private func depart(
    _ slot: Int, code: CloseCode?, isPeers: Bool = false, cause: @autoclosure () -> String
  ) {
    guard slab.base[slot].flags.remove(.isKnownToHandler) != nil else { return }
    tally.webSocketsNow -= 1
    let counted = (code ?? .abnormal).rawValue
    // Codes that a peer makes up have no place of their own: it could make up thousands.
    tally.closesByCode.count(isPeers && counted > CloseCode.registeredMax ? 0 : counted)
    log.closed(id(of: slot), code: code?.rawValue, cause: cause())
    departures.append(Departure(id: id(of: slot), code: code))
  }

  // MARK: Settling

  func reportDepartures() {
    var ended: [Departure] = []
    swap(&ended, &departures)
    for departure in ended { handler?.connectionClosed(departure.id, code: departure.code) }
  }

  func buryDoomed() {
    for slot in doomedSlots {
      let connection = slab.base + Int(slot)
      buryTLS(Int(slot))
      Glibc.close(connection.pointee.descriptor)
      release(connection.pointee.peer, connection.pointee.flags)
      slab.remove(Int(slot))
      tally.connectionsNow -= 1
    }
    doomedSlots.removeAll(keepingCapacity: true)
  }

  // MARK: Draining

  /// Sends everybody away, and calls `completion` when all are gone, at the latest after `limit`.
  ///
  /// Each is told another time to come back, over `spread`, so that they don't come all at once.
  func drain(
    within limit: Duration, reconnectSpread spread: Duration, completion: @escaping () -> Void
  ) {
    closeListeners()
    log.draining(shard: index, connectionCount: slab.count)
    drained = completion
    for slot in 0..<slab.usedCount {
      switch slab.base[slot].phase {
      case .open:
        beginClosing(
          slot, code: .serviceRestart, reason: ReconnectHint.reason(slot: slot, spread: spread))
      case .http where !slab.base[slot].hasUnsent && slab.base[slot].rest.isEmpty:
        breakOff(slot)
      default: break
      }
    }
    schedule(afterElapsed: limit) { core in core.breakOffAll() }
  }

  private func breakOffAll() {
    for slot in 0..<slab.usedCount where slab.base[slot].phase != .free { breakOff(slot) }
  }
}
