import CLinux
import Glibc
import HTTPCodec

/// Connections under TLS: what stands between their sockets and the rest of the shard.
///
/// `receive` opens what came and hands plain bytes on; `transmit` seals what goes. All else, from
/// parsing to lanes and timeouts, knows nothing of it: bytes that are sealed and that the kernel has
/// not taken count as unsent like any others.
extension ShardCore {
  // MARK: Receiving

  /// Receives from a connection under TLS, and uses what that opens to.
  func receiveSecure(_ slot: Int) {
    // Not now: epoll reports it again with the next batch.
    if handshakeStepsLeft <= 0, slab.base[slot].tls?.phase ?? .handshaking == .handshaking {
      return
    }
    guard let wire = sharedWire() else { return breakOff(slot) }
    let restByteCount = copyRestToInput(slot)
    let space = UnsafeMutableRawBufferPointer(rebasing: input[restByteCount...])
    // Plain bytes are fewer than those on the wire, but for a record whose first part OpenSSL holds.
    let byteCountMax = min(wire.input.count, space.count - TLSWire.recordByteCountMax)
    guard byteCountMax > 0 else { return breakOff(slot) }
    let count = ca_receive(slab.base[slot].descriptor, wire.input.baseAddress, byteCountMax)
    guard noteReceived(count, at: slot) else { return }
    guard let session = session(of: slot, on: wire) else { return breakOff(slot) }
    guard session.phase != .failed else { return }
    wire.lend(count)
    if session.phase == .handshaking, !shake(session, at: slot) { return }
    let reading = session.read(into: space)
    // Alerts and answers to key updates.
    guard sendWritten(session, at: slot) else { return }
    if reading.byteCount > 0 {
      let byteCount = restByteCount + reading.byteCount
      use(UnsafeMutableRawBufferPointer(rebasing: input[..<byteCount]), at: slot)
    }
    if let failure = reading.failure {
      tally.tlsFailures[failure, default: 0] += 1
      breakOff(slot)
    } else if reading.isEnded {
      peerEnded(slot)
    }
  }

  /// The connection's TLS; made when its first bytes come, so that a silent peer costs nothing.
  private func session(of slot: Int, on wire: TLSWire) -> TLSSession? {
    if let session = slab.base[slot].tls { return session }
    guard let context = configuration.listeners[slab.base[slot].peer.listener].tls else {
      return nil
    }
    do throws(TLSError) {
      let session = try context.makeSession(on: wire)
      slab.base[slot].tls = session
      return session
    } catch {
      tally.tlsFailures[.library, default: 0] += 1
      return nil
    }
  }

  /// The wire of all the shard's connections; nil where memory is short.
  private func sharedWire() -> TLSWire? {
    if tlsWire == nil { tlsWire = try? TLSWire() }
    return tlsWire
  }

  /// Goes on with the handshake; whether it is over and done.
  private func shake(_ session: TLSSession, at slot: Int) -> Bool {
    handshakeStepsLeft -= 1
    let step = session.shake()
    if case .failed(let failure) = step {
      tally.tlsFailures[failure, default: 0] += 1
      log.note(id(of: slot), "TLS handshake failed", why: failure.rawValue)
      refuse(session, failure, at: slot)
      return false
    }
    guard sendWritten(session, at: slot), case .established(let isResumed) = step else {
      return false
    }
    tally.tlsHandshakes += 1
    if isResumed { tally.tlsResumed += 1 }
    return true
  }

  /// Ends a handshake that has failed, with OpenSSL's alert, or with a word in plain text for who
  /// has taken the port for one of HTTP.
  private func refuse(_ session: TLSSession, _ failure: TLSFailure, at slot: Int) {
    if failure == .plainHTTP {
      tlsWire?.clearWritten()
      slab.base[slot].flags.remove(.isSecure)
      slab.base[slot].tls = nil
      let response = try? ResponseWriter.response(
        .badRequest, fields: [HTTPField("Content-Type", "text/plain; charset=utf-8")],
        body: Array("This port speaks HTTPS.\n".utf8), keepsAlive: false)
      count(.badRequest)
      put(response ?? [], at: slot)
    } else if !sendWritten(session, at: slot) {
      return
    }
    linger(slot)
  }

