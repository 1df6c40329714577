/// Counts the messages of a scenario's first device and the journal's writes, and says where the one
/// thing goes wrong.
struct ScenarioBreaks {
  private let interruption: Scenario.Interruption?
  /// How many messages the device has sent.
  private(set) var sentCount = 0
  /// How many messages have left the server for it.
  private(set) var receivedCount = 0
  /// How many commits to journals were begun.
  private(set) var writtenCount = 0
  /// Whether it has happened.
  private(set) var isDone = false

  init(_ interruption: Scenario.Interruption?) { self.interruption = interruption }

  /// Whether the line breaks at the message that is sent now, and whether after it has arrived; nil
  /// where it goes on.
  mutating func send() -> Bool? {
    defer { sentCount += 1 }
    guard case .sent(sentCount, let arrives) = interruption else { return nil }
    isDone = true
    return arrives
  }

  /// The same for a message that leaves the server.
  mutating func receive() -> Bool? {
    defer { receivedCount += 1 }
    guard case .received(receivedCount, let arrives) = interruption else { return nil }
    isDone = true
    return arrives
  }

  /// Whether the server dies at one of the next `count` commits to journals, and whether after they
  /// are on disk; nil where it goes on.
  mutating func write(_ count: Int) -> Bool? {
    defer { writtenCount += count }
    guard case .written(let number, let survives) = interruption,
      (writtenCount..<writtenCount + count).contains(number)
    else { return nil }
    isDone = true
    return survives
  }
}
