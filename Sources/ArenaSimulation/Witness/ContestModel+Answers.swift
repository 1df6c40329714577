import ArenaRules
import ArenaTypes

/// Which answers must be kept beside a contest's journal.
extension ContestModel {
  /// The answers that must be kept once a command is on disk, each as player, round and try; some of
  /// them may have been kept before.
  func answersKept(with command: ContestCommand, _ events: [ContestEvent]) -> [String] {
    switch contest.setup.kind {
    case .race:
      events.compactMap { event in
        guard case .judged(let player, let verdict) = event else { return nil }
        return "\(player)/\(verdict.question)/0"
      }
    case .daily:
      changedRounds(events).flatMap { player, round -> [String] in
        guard let reveal = round.result?.reveal else { return [] }
        return (0..<reveal.keptCount(seat: 0)).map { "\(player)/\(round.number)/\($0)" }
      }
    case .live: liveAnswersKept(with: command, events)
    case .quest:
      if case .scored(let player, let question, let attempt, _) = command {
        ["\(player)/\(question)/\(attempt)"]
      } else {
        []
      }
    }
  }

  private func liveAnswersKept(with command: ContestCommand, _ events: [ContestEvent]) -> [String] {
    if case .submit(let player, let question, _, _) = command { return ["\(player)/\(question)/0"] }
    // Whoever was there at a reveal and gave no answer has met the question.
    return changedRounds(events).map { player, round in "\(player)/\(round.number)/0" }
  }

  private func changedRounds(_ events: [ContestEvent]) -> [(player: PlayerID, round: RunRound)] {
    events.flatMap { event -> [(player: PlayerID, round: RunRound)] in
      switch event {
      case .runChanged(let player, let run), .runEnded(let player, let run):
        run.rounds.map { (player, $0) }
      default: []
      }
    }
  }
}

extension RoundReveal {
  /// How many answers of a seat are kept; who gave none is kept as having met the question.
  func keptCount(seat: Int) -> Int {
    let count =
      switch self {
      case .pick(let options, _, _, let picks, _):
        picks[seat] == nil || options.count != 2 ? 0 : 1
      case .write(let entries, _): entries[seat] == nil ? 0 : 1
      case .oddOneOut(_, _, let choices, _): choices[seat] == nil ? 0 : 1
      case .predict(_, let excerpt, _, let marks, _): marks[seat] == nil || excerpt == nil ? 0 : 1
      case .fire(_, let tries): tries[seat].count
      }
    return max(1, count)
  }
}
