import ArenaProtocol
import ArenaTypes

/// What a player knows of the duel that it plays.
struct DuelSeat {
  let id: DuelID
  /// The rounds for which an answer is planned or given.
  var plannedRounds: Set<Int> = []
  /// The round that is open or was open last.
  var round = 0
  var kind = ""
  /// The unit that is asked about.
  var unit: UnitID?
  /// How many tokens can be marked.
  var tokenCount = 0
  /// When the answers of a round of texts were sent, at most so many.
  var textCount = 0

  init(id: DuelID) { self.id = id }

  /// Enters a round; false where it was entered before.
  mutating func enter(_ view: JSONValue) -> Bool {
    guard let number = view["number"]?.integer.map(Int.init), let kind = view["kind"]?.string
    else { return false }
    round = number
    self.kind = kind
    unit = view["unit"]?["id"]?.string.map { UnitID(rawValue: $0) }
    tokenCount = view["excerpts"]?[0]?["tokens"]?.array?.count ?? 0
    guard plannedRounds.insert(number).inserted else { return false }
    textCount = 0
    return true
  }
}
