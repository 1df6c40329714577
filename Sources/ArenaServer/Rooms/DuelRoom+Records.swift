import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension DuelRoom {
  /// What is written together with a command that reveals a round or ends the duel.
  func closingWrites(_ events: [DuelEvent], now: Timestamp) -> [StoreWrite] {
    events.flatMap { event -> [StoreWrite] in
      switch event {
      case .revealed(let result, _):
        answerRecords(of: result, now: now) + scoreRecords(of: result, now: now)
          + explanationRecords(of: result, now: now) + hiddenTextRecords(of: result, now: now)
      case .finished(let result):
        resultWrites(result, now: now) + cutOffRecords(now: now) + speedFlags(now: now)
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
      duel: id, format: setup.format.rawValue, campaign: served.id,
      startedAt: record.startedAt, endedAt: now, isRated: setup.isRated, outcome: outcome,
      reason: reason,
      seats: setup.seats.enumerated().map { index, seat in
        let change = result.ratings.indices.contains(index) ? result.ratings[index] : nil
        return DuelResultRecord.Seat(
          player: seat.player, name: seat.name, isBot: seat.kind != .human,
          points: result.totals[index], ratingBefore: change?.before.value,
          ratingAfter: change?.after.value)
      })
  }

  /// What people answered in a round, kept for research; bots teach nobody anything.
  private func answerRecords(of result: RoundResult, now: Timestamp) -> [StoreWrite] {
    duel.setup.seats.indices.flatMap { seat in
      answerRecords(result.reveal, seat: seat, round: result.round, unit: result.unit, now: now)
    }
  }

  private func answerRecords(
    _ reveal: RoundReveal, seat index: Int, round: Int, unit: UnitID, now: Timestamp
  ) -> [StoreWrite] {
    let (setup, seat) = (duel.setup, duel.setup.seats[index])
    guard seat.kind == .human else { return [] }
    let pairs = setup.materials.indices.contains(round) ? setup.materials[round].pairs : []
    let times = times(of: seat.player, round: round)
    return reveal.contents(seat: index).enumerated().map { attempt, content in
      .recordAnswer(
        AnswerRecord(
          id: "\(id)/\(round)/\(index)/\(attempt)", player: seat.player, unit: unit,
          campaign: served.id, at: now,
          milliseconds: reveal.milliseconds(seat: index)
            ?? (times.indices.contains(attempt) ? times[attempt] : times.last) ?? 0,
          content: content,
          circumstances: reveal.circumstances(
            seat: index, attempt: attempt, setting: .duel, isRated: setup.isRated, pairs: pairs,
            rating: seat.rating.value)))
    }
  }

  /// How long each text of a player's took from the question on, as far as the room saw it asked.
  private func times(of player: PlayerID, round: Int) -> [Int] {
    duel.answerReceipts(player: player, round: round).compactMap { receipt in
      if case .done = receipt.answer { return nil }
      return max(0, Int((receipt.at - roundStartedAt).wholeMilliseconds))
    }
  }

  /// What people answered to the question that a duel's end has cut off, or that they met it.
  private func cutOffRecords(now: Timestamp) -> [StoreWrite] {
    guard let reveal = duel.unrevealed, let unit = duel.question?.unit else { return [] }
    return duel.setup.seats.indices.flatMap { seat in
      answerRecords(reveal, seat: seat, round: duel.round, unit: unit, now: now)
    }
  }

  /// The scores of what people wrote, with intervals and scorer, so that they can be told from scores
  /// of later scorers.
  private func scoreRecords(of result: RoundResult, now: Timestamp) -> [StoreWrite] {
    guard case .write(let entries, _) = result.reveal else { return [] }
    return zip(duel.setup.seats, entries).compactMap { seat, entry in
      guard seat.kind == .human, let entry, let score = entry.score else { return nil }
      return .putScore(
        ScoreRecord(unit: result.unit, text: entry.text, score: score, computedAt: now))
    }
  }

  /// What people wrote, as explanations of the unit; what somebody has said before is no new one.
  ///
  /// Pick rounds ask about those that are scored and not hidden.
  private func explanationRecords(of result: RoundResult, now: Timestamp) -> [StoreWrite] {
    guard case .write(let entries, _) = result.reveal else { return [] }
    var known = views.normalisedTexts(of: result.unit)
    return duel.setup.seats.enumerated().compactMap { index, seat in
      guard seat.kind == .human, let entry = entries[index], entry.score != nil,
        known.insert(NormalisedText(entry.text)).inserted
      else { return nil }
      return .putExplanation(
        ExplanationRecord(
          explanation: Explanation(
            id: Self.explanationID(duel: id, round: result.round, seat: index), unit: result.unit,
            text: entry.text,
            author: .player(seat.player)),
          campaign: served.id, createdAt: now, score: entry.score,
          isHidden: entry.isHidden))
    }
  }

  /// What an explanation is called that was written in a duel.
  static func explanationID(duel: DuelID, round: Int, seat: Int) -> ExplanationID {
    ExplanationID(rawValue: "w_\(duel)_\(round)_\(seat)")
  }

  /// Tells moderators of the texts of a round that wait for one of them to look.
  ///
  /// Texts that were refused wait for nobody.
  private func hiddenTextRecords(of result: RoundResult, now: Timestamp) -> [StoreWrite] {
    duel.setup.seats.enumerated().flatMap { index, seat in
      hiddenTexts(in: result.reveal, seat: index).flatMap { attempt, text in
        [waitingText(text, of: seat.player, result, seat: index, attempt: attempt, now: now)] + [
          .audit(
            AuditRecord(
              id: "hidden/\(id)/\(result.round)/\(index)/\(attempt)", at: now,
              who: Self.checkName, what: "hid a text", subject: seat.player.rawValue,
              why: "duel \(id), round \(result.round + 1): \(text)"))
        ]
      }
    }
  }

  /// A hidden text in the queue of what moderators look at.
  private func waitingText(
    _ text: String, of author: PlayerID, _ result: RoundResult, seat: Int, attempt: Int,
    now: Timestamp
  ) -> StoreWrite {
    let reference = TextReference.duel(
      id: id, round: result.round, seat: seat, attempt: attempt)
    let content = TextCase(
      text: text, unit: result.unit, author: author, duel: id, isHidden: true)
    return .putCase(content.record(reference, openedAt: now, closedAt: nil))
  }

  private func hiddenTexts(in reveal: RoundReveal, seat: Int) -> [(attempt: Int, text: String)] {
    switch reveal {
    case .write(let entries, _):
      guard let entry = entries[seat], entry.isHidden else { return [] }
      return [(0, entry.text.description)]
    case .fire(_, let tries):
      return tries[seat].filter { $0.isHidden && !$0.isRefused }.map { ($0.attempt, $0.text) }
    case .pick, .oddOneOut, .predict: return []
    }
  }

  /// What stands in the audit log for who hid a text.
  private static let checkName = "the check of texts"
}
