import ArenaTypes
import HTTPCodec
import WebSocketCodec

/// Time limits of connections.
///
/// Connections have no timers of their own. All of a shard's are looked through a few times within
/// the shortest limit: two nanoseconds each, and no memory, where 10,000 timers that hardly ever
/// fire would have to be moved with every message.
extension ShardCore {
  /// Sweeps again and again as long as there are connections.
  func scheduleSweep() {
    guard !isSweeping, slab.count > 0, isRunning else { return }
    isSweeping = true
    scheduler.schedule(after: limits.sweepInterval) { [unowned self] in
      isSweeping = false
      sweep()
      scheduleSweep()
    }
  }

  /// Runs `action` after `delay` of time that has truly passed.
  ///
  /// The server's clock follows the wall clock when that is set forward, and its timers with it; what
  /// cuts connections off does not.
  func schedule(afterElapsed delay: Duration, _ action: @escaping (ShardCore) -> Void) {
    let target = scheduler.monotonicMilliseconds + delay.wholeMilliseconds
    scheduler.schedule(after: delay) { [weak self] in
      guard let self else { return }
      let left = target - scheduler.monotonicMilliseconds
      if left <= 0 { return action(self) }
      schedule(afterElapsed: .milliseconds(left), action)
    }
  }

  private func sweep() {
    let now = tick
    let ping = UInt32(clamping: limits.pingInterval.wholeMilliseconds)
    let gone = UInt32(clamping: (limits.pingInterval + limits.pongTimeout).wholeMilliseconds)
    var backlog = Backlog()
    for slot in 0..<slab.usedCount {
      let connection = slab.base + slot
      backlog.look(at: connection)
      switch connection.pointee.phase {
      case .free, .doomed: continue
      case .http, .open, .closing, .lingering: break
      }
      let deadline = connection.pointee.deadline
      if deadline != 0, Int32(bitPattern: now &- deadline) >= 0 {
        expire(slot)
      } else if connection.pointee.phase == .open {
        if hasStalled(slot, now: now) {
          tally.stallTimeouts += 1
          log.timedOut(id(of: slot), "stall")
          breakOff(slot)
          continue
        }
        let silence = now &- connection.pointee.lastReceived
        if silence >= gone, connection.pointee.flags.contains(.isPinged) {
          tally.pongTimeouts += 1
          log.timedOut(id(of: slot), "pong")
          breakOff(slot)
        } else if silence >= ping, connection.pointee.flags.insert(.isPinged).inserted {
          sendPing(slot)
        }
      }
    }
    backlog.write(to: &tally)
  }

  /// Whether an open connection has taken no bytes for too long while some wait.
  ///
  /// The first look at a stall starts its time, and ``noteStall`` starts it anew with every byte that
  /// the kernel takes: nothing is noted where all goes out at once.
  private func hasStalled(_ slot: Int, now: UInt32) -> Bool {
    let connection = slab.base + slot
    guard connection.pointee.flags.contains(.watchesOutput) else {
      if connection.pointee.stalledSince != 0 { connection.pointee.stalledSince = 0 }
      return false
    }
    guard connection.pointee.stalledSince != 0 else {
      connection.pointee.stalledSince = max(1, now)
      return false
    }
    let stall = UInt32(clamping: limits.sendStallTimeout.wholeMilliseconds)
    return now &- connection.pointee.stalledSince >= stall
  }

  /// Does what belongs to a deadline that has passed.
  private func expire(_ slot: Int) {
    let connection = slab.base + slot
    switch connection.pointee.phase {
    case .http where connection.pointee.hasUnsent, .lingering where connection.pointee.hasUnsent:
      tally.responseTimeouts += 1
      log.timedOut(id(of: slot), "response")
      breakOff(slot)
    // Whoever was to name the client has not; there is nobody to answer.
    case .http where connection.pointee.flags.contains(.awaitsProxyHeader):
      tally.requestTimeouts += 1
      log.timedOut(id(of: slot), "proxy header")
      breakOff(slot)
    case .http where !connection.pointee.rest.isEmpty:
      tally.requestTimeouts += 1
      log.timedOut(id(of: slot), "request")
      let response = try? ResponseWriter.response(
        .requestTimeout, date: date, keepsAlive: false)
      count(.requestTimeout)
      put(response ?? [], at: slot)
      linger(slot)
    case .open:
      tally.messageTimeouts += 1
      log.timedOut(id(of: slot), "message")
      beginClosing(slot, code: .policyViolation, reason: "a message took too long")
    case .closing:
      tally.closeTimeouts += 1
      log.timedOut(id(of: slot), "close")
      breakOff(slot)
    // Nobody asks, or the peer does not close its side: both are ends like any other.
    case .http, .lingering:
      giveUpHandshake(slot)
      breakOff(slot)
    case .free, .doomed: break
    }
  }
}
