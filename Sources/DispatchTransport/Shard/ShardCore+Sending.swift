import CLinux
import Glibc
import WebSocketCodec

/// What goes out.
///
/// While a connection is being read, what it is sent is gathered and leaves in one call when the
/// reading is over; a frame for another connection waits there by reference and leaves when the
/// shard settles. So each connection costs one `send` a batch, however many messages it is sent.
extension ShardCore {
  /// The slot of a connection that messages may be sent to.
  @inline(__always)
  func openSlot(_ id: ConnectionID) -> Int? {
    guard let slot = slot(of: id), slab.base[slot].phase == .open else { return nil }
    return slot
  }

  func send(_ frame: SharedFrame, to id: ConnectionID) {
    guard let slot = openSlot(id) else { return }
    tally.framesSent += 1
    put(form(of: frame, .lossless, at: slot), .lossless, at: slot)
  }

  func send(
    _ opcode: Opcode, _ message: UnsafeRawBufferPointer, to id: ConnectionID,
    isCompressible: Bool = true
  ) {
    guard let slot = openSlot(id) else { return }
    tally.framesSent += 1
    let isCompressed = isCompressible && slab.base[slot].deflate != nil
    let deflated = isCompressed ? deflate(message, at: slot) : nil
    let payload = deflated ?? message
    let byteCount = FrameEncoder.byteCount(payloadByteCount: payload.count)
    if let space = gatheringSpace(byteCount, at: slot) {
      gatheredByteCount += FrameEncoder.write(
        opcode, payload, isCompressed: deflated != nil, into: space)
    } else {
      let frame = FrameEncoder.frame(opcode, payload, isCompressed: deflated != nil)
      put(SharedFrame(encoded: frame), .lossless, at: slot)
    }
  }

  func sendLatest(_ frame: LatestFrame, channel: UInt32, to id: ConnectionID) {
    guard let slot = openSlot(id) else { return }
    tally.latestFramesSent += 1
    sendGathered(of: slot)
    let connection = slab.base + slot
    if !connection.pointee.hasUnsent {
      connection.pointee.single = form(of: frame.delta, .latest(channel: channel), at: slot)
      connection.pointee.singleChannel = channel
      connection.pointee.flags.insert(.singleIsLatest)
      markDirty(slot)
      return
    }
    let lanes = lanes(of: slot)
    let lane = OutgoingLanes.Lane.latest(channel: channel)
    if lanes.hasFrame(of: channel) {
      lanes.replace(channel: channel, with: form(of: frame.snapshot, lane, at: slot))
      tally.latestFramesReplaced += 1
    } else if lanes.channelCount < limits.latestChannelCountMax {
      lanes.append(form(of: frame.delta, lane, at: slot), lane)
    } else {
      overflow(slot)
    }
  }

  func pendingByteCount(of id: ConnectionID) -> Int {
    guard let slot = slot(of: id) else { return 0 }
    let connection = slab.base + slot
    return (slot == gatheringSlot ? gatheredByteCount : 0)
      + (connection.pointee.tls?.unsent.count ?? 0)
      + (connection.pointee.single?.byteCount ?? 0)
      + (connection.pointee.outgoing?.byteCount ?? 0)
  }

  // MARK: Queueing

  /// Room for `byteCount` bytes among the gathered ones, if `slot` is being read and nothing of it
  /// waits that must go first.
  @inline(__always)
  private func gatheringSpace(_ byteCount: Int, at slot: Int) -> UnsafeMutableRawBufferPointer? {
    guard slot == gatheringSlot, !slab.base[slot].hasUnsent,
      byteCount <= gathered.count - gatheredByteCount
    else { return nil }
    return UnsafeMutableRawBufferPointer(rebasing: gathered[gatheredByteCount...])
  }

  /// Puts bytes that are no message of the handler's behind all that waits.
  func put(_ bytes: [UInt8], at slot: Int) {
    if let space = gatheringSpace(bytes.count, at: slot) {
      bytes.withUnsafeBytes { space.copyMemory(from: $0) }
      gatheredByteCount += bytes.count
    } else if !bytes.isEmpty {
      put(SharedFrame(encoded: bytes), .uncounted, at: slot)
    }
  }

