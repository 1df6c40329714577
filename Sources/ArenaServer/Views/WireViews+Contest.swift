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
