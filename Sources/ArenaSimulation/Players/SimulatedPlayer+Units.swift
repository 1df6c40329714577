import ArenaProtocol
import ArenaTypes
import Interpretation

/// Units' pages, own texts on them, and search.
extension SimulatedPlayer {
  private static let words = [
    "storm", "rain", "father", "hammer", "Rome", "iron", "violin", "the", "road", "quiet",
  ]

  private func someWords(_ count: ClosedRange<Int>) -> String {
    (0..<Int.random(in: count, using: &chance)).map { _ in
      Self.words[Int(chance.next() % UInt64(Self.words.count))]
    }.joined(separator: " ")
  }

  /// Looks for units, opens one, or tries a text on one; sometimes on the one that its round asks about.
  func lookAtUnits() {
    let units = world.campaigns[0].units
    var unit = units[Int(chance.next() % UInt64(units.count))].id
    if let asked = seat?.unit, happens(0.6) { unit = asked }
    switch chance.next() % 4 {
    case 0: send(.unitSearch(.init(query: someWords(1...2), by: .token)))
    case 1: send(.unitGet(.init(unit: unit)))
    default: send(.unitTry(.init(unit: unit, text: someWords(1...30))))
    }
  }
}
