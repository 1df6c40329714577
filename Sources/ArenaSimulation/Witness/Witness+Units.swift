import ArenaProtocol
import ArenaTypes

/// Players' own texts on units' pages.
extension Witness {
  /// Some of a text's activations leave the server before the rest: they go on where the last ones
  /// ended, and the unit is not sealed.
  func checkPart(_ frame: ServerFrame, _ id: String, _ sent: SentCommand, on line: Line) {
    guard case .unitTry(let content) = sent.command else { return fail("a part of \(sent.text)") }
    checkSeal(content.unit, sent, on: line)
    let told = line.topics.parts[id] ?? []
    require(
      frame.data["from"]?.integer == Int64(told.count), "\(id): \(frame.data) after \(told.count)")
    line.topics.parts[id] = told + (frame.data["tokens"]?.array ?? [])
    world.counts.textParts += 1
  }

  /// The whole of a text's activations leaves the server: it is what its parts were.
  func checkTried(
    _ unit: UnitID, _ id: String, _ data: JSONValue, _ sent: SentCommand, on line: Line
  ) {
    checkSeal(unit, sent, on: line)
    let tokens = data["tokens"]?.array ?? []
    let told = line.topics.parts.removeValue(forKey: id) ?? []
    require(tokens.starts(with: told), "\(id) was told \(told) and then \(tokens)")
  }
}

extension Topic {
  /// The board that it is of.
  var board: BoardName? {
    switch self {
    case .board(let id): BoardName(.contest(id))
    case .boardOf(let name): name
    case .duel, .me, .lobby, .moderation: nil
    }
  }
}
