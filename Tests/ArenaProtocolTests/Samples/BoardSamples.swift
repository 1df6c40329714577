import ArenaProtocol
import ArenaTypes

extension BoardName {
  fileprivate static let ratings = BoardName(
    .rating(format: "pick", .week), territory: Territory("DE"))
  fileprivate static let contest = BoardName(.contest(ContestID(rawValue: "x-1")))
}

extension ClientCommand.BoardPage {
  static let full = ClientCommand.BoardPage(
    board: .ratings, from: 100_000_000, around: PlayerID(rawValue: "x_1"), count: 200)
  static let bare = ClientCommand.BoardPage(board: .contest, count: 1)
}

extension ClientCommand.BoardTerritories {
  static let full = ClientCommand.BoardTerritories(board: .ratings)
}

extension ClientCommand.TerritorySet {
  static let full = ClientCommand.TerritorySet(territory: Territory("GB-ENG"))
  static let bare = ClientCommand.TerritorySet(territory: nil)
}

extension ServerAnswer.BoardPage {
  static let full = ServerAnswer.BoardPage(
    board: .ratings, epoch: "e1", version: 3, count: 3, from: 2, entries: [.full, .bare])
  static let bare = ServerAnswer.BoardPage(
    board: .contest, epoch: "e1", version: 0, count: 0, from: 1, entries: [])
}

extension ServerAnswer.BoardTerritories {
  static let full = ServerAnswer.BoardTerritories(
    board: .ratings, territories: Wire.TerritoryCount.samples)
  static let bare = ServerAnswer.BoardTerritories(board: .contest, territories: [])
}

extension ServerEvent.BoardOwn {
  static let full = ServerEvent.BoardOwn(
    version: 3, rank: 7, of: 12, firstRank: 6, neighbours: [.full, .bare])
  static let bare = ServerEvent.BoardOwn(
    version: 0, rank: nil, of: 0, firstRank: 1, neighbours: [])
}

extension Wire.TerritoryCount {
  // The code is one, so there is a sample.
  static let samples = [Territory("DE-BY")].compactMap { $0 }.map {
    Wire.TerritoryCount(territory: $0, count: 4)
  }
}

extension Wire.Standing {
  static let full = Wire.Standing(
    kind: .series, subject: "race", span: .day,
    opensAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    closesAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000), zone: "Europe/Berlin",
    establishedOnly: true, beside: 3)
  static let bare = Wire.Standing(
    kind: .campaign, subject: "k", span: .all, opensAt: nil, closesAt: nil, zone: "UTC",
    establishedOnly: false, beside: 0)
}