  func put(_ frame: SharedFrame, _ lane: OutgoingLanes.Lane, at slot: Int) {
    if let space = gatheringSpace(frame.byteCount, at: slot) {
      frame.bytes.withUnsafeBytes { space.copyMemory(from: $0) }
      gatheredByteCount += frame.byteCount
      return
    }
    sendGathered(of: slot)
    let connection = slab.base + slot
    // First, since what can be joined is within the bound.
    if lane == .lossless, joins(frame, at: slot) { return }
    if lane == .lossless, !hasRoom(for: frame.byteCount, at: slot) {
      overflow(slot)
    } else if connection.pointee.hasUnsent {
      lanes(of: slot).append(frame, lane)
      markDirty(slot)
    } else {
      connection.pointee.single = frame
      connection.pointee.flags.remove(.singleIsLatest)
      markDirty(slot)
    }
  }

  /// Makes one of the frame that waits and the one that comes, if another connection was given the same.
  private func joins(_ frame: SharedFrame, at slot: Int) -> Bool {
    let connection = slab.base + slot
    guard let single = connection.pointee.single,
      !connection.pointee.flags.contains(.singleIsLatest),
      let joined = junction.join(single, frame)
    else { return false }
    connection.pointee.single = joined
    return true
  }

  /// Whether the lossless lane takes `byteCount` more, if need be after the kernel has taken some.
  private func hasRoom(for byteCount: Int, at slot: Int) -> Bool {
    let connection = slab.base + slot
    func fits() -> Bool {
      let single =
        connection.pointee.flags.contains(.singleIsLatest) ? nil : connection.pointee.single
      let waiting = connection.pointee.outgoing?.losslessByteCount ?? single?.byteCount ?? 0
      return waiting + byteCount <= limits.losslessByteCountMax
    }
    if fits() { return true }
    flush(slot)
    return fits() && connection.pointee.phase == .open
  }

  /// The connection's lanes, with its single frame moved into them.
  func lanes(of slot: Int) -> OutgoingLanes {
    let connection = slab.base + slot
    let lanes = connection.pointee.outgoing ?? spareLanes.popLast() ?? OutgoingLanes()
    connection.pointee.outgoing = lanes
    if let single = connection.pointee.single {
      let isLatest = connection.pointee.flags.contains(.singleIsLatest)
      lanes.append(
        single, isLatest ? .latest(channel: connection.pointee.singleChannel) : .lossless)
      connection.pointee.single = nil
    }
    return lanes
  }

  /// Has the connection flushed when the shard settles.
  func markDirty(_ slot: Int) {
    if slab.base[slot].flags.insert(.isDirty).inserted { dirtySlots.append(Int32(slot)) }
  }

  // MARK: Flushing

  func flushDirty() {
    var slots: [Int32] = []
    swap(&slots, &dirtySlots)
    for slot in slots where slab.base[Int(slot)].flags.contains(.isDirty) {
      slab.base[Int(slot)].flags.remove(.isDirty)
      flush(Int(slot))
    }
    junction.clear()
    slots.removeAll(keepingCapacity: true)
    if dirtySlots.isEmpty { swap(&slots, &dirtySlots) }
  }

