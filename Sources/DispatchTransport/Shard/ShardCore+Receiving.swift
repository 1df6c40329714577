import CLinux
import Glibc
import WebSocketCodec

/// What comes in: bytes of a ready connection, and the frames in them.
extension ShardCore {
  /// Does what a ready connection is ready for.
  func handleReady(_ slot: Int, bits: UInt32) {
    let connection = slab.base + slot
    if bits & UInt32(ca_epoll_out) != 0 { flush(slot) }
    guard connection.pointee.phase != .doomed else { return }
    let troubles = UInt32(ca_epoll_err | ca_epoll_hup)
    if connection.pointee.flags.contains(.ignoresInput) {
      if bits & troubles != 0 { breakOff(slot) }
    } else if bits & (troubles | UInt32(ca_epoll_in)) != 0 {
      if connection.pointee.flags.contains(.awaitsProxyHeader) {
        receiveProxyHeader(slot)
      } else {
        receive(slot)
      }
    }
  }

  private func receive(_ slot: Int) {
    if slab.base[slot].flags.contains(.isSecure) { return receiveSecure(slot) }
    let restByteCount = copyRestToInput(slot)
    let space = UnsafeMutableRawBufferPointer(rebasing: input[restByteCount...])
    let count = ca_receive(slab.base[slot].descriptor, space.baseAddress, space.count)
    guard noteReceived(count, at: slot) else { return }
    use(UnsafeMutableRawBufferPointer(rebasing: input[..<(restByteCount + count)]), at: slot)
  }

  /// Notes what a `recv` has returned; whether there are bytes.
  func noteReceived(_ count: Int, at slot: Int) -> Bool {
    guard count > 0 else {
      if count == 0 {
        peerEnded(slot)
      } else if count != -Int(EAGAIN), count != -Int(EINTR) {
        breakOff(slot)
      }
      return false
    }
    tally.bytesReceived += count
    slab.base[slot].lastReceived = tick
    slab.base[slot].flags.remove(.isPinged)
    return true
  }

  /// Copies what was left over to the front of the shard's buffer; how many bytes that is.
  func copyRestToInput(_ slot: Int) -> Int {
    let rest = slab.base[slot].rest
    if !rest.isEmpty { rest.withUnsafeBytes { input.copyMemory(from: $0) } }
    return rest.count
  }

  func use(_ bytes: UnsafeMutableRawBufferPointer, at slot: Int) {
    gatheringSlot = slot
    switch slab.base[slot].phase {
    case .http: readRequests(bytes, at: slot)
    case .open, .closing: readFrames(bytes, at: slot)
    case .lingering, .doomed, .free: break
    }
    sendGathered(of: slot)
    gatheringSlot = -1
  }

  /// Goes on with requests that waited for the response before them.
  func resumeRequests(_ slot: Int) {
    slab.base[slot].flags.remove(.isPipelining)
    let count = copyRestToInput(slot)
    use(UnsafeMutableRawBufferPointer(rebasing: input[..<count]), at: slot)
    watch(slot)
  }

  /// Keeps what has been received and not been used.
  func keep(_ rest: UnsafeMutableRawBufferPointer, at slot: Int) {
    if rest.isEmpty {
      // The empty array owns nothing; assigning it frees the old one.
      if !slab.base[slot].rest.isEmpty { slab.base[slot].rest = [] }
    } else {
      slab.base[slot].rest = Array(rest)
    }
  }

  /// The peer will send no more.
  ///
  /// Requests that it made before are still answered.
  func peerEnded(_ slot: Int) {
    if slab.base[slot].phase == .http, slab.base[slot].hasUnsent {
      slab.base[slot].flags.insert(.hasEnded)
      watch(slot)
    } else {
      breakOff(slot)
    }
  }

  // MARK: Frames

  /// Acts on every frame that is whole.
  func readFrames(_ bytes: UnsafeMutableRawBufferPointer, at slot: Int) {
    guard let handler else { return }
    var bytes = bytes
    let connection = slab.base + slot
    // The slot stays this connection's until the shard settles, whatever the handler does.
    let inflater = connection.pointee.deflate?.inflater
    let inflatedBefore = inflater?.messageCount ?? 0
    defer { if let inflater { tally.inflatedMessages += inflater.messageCount - inflatedBefore } }
    while let event = connection.pointee.receiver.next(
      &bytes, limits: limits.webSocket, inflater: inflater)
    {
      act(on: event, at: slot, handler)
      guard connection.pointee.phase == .open || connection.pointee.phase == .closing else {
        return
      }
    }
    keep(bytes, at: slot)
    guard connection.pointee.phase == .open else { return }
    if bytes.isEmpty, !connection.pointee.receiver.isMessageUnderWay {
      connection.pointee.deadline = 0
    } else if connection.pointee.deadline == 0 {
      connection.pointee.deadline = deadline(after: limits.messageTimeout)
    }
  }

  @inline(__always)
  private func act(on event: ReceivedEvent, at slot: Int, _ handler: any ShardHandler) {
    let isOpen = slab.base[slot].phase == .open
    switch event {
    case .text(let text) where isOpen:
      messageEnded(slot)
      handler.messageReceived(id(of: slot), text: text)
    case .binary(let bytes) where isOpen:
      messageEnded(slot)
      if !handler.messageReceived(id(of: slot), binary: bytes) {
        close(id(of: slot), code: .unsupportedData, reason: "binary messages are not welcome")
      }
    case .ping(let payload) where isOpen:
      tally.controlFramesReceived += 1
      // Counted, or a peer that pings and does not read could make us keep pongs without end.
      put(SharedFrame(encoded: FrameEncoder.frame(.pong, payload)), .lossless, at: slot)
    case .pong(let payload) where isOpen: pongCame(payload, at: slot)
    case .text, .binary, .ping, .pong: break
    case .close(let code, _):
      tally.controlFramesReceived += 1
      peerClosed(slot, code: code)
    case .violation(let violation): reject(slot, violation)
    }
  }

  private func messageEnded(_ slot: Int) {
    tally.messagesReceived += 1
    slab.base[slot].deadline = 0
  }
}
