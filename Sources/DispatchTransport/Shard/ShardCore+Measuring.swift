import ArenaTypes
import HTTPCodec
import WebSocketCodec

/// What is measured of connections without a word of memory in them.
extension ShardCore {
  /// Counts a response.
  func count(_ status: HTTPStatus) {
    tally.responsesByStatus.count(UInt16(truncatingIfNeeded: status.code))
  }

  /// Pings a silent peer; the payload is the moment, which the pong brings back (RFC 6455 section
  /// 5.5.3).
  func sendPing(_ slot: Int) {
    slab.base[slot].flags.insert(.awaitsPong)
    tally.pingsSent += 1
    let moment = withUnsafeBytes(of: scheduler.nanoseconds.bigEndian) { Array($0) }
    put(FrameEncoder.frame(.ping, moment), at: slot)
  }

  /// Takes the round trip from a pong that was asked for.
  func pongCame(_ payload: UnsafeRawBufferPointer, at slot: Int) {
    tally.controlFramesReceived += 1
    // One pong a ping, and none from before the ping could have been sent: a peer that makes pongs
    // up spoils its own measurement and no more.
    guard payload.count == 8, slab.base[slot].flags.remove(.awaitsPong) != nil else { return }
    let sent = Int64(bigEndian: payload.loadUnaligned(as: Int64.self))
    let (elapsed, overflow) = scheduler.nanoseconds.subtractingReportingOverflow(sent)
    guard !overflow, elapsed >= 0, elapsed <= Self.roundTripMax else { return }
    tally.pingRoundTrips.observe(nanoseconds: UInt64(elapsed))
  }

  /// Longer round trips are made up: ten minutes.
  private static var roundTripMax: Int64 { 600_000_000_000 }
}

/// What waits for peers, gathered while all connections are looked through.
struct Backlog {
  private var connectionCount = 0
  private var frameCount = 0
  private var byteCount = 0
  private var byteCountMax = 0

  /// Adds what waits for one connection; one in a free slot has nothing.
  mutating func look(at connection: UnsafeMutablePointer<Connection>) {
    guard connection.pointee.hasUnsent else { return }
    let lanes = connection.pointee.outgoing
    let single = connection.pointee.single
    let waiting = (lanes?.byteCount ?? 0) + (single?.byteCount ?? 0)
    connectionCount += 1
    frameCount += (lanes?.frameCount ?? 0) + Int(single?.frameCount ?? 0)
    byteCount += waiting
    byteCountMax = max(byteCountMax, waiting)
  }

  /// Puts the sums where they are read.
  func write(to tally: inout TransportCounters) {
    tally.connectionsBehind = connectionCount
    tally.framesWaiting = frameCount
    tally.bytesWaiting = byteCount
    tally.bytesWaitingMax = byteCountMax
  }
}
