import ArenaRules
import ArenaStorage
import ArenaTypes

/// What each seat answered in a round, as it is kept for research.
extension RoundReveal {
  /// The answers of a seat, in order; one that says that there was none where it gave none.
  func contents(seat: Int) -> [AnswerRecord.Content] {
    let given = given(seat: seat)
    return given.isEmpty ? [.unanswered(kind: kind.rawValue)] : given
  }

  private func given(seat: Int) -> [AnswerRecord.Content] {
    switch self {
    case .pick(let options, _, _, let picks, _):
      guard let pick = picks[seat], options.count == 2 else { return [] }
      let (chosen, other) =
        pick == .a ? (options[0], options[1]) : (options[1], options[0])
      return [.pick(chosen: chosen, other: other, wasShownFirst: pick == .a)]
    case .write(let entries, _):
      return entries[seat].map {
        [
          .write(
            text: $0.text.description, score: $0.score?.value, scorer: $0.score?.scorer)
        ]
      } ?? []
    case .oddOneOut(let excerpts, let odd, let choices, _):
      return choices[seat].map {
        [.oddOneOut(excerpts: excerpts, chosen: $0.wire, odd: odd.wire)]
      } ?? []
    case .predict(let explanation, let excerpt, _, let marks, _):
      guard let explanation, let excerpt, let marks = marks[seat] else { return [] }
      return [.predict(explanation: explanation, excerpt: excerpt, tokens: marks)]
    case .fire(_, let tries):
      return tries[seat].map { attempt in
        var peak: Double?
        if case .measured(let probed) = attempt.outcome { peak = probed.peak }
        return .fire(text: attempt.text, peak: peak)
      }
    }
  }

  /// How long a seat took; nil where the reveal doesn't tell.
  func milliseconds(seat: Int) -> Int? {
    switch self {
    case .pick(_, _, _, _, let milliseconds), .oddOneOut(_, _, _, let milliseconds),
      .predict(_, _, _, _, let milliseconds):
      milliseconds[seat].map(Int.init)
    case .write, .fire: nil
    }
  }

  /// Whether a seat was right; nil where it gave no answer, none was known, or points are more than
  /// right or wrong.
  func isRight(seat: Int) -> Bool? {
    switch self {
    case .pick(_, let right, _, let picks, _):
      guard let right, let pick = picks[seat] else { return nil }
      return pick == right
    case .oddOneOut(_, let odd, let choices, _): return choices[seat].map { $0 == odd }
    case .write, .predict, .fire: return nil
    }
  }

  private func isHidden(seat: Int, attempt: Int) -> Bool {
    switch self {
    case .write(let entries, _): entries[seat]?.isHidden ?? false
    case .fire(_, let tries):
      tries[seat].indices.contains(attempt) ? tries[seat][attempt].isHidden : false
    case .pick, .oddOneOut, .predict: false
    }
  }

  /// What a seat answered in, for its record.
  ///
  /// - Parameters:
  ///   - attempt: Which of the seat's answers, from 0.
  ///   - pairs: Those of the unit that a pick round drew from.
  func circumstances(
    seat: Int, attempt: Int = 0, setting: AnswerCircumstances.Setting, isRated: Bool,
    pairs: [ExplanationPair],
    rating: Double? = nil
  ) -> AnswerCircumstances {
    var circumstances = AnswerCircumstances(
      setting: setting, isRated: isRated, isRight: isRight(seat: seat),
      isHidden: isHidden(seat: seat, attempt: attempt), rating: rating.map { Int($0.rounded()) })
    if case .pick(let options, _, let basis, _, _) = self {
      circumstances.basis = basis.rawValue
      circumstances.testsReliability = pairs.contains { $0.isGold && $0.holds(options) }
    }
    return circumstances
  }
}
