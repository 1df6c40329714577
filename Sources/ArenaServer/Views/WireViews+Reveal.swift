import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

extension WireViews {
  /// The truth of a round.
  func reveal(_ result: RoundResult, heat: Wire.Heat?) -> Wire.Reveal {
    var parts = RevealParts()
    switch result.reveal {
    case .pick(let options, let right, let basis, let picks, let milliseconds):
      parts.answers = Wire.Pair(picks.map { $0.map { .pick(Wire.Side($0)) } }) ?? parts.answers
      parts.milliseconds = Wire.Pair(milliseconds.map { $0.map(Int.init) }) ?? parts.milliseconds
      parts.right = right.map { Wire.Side($0) }
      parts.basis = Wire.Basis(rawValue: basis.rawValue)
      if options.count == 2 {
        parts.explanations = Wire.SideCredits(
          a: credit(options[0], for: result.unit), b: credit(options[1], for: result.unit))
      }
    case .write(let entries, let isSame):
      let hidden = entries.enumerated().map { seat, entry in
        isHidden(
          entry?.isHidden ?? false, entry?.text.description ?? "", round: result.round,
          seat: seat, attempt: 0)
      }
      parts.answers =
        Wire.Pair(
          zip(entries, hidden).map { entry, isHidden in
            entry.map { .write(isHidden ? "" : $0.text.description) }
          }) ?? parts.answers
      parts.hidden = Wire.Pair(hidden) ?? parts.hidden
      parts.scores = Wire.Pair(entries.map { $0?.score })
      parts.isShared = isSame
      parts.best = best(of: result.unit)
      parts.machine = machine(of: result.unit)
    case .oddOneOut(let excerpts, let odd, let choices, let milliseconds):
      parts.answers =
        Wire.Pair(choices.map { $0.map { .oddOneOut($0.wire) } }) ?? parts.answers
      parts.milliseconds = Wire.Pair(milliseconds.map { $0.map(Int.init) }) ?? parts.milliseconds
      parts.excerpts = exactly(excerpts, of: result.unit)
      parts.odd = odd.wire
      parts.best = best(of: result.unit)
    case .predict(let explanation, _, let firing, let marks, let milliseconds):
      parts.answers = Wire.Pair(marks.map { $0.map { .predict($0) } }) ?? parts.answers
      parts.milliseconds = Wire.Pair(milliseconds.map { $0.map(Int.init) }) ?? parts.milliseconds
      parts.firing = firing
      parts.explanation = explanation.map { credit($0, for: result.unit) }
    case .fire(_, let tries):
      parts.tries = Wire.Pair(
        tries.enumerated().map { seat, tries in
          tries.map { fireTry($0, isOwn: false, round: result.round, seat: seat) }
        })
      parts.best = best(of: result.unit)
    }
    return Wire.Reveal(
      number: result.round + 1, kind: Wire.RoundKind(result.reveal.kind),
      weight: result.multiplier, suddenDeath: result.isSuddenDeath, unit: card(result.unit),
      counted: result.counts, answers: parts.answers, hidden: parts.hidden,
      points: Wire.Pair(result.points[0], result.points[1]),
      milliseconds: parts.milliseconds, right: parts.right, basis: parts.basis,
      explanations: parts.explanations, scores: parts.scores, shared: parts.isShared,
      tries: parts.tries, excerpts: parts.excerpts, odd: parts.odd, firing: parts.firing,
      explanation: parts.explanation, best: parts.best, machine: parts.machine,
      heat: heat.map(shown))
  }

  private struct RevealParts {
    var answers: Wire.Pair<Wire.Answer?> = Wire.Pair(nil, nil)
    var hidden = Wire.Pair(false, false)
    var milliseconds: Wire.Pair<Int?> = Wire.Pair(nil, nil)
    var right: Wire.Side?
    var basis: Wire.Basis?
    var explanations: Wire.SideCredits?
    var scores: Wire.Pair<Score?>?
    var isShared = false
    var tries: Wire.Pair<[Wire.FireTry]>?
    var excerpts: [Wire.Clue]?
    var odd: Int?
    var firing: [Int]?
    var explanation: Wire.ExplanationCredit?
    var best: Wire.ExplanationCredit?
    var machine: Wire.ExplanationCredit?
  }

  /// The round's reveal excerpt with its real activations, and nothing predicted yet.
  func heat(of result: RoundResult) -> Wire.Heat? {
    guard let id = result.revealExcerpt, let excerpt = clue(id, of: result.unit) else {
      return nil
    }
    return Wire.Heat(excerpt: excerpt, predicted: [])
  }

  /// The explanations of a round whose predictions are shown beside the real activations: both sides
  /// of a pick, the one of a predict round, what each seat wrote.
  func explanationsToPredict(in result: RoundResult) -> [(label: String, text: ExplanationText)] {
    switch result.reveal {
    case .pick(let options, _, _, _, _):
      zip(["a", "b"], options).compactMap { label, id in
        explanationText(id).map { (label, $0) }
      }
    case .write(let entries, _):
      entries.enumerated().compactMap { seat, entry in entry.map { ("\(seat)", $0.text) } }
    case .predict(let explanation, _, _, _, _):
      explanation.flatMap(explanationText).map { [("shown", $0)] } ?? []
    case .oddOneOut, .fire: []
    }
  }
}
