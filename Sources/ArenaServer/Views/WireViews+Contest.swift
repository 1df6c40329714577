import ArenaProtocol
import ArenaRules

extension WireViews {
  /// A question of a race; the clock beside it is the run's.
  func question(_ asked: RaceQuestion) -> Wire.Question {
    let question = asked.question
    let options = question.options
    return Wire.Question(
      number: asked.number + 1, unit: card(question.unit),
      clues: clues(question.clues, of: question.unit),
      options: Wire.SideTexts(
        a: options.first.map(text) ?? "", b: options.dropFirst().first.map(text) ?? ""),
      deadline: asked.deadline)
  }
}

extension Wire.BoardEntry {
  init(_ entry: ArenaRules.BoardEntry) {
    self.init(
      player: entry.player, name: entry.name, points: entry.points,
      finishedAt: entry.finishedAt)
  }
}

extension Wire.BoardOperation {
  init(_ operation: ArenaRules.BoardOperation) {
    switch operation {
    case .remove(let position): self = .remove(position: position)
    case .insert(let position, let entry):
      self = .insert(position: position, entry: Wire.BoardEntry(entry))
    case .move(let from, let to, let entry):
      self = .move(from: from, to: to, entry: Wire.BoardEntry(entry))
    case .change(let position, let entry):
      self = .change(position: position, entry: Wire.BoardEntry(entry))
    }
  }
}
