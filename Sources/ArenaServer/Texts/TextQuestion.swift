import ArenaProtocol
import ArenaTypes

/// What is asked about a text: a unit's activation on each token, or what adds to it on one of them.
struct TextQuestion: Sendable {
  let unit: UnitID
  let text: String
  /// The token that is looked into; nil where all are read.
  let token: Int?

  init(_ content: ClientCommand.UnitTry) {
    (unit, text, token) = (content.unit, content.text, nil)
  }

  init(_ content: ClientCommand.UnitAttribute) {
    (unit, text, token) = (content.unit, content.text, content.token)
  }

  /// What it takes of a player's budget: one for a reading, and one more for each 600 tokens that have
  /// to be read to leave out each.
  var cost: Double {
    guard let token else { return 1 }
    return Double(1 + token * (token + 1) / 2 / 600)
  }
}
