import ArenaProtocol
import ArenaTypes
import Interpretation

/// Boards that are no contest's, and where a player is at home.
extension SimulatedPlayer {
  private static let territories = ["DE", "DE-BY", "DE-BE", "FR", "FR-75", "US"]
    .compactMap { Territory($0) }

  private func one<Element>(of elements: [Element]) -> Element {
    elements[Int(chance.next() % UInt64(elements.count))]
  }

  /// Says where it is at home, or takes that back.
  func sayWhereAtHome() {
    send(.territorySet(.init(territory: happens(0.1) ? nil : one(of: Self.territories))))
  }

  /// A board to look at.
  func someBoard() -> Topic {
    let territory = happens(0.4) ? one(of: Self.territories) : nil
    let span = one(of: BoardSpan.allCases)
    switch chance.next() % 8 {
    case 0, 1, 2:
      let format = one(of: ["pick", "pick", "mixed", "write", "fire"])
      return .boardOf(BoardName(.rating(format: format, span), territory: territory))
    case 3, 4:
      let campaign = one(of: world.campaigns).info.id
      return .boardOf(BoardName(.campaign(campaign, span), territory: territory))
    case 5, 6:
      let series = one(of: ["race", "daily", "quest", "live"])
      return .boardOf(BoardName(.series(series, span), territory: territory))
    default:
      let contests = world.witness.durable.contests.keys.sorted()
      guard let last = contests.last, let territory else { return .lobby }
      let contest = happens(0.5) ? last : one(of: contests)
      return .boardOf(BoardName(.contest(contest), territory: territory))
    }
  }
}