  /// Sends what was gathered, if it was for this connection; what the kernel does not take waits.
  func sendGathered(of slot: Int) {
    guard slot == gatheringSlot, gatheredByteCount > 0 else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: gathered[..<gatheredByteCount])
    gatheredByteCount = 0
    guard let sent = transmit(bytes, at: slot), sent < bytes.count else { return }
    // Gathering stops where something waits, so this is at the front. It goes in whole and is then
    // consumed in part, which marks it as begun: an overflow must not cut a frame in two.
    let lanes = lanes(of: slot)
    lanes.append(SharedFrame(encoded: Array(bytes)), .lossless)
    lanes.consume(sent)
    noteStall(slot)
    watch(slot)
  }

  /// Notes that some has gone and some waits: a response, or the last bytes of a connection, must get on
  /// within a time of its own, and so must an open connection, whose stall the sweep measures.
  func noteStall(_ slot: Int) {
    slab.base[slot].stalledSince = 0
    switch slab.base[slot].phase {
    case .http, .lingering:
      slab.base[slot].deadline = deadline(after: limits.responseStallTimeout)
    case .open, .closing, .doomed, .free: break
    }
  }

  /// Sends what waits until it is all gone or the kernel takes no more.
  func flush(_ slot: Int) {
    let connection = slab.base + slot
    if connection.pointee.flags.contains(.holdsSealed), !flushSealed(slot) { return }
    if let single = connection.pointee.single {
      guard let sent = single.bytes.withUnsafeBytes({ transmit($0, at: slot) }) else { return }
      guard sent == single.byteCount else {
        lanes(of: slot).consume(sent)
        noteStall(slot)
        return watch(slot)
      }
      connection.pointee.single = nil
    }
    while let lanes = connection.pointee.outgoing {
      let offered = lanes.withNextBytes(gatheringIn: scratch) { bytes in
        transmit(bytes, at: slot).map { (sent: $0, isAll: $0 == bytes.count) }
      }
      guard let offered else { return }
      lanes.consume(offered.sent)
      if offered.sent > 0 { noteStall(slot) }
      if lanes.isEmpty {
        connection.pointee.outgoing = nil
        if spareLanes.count < Self.spareLaneCountMax { spareLanes.append(lanes) }
      } else if !offered.isAll {
        break
      }
    }
    watch(slot)
    if !connection.pointee.hasUnsent { allIsSent(slot) }
  }

  /// Sends: how many bytes are done with, 0 if none can go now, nil if the connection broke.
  private func transmit(_ bytes: UnsafeRawBufferPointer, at slot: Int) -> Int? {
    guard slab.base[slot].phase != .doomed else { return nil }
    if slab.base[slot].flags.contains(.isSecure) { return transmitSecure(bytes, at: slot) }
    return sendRaw(bytes, at: slot)
  }

  /// One `send` of bytes as they go over the wire.
  func sendRaw(_ bytes: UnsafeRawBufferPointer, at slot: Int) -> Int? {
    let count = ca_send(slab.base[slot].descriptor, bytes.baseAddress, bytes.count)
    tally.sendCalls += 1
    if count >= 0 {
      tally.bytesSent += count
      return count
    }
    if count == -Int(EAGAIN) || count == -Int(EINTR) { return 0 }
    breakOff(slot)
    return nil
  }

  /// Makes epoll watch for what the connection waits for.
  func watch(_ slot: Int) {
    let connection = slab.base + slot
    guard connection.pointee.phase != .doomed else { return }
    let flags = connection.pointee.flags
    let wantsOutput = connection.pointee.hasUnsent
    let ignoresInput =
      wantsOutput && flags.contains(.isPipelining) || flags.contains(.hasEnded)
    guard
      wantsOutput != flags.contains(.watchesOutput)
        || ignoresInput != flags.contains(.ignoresInput)
    else { return }
    connection.pointee.flags.set(.watchesOutput, to: wantsOutput)
    connection.pointee.flags.set(.ignoresInput, to: ignoresInput)
    poller.watch(
      connection.pointee.descriptor, input: !ignoresInput, output: wantsOutput, id(of: slot))
  }

  /// Goes on with what waited for the last byte to be sent.
  private func allIsSent(_ slot: Int) {
    switch slab.base[slot].phase {
    case .lingering: shut(slot)
    case .http where slab.base[slot].flags.contains(.hasEnded): breakOff(slot)
    case .http where slab.base[slot].flags.contains(.isPipelining): resumeRequests(slot)
    default: break
    }
  }
}

extension Connection.Flags {
  /// Puts `member` in or takes it out.
  mutating func set(_ member: Self, to isMember: Bool) {
    if isMember { insert(member) } else { remove(member) }
  }
}
