import COpenSSL

/// One connection's TLS: bytes of the wire in, plain bytes out, and the other way round; no I/O.
///
/// ```
///   handshaking ──▶ established ──close_notify either way──▶ (still reads)
///        │               │
///        └───────────────┴── bytes that break TLS, an alert ──▶ failed
/// ```
///
/// It reads from and writes to the ``TLSWire`` of its shard; the caller lends the input before, and
/// takes what was written after every call, before the wire is another's.
final class TLSSession {
  enum Phase: UInt8 {
    case handshaking
    case established
    /// Nothing may be asked of OpenSSL any more.
    case failed
  }

  /// What became of a step of the handshake.
  enum Step: Equatable {
    case waiting
    case established(isResumed: Bool)
    case failed(TLSFailure)
  }

  /// What a read found.
  struct Reading: Equatable {
    /// How many plain bytes there are.
    var byteCount = 0
    /// The peer has said that it will send no more.
    var isEnded = false
    /// What broke the connection behind those bytes.
    var failure: TLSFailure?
  }

  private let ssl: OpaquePointer
  private let wire: TLSWire
  /// Kept for what its callbacks use.
  private let material: TLSMaterial
  private(set) var phase = Phase.handshaking
  private(set) var hasSentClose = false
  /// Bytes of the wire that the kernel has not taken; bounded by what one write makes.
  var unsent: [UInt8] = []

  /// - Throws: `TLSError.library` where memory is short.
  init(_ material: TLSMaterial, wire: TLSWire) throws(TLSError) {
    ssl = try TLSError.check(SSL_new(material.context), "SSL_new")
    self.wire = wire
    self.material = material
    wire.attach(to: ssl)
    SSL_set_accept_state(ssl)
  }

  deinit { SSL_free(ssl) }

  /// Goes on with the handshake, as far as the lent bytes reach.
  func shake() -> Step {
    ERR_clear_error()
    let result = SSL_do_handshake(ssl)
    if result == 1 {
      phase = .established
      return .established(isResumed: SSL_session_reused(ssl) == 1)
    }
    switch SSL_get_error(ssl, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .waiting
    default: return .failed(fail())
    }
  }

  /// Opens every record that is whole into `space`, which has room for all that was lent and for one
  /// record more.
  func read(into space: UnsafeMutableRawBufferPointer) -> Reading {
    var reading = Reading()
    guard phase == .established else { return reading }
    ERR_clear_error()
    while reading.byteCount < space.count {
      var count = 0
      let rest = space[reading.byteCount...]
      let result = SSL_read_ex(
        ssl, UnsafeMutableRawBufferPointer(rebasing: rest).baseAddress, rest.count, &count)
      guard result == 1 else {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: break
        case SSL_ERROR_ZERO_RETURN: reading.isEnded = true
        default: reading.failure = fail()
        }
        break
      }
      reading.byteCount += count
    }
    return reading
  }

  /// Seals as much of `bytes` as the wire has room for; how much that is, or nil if TLS has failed.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard phase == .established, !hasSentClose else { return nil }
    ERR_clear_error()
    var taken = 0
    while taken < bytes.count {
      let room = wire.room - TLSWire.overheadByteCount
      let size = min(bytes.count - taken, TLSWire.fragmentByteCountMax, room)
      guard size > 0 else { break }
      var count = 0
      let piece = UnsafeRawBufferPointer(rebasing: bytes[taken..<(taken + size)])
      // The wire has room for the record, so this never has to be tried again.
      guard SSL_write_ex(ssl, piece.baseAddress, size, &count) == 1 else {
        _ = fail()
        return nil
      }
      taken += count
    }
    return taken
  }

  /// Says that nothing more will be sent (close_notify), if that can still be said.
  func sendClose() {
    guard phase == .established, !hasSentClose else { return }
    hasSentClose = true
    ERR_clear_error()
    _ = SSL_shutdown(ssl)
    ERR_clear_error()
  }

  /// Whether `sendClose` has something to say.
  var owesClose: Bool { phase == .established && !hasSentClose }

  /// Takes no further part, since the connection is given up.
  func abandon() { phase = .failed }

  private func fail() -> TLSFailure {
    phase = .failed
    wire.dropInput()
    return TLSFailure(reason: OpenSSLErrors.takeReason())
  }
}