  // MARK: Sending

  /// Seals and sends: how many of the plain bytes are done with, 0 if none can go now, nil if the
  /// connection broke.
  ///
  /// As many records as the wire has room for leave in one call. What is sealed is taken: if the
  /// kernel does not take it all, the rest waits in the session, and nothing more is sealed.
  func transmitSecure(_ bytes: UnsafeRawBufferPointer, at slot: Int) -> Int? {
    guard let session = slab.base[slot].tls else {
      breakOff(slot)
      return nil
    }
    var taken = 0
    guard sendUnsent(session, at: slot) else { return nil }
    while taken < bytes.count, session.unsent.isEmpty {
      guard let count = session.write(UnsafeRawBufferPointer(rebasing: bytes[taken...])) else {
        breakOff(slot)
        return nil
      }
      guard sendWritten(session, at: slot) else { return nil }
      taken += count
    }
    return taken
  }

  /// Sends what is sealed and waits; whether none of it is left and the connection stands.
  func flushSealed(_ slot: Int) -> Bool {
    guard let session = slab.base[slot].tls, sendUnsent(session, at: slot) else { return false }
    return session.unsent.isEmpty
  }

  /// Sends what the session has written; what the kernel does not take waits in the session.
  ///
  /// - Returns: Whether the connection stands.
  private func sendWritten(_ session: TLSSession, at slot: Int) -> Bool {
    guard let wire = tlsWire, !wire.written.isEmpty else { return true }
    defer { wire.clearWritten() }
    var sent = 0
    if session.unsent.isEmpty {
      guard let count = sendRaw(wire.written, at: slot) else { return false }
      sent = count
    }
    guard sent < wire.written.count else { return true }
    session.unsent += wire.written[sent...]
    // Only a peer that has TLS itself answer again and again, and reads nothing, comes here.
    guard session.unsent.count <= wire.written.count + limits.losslessByteCountMax else {
      breakOff(slot)
      return false
    }
    slab.base[slot].flags.insert(.holdsSealed)
    noteStall(slot)
    watch(slot)
    return true
  }

  /// Sends what waits in the session; whether the connection stands.
  private func sendUnsent(_ session: TLSSession, at slot: Int) -> Bool {
    guard !session.unsent.isEmpty else { return true }
    guard let sent = session.unsent.withUnsafeBytes({ sendRaw($0, at: slot) }) else { return false }
    if sent > 0 { noteStall(slot) }
    if sent == session.unsent.count {
      session.unsent = []
      slab.base[slot].flags.remove(.holdsSealed)
    } else {
      session.unsent.removeFirst(sent)
    }
    return true
  }

  // MARK: Ending

  /// Says that nothing more will come; whether that, and all before it, has left.
  func closeTLS(_ slot: Int) -> Bool {
    guard let session = slab.base[slot].tls else { return true }
    if session.owesClose {
      session.sendClose()
      guard sendWritten(session, at: slot) else { return false }
    }
    return session.unsent.isEmpty
  }

  /// Lets go of the TLS of a connection whose socket is about to be closed, with a close_notify if
  /// one can be sent at once.
  func buryTLS(_ slot: Int) {
    guard let session = slab.base[slot].tls else { return }
    if session.phase == .handshaking { tally.tlsFailures[.ended, default: 0] += 1 }
    if session.owesClose, session.unsent.isEmpty, let wire = tlsWire {
      session.sendClose()
      _ = ca_send(slab.base[slot].descriptor, wire.written.baseAddress, wire.written.count)
      wire.clearWritten()
    }
    slab.base[slot].tls = nil
  }

  /// Counts a connection that is given up before its handshake is over.
  func giveUpHandshake(_ slot: Int) {
    let connection = slab.base + slot
    guard connection.pointee.flags.contains(.isSecure) else { return }
    if let session = connection.pointee.tls {
      guard session.phase == .handshaking else { return }
      session.abandon()
    }
    tally.requestTimeouts += 1
    log.timedOut(id(of: slot), "TLS handshake")
    tally.tlsFailures[.tooLate, default: 0] += 1
  }
}
