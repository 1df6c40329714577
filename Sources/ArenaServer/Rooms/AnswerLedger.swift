import ArenaProtocol
import DequeModule
import DispatchTransport

/// Remembers a player's commands and their answers, so that a command that is repeated after a
/// reconnect has no second effect and gets the first answer.
struct AnswerLedger {
  /// What is known of a command.
  enum Admission: Equatable {
    case new
    case underWay
    case answered([UInt8])
  }

  private enum Entry {
    case underWay(ConnectionID)
    case answered([UInt8])
  }

  /// The most commands that are remembered.
  let capacity: Int
  private var entries: [Wire.CommandID: Entry] = [:]
  private var order: Deque<Wire.CommandID> = []

  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// Looks a command up, and notes a new one; its answer will go to `connection`.
  mutating func admit(_ command: Wire.CommandID, from connection: ConnectionID) -> Admission {
    switch entries[command] {
    case .answered(let frame): return .answered(frame)
    case .underWay:
      entries[command] = .underWay(connection)
      return .underWay
    case nil:
      entries[command] = .underWay(connection)
      order.append(command)
      if order.count > capacity { entries[order.removeFirst()] = nil }
      return .new
    }
  }

  /// Forgets a command whose effect is undone, so that its repetition is a new attempt.
  mutating func forget(_ command: Wire.CommandID) {
    guard entries.removeValue(forKey: command) != nil else { return }
    order.removeAll { $0 == command }
  }

  /// Keeps an answer; returns the connection that waits for it, nil if nobody does.
  ///
  /// - Parameter isFinal: Whether a repetition gets it again. A refusal for now, such as
  ///   `unavailable`, had no effect, and a repetition is a new attempt.
  mutating func settle(
    _ command: Wire.CommandID, with frame: [UInt8], isFinal: Bool = true
  ) -> ConnectionID? {
    guard case .underWay(let connection) = entries[command] else { return nil }
    if isFinal {
      entries[command] = .answered(frame)
    } else {
      entries[command] = nil
      order.removeAll { $0 == command }
    }
    return connection
  }
}
