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
        let silence = now &- connection.pointee.lastReceived
        if silence >= gone, connection.pointee.flags.contains(.isPinged) {
          tally.pongTimeouts += 1
          breakOff(slot)
        } else if silence >= ping, connection.pointee.flags.insert(.isPinged).inserted {
          sendPing(slot)
        }
      }
    }
    backlog.write(to: &tally)
  }

  /// Does what belongs to a deadline that has passed.
  private func expire(_ slot: Int) {
    let connection = slab.base + slot
    switch connection.pointee.phase {
    case .http where connection.pointee.hasUnsent, .lingering where connection.pointee.hasUnsent:
      tally.responseTimeouts += 1
      breakOff(slot)
    case .http where !connection.pointee.rest.isEmpty:
      tally.requestTimeouts += 1
      let response = try? ResponseWriter.response(.requestTimeout, keepsAlive: false)
      count(.requestTimeout)
      put(response ?? [], at: slot)
      linger(slot)
    case .open:
      tally.messageTimeouts += 1
      beginClosing(slot, code: .policyViolation, reason: "a message took too long")
    case .closing:
      tally.closeTimeouts += 1
      breakOff(slot)
    // Nobody asks, or the peer does not close its side: both are ends like any other.
    case .http, .lingering: breakOff(slot)
    case .free, .doomed: break
    }
  }
}
