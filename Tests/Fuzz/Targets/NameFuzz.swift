import ArenaProtocol
import ArenaTypes
import FoundationEssentials

/// The name of a board, as clients subscribe to it: one board has one name, which is read from its
/// topic and written the same.
enum BoardNameFuzz: FuzzTarget {
  static let name = "board-name"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let text = String(decoding: input.bytes, as: UTF8.self)
    let topic = Topic("board/\(text)")
    guard let board = BoardName(text) else {
      return try hold(topic == nil, "no board is a topic: \(text)")
    }
    try hold(Array(board.description.utf8) == input.bytes, "\(text) is written \(board)")
    try hold(BoardName(board.everywhere.description) == board.everywhere, "\(board) everywhere")
    try hold(board.everywhere.of(board.territory) == board, "\(board) taken apart")
    if case .contest(let contest) = board.subject, board.territory == nil {
      try hold(topic == .board(contest), "\(text) is the topic of \(String(describing: topic))")
    } else {
      try hold(topic == .boardOf(board), "\(text) is the topic of \(String(describing: topic))")
    }
    try hold(topic.map { Array($0.description.utf8) } == Array("board/".utf8) + input.bytes, text)
  }
}

/// Two territories with a line break between them.
///
/// Each is written as it was read, and they stand in the order of their texts. The number behind them,
/// as a store may hold it, names one or none.
enum TerritoryFuzz: FuzzTarget {
  static let name = "territory"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let number = (0..<4).reduce(UInt32(0)) { value, _ in value << 8 | UInt32(input.decision()) }
    if let kept = Territory(number: number) { _ = (kept.description, kept.andCountry) }
    let lines = input.bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    let read = lines.map { Territory(String(decoding: $0, as: UTF8.self)) }
    for (line, territory) in zip(lines, read) {
      if let territory { try check(territory, Array(line)) }
    }
    guard read.count == 2, let first = read[0], let second = read[1] else { return }
    try hold((first < second) == lines[0].lexicographicallyPrecedes(lines[1]), "\(first) \(second)")
    try hold((first == second) == lines[0].elementsEqual(lines[1]), "\(first) is \(second)")
  }

  private static func check(_ territory: Territory, _ bytes: [UInt8]) throws(FuzzFinding) {
    try hold(Array(territory.description.utf8) == bytes, "\(bytes) is written \(territory)")
    try hold(Territory(number: territory.number) == territory, "\(territory) by its number")
    try hold(
      Territory(country: territory.countryCode, region: territory.regionCode) == territory,
      "\(territory) of its codes")
    let country = territory.country
    try hold(
      !country.isRegion && country.description == territory.countryCode
        && territory.andCountry == (territory.isRegion ? [country, territory] : [country]),
      "\(territory) lies in \(country)")
    let decoded = try? JSONDecoder().decode(
      [Territory].self, from: (try? JSONEncoder().encode([territory])) ?? Data())
    try hold(decoded == [territory], "\(territory) decoded")
  }
}
