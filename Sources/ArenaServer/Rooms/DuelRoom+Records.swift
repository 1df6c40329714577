import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension DuelRoom {
  /// What is written together with a command that reveals a round or ends the duel.
  func closingWrites(_ events: [DuelEvent], now: Timestamp) -> [StoreWrite] {
    events.flatMap { event -> [StoreWrite] in
      switch event {
      case .revealed(let result, _): answerRecords(of: result, now: now)
      case .finished(let result): resultWrites(result, now: now)
      default: []
      }
    }
  }

  private func resultWrites(_ result: DuelResult, now: Timestamp) -> [StoreWrite] {
    let setup = duel.setup
    var writes: [StoreWrite] = [
      .putDuelResult(resultRecord(result, now: now)), .closeRoom(.duel(id), at: now),
    ]
    for (seat, change) in zip(setup.seats, result.ratings) where seat.kind == .human {
      writes.append(
        .putRating(
          RatingRecord(
            player: seat.player, format: setup.format.rawValue, rating: change.after.value,
            deviation: change.after.deviation, volatility: change.after.volatility,
            updatedAt: now)))
    }
    return writes
  }

  private func resultRecord(_ result: DuelResult, now: Timestamp) -> DuelResultRecord {
    let setup = duel.setup
    let outcome: DuelResultRecord.Outcome =
      switch result.outcome {
      case .winner(let seat): .won(setup.seats[seat].player)
      case .draw: .draw
      case .void: .void
      }
    let reason =
      switch result.reason {
      case .points: "points"
      case .resigned: "resigned"
      case .absent: "absent"
      case .moderator(let text): "moderator: \(text)"
      }
    return DuelResultRecord(
      duel: id, format: setup.format.rawValue, campaign: context.services.campaign.info.id,
      startedAt: record.startedAt, endedAt: now, isRated: setup.isRated, outcome: outcome,
      reason: reason,
      seats: setup.seats.enumerated().map { index, seat in
        let change = result.ratings.indices.contains(index) ? result.ratings[index] : nil
        return DuelResultRecord.Seat(
          player: seat.player, name: seat.name, isBot: seat.kind == .bot,
          points: result.totals[index], ratingBefore: change?.before.value,
          ratingAfter: change?.after.value)
      })
  }

  /// What people answered in a round, kept for research; bots teach nobody anything.
  private func answerRecords(of result: RoundResult, now: Timestamp) -> [StoreWrite] {
    var writes: [StoreWrite] = []
    for (index, seat) in duel.setup.seats.enumerated() where seat.kind == .human {
      for (attempt, content) in contents(of: result.reveal, seat: index).enumerated() {
        writes.append(
          .recordAnswer(
            AnswerRecord(
              id: "\(id)/\(result.round)/\(index)/\(attempt)", player: seat.player,
              unit: result.unit, campaign: context.services.campaign.info.id, at: now,
              milliseconds: milliseconds(of: result.reveal, seat: index), content: content)))
      }
    }
    return writes
  }

  private func milliseconds(of reveal: RoundReveal, seat: Int) -> Int {
    switch reveal {
    case .pick(_, _, _, _, let milliseconds), .oddOneOut(_, _, _, let milliseconds),
      .predict(_, _, _, _, let milliseconds):
      milliseconds[seat].map(Int.init) ?? 0
    case .write, .fire: 0
    }
  }

  private func contents(of reveal: RoundReveal, seat: Int) -> [AnswerRecord.Content] {
    switch reveal {
    case .pick(let options, _, _, let picks, _):
      guard let pick = picks[seat], options.count == 2 else { return [] }
      let (chosen, other) =
        pick == .a ? (options[0], options[1]) : (options[1], options[0])
      return [.pick(chosen: chosen, other: other, wasShownFirst: pick == .a)]
    case .write(let entries, _):
      return entries[seat].map {
        [.write(text: $0.text.description, score: $0.score?.value)]
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
}
