import ArenaRules
import ArenaStorage
import ArenaTypes

/// What is kept of a duel beside its journal: its result, the ratings that it moves and the answers.
extension DurableWorld {
  /// Every answer of a person that a round reveals, or a contest judges, is kept with it, once.
  ///
  /// Who gave none is kept as having met the question. Every text of solo play is kept, too. A contest
  /// that has been read again may keep once more what it has kept: the names are the same.
  func checkAnswerRecords(_ writes: [StoreWrite]) throws(BrokenPromise) {
    var kept: [String] = []
    var wanted: [String] = []
    for write in writes {
      if case .recordAnswer(let answer) = write, !contestAnswers.contains(answer.id) {
        kept.append(answer.id)
      }
      if case .putExplanation(let text) = write, text.explanation.id.rawValue.hasPrefix("s_") {
        wanted.append("solo/\(text.explanation.id)")
      }
    }
    wanted += judged
    contestAnswers.formUnion(judged)
    for (id, round, reveal) in revealed {
      let seats = duels[id]?.duel.setup.seats ?? []
      for seat in seats.indices where seats[seat].kind == .human {
        wanted += (0..<reveal.keptCount(seat: seat)).map { "\(id)/\(round)/\(seat)/\($0)" }
      }
    }
    guard kept.sorted() == wanted.sorted() else {
      throw BrokenPromise("the answers \(kept) are kept, revealed were \(wanted)")
    }
  }

  func check(
    _ record: DuelResultRecord, _ writes: [StoreWrite], counts: inout SimulationCounts
  ) throws(BrokenPromise) {
    guard let model = duels[record.duel], let result = model.duel.result else {
      throw BrokenPromise("\(record.duel) has a result and has not ended")
    }
    let setup = model.duel.setup
    let outcome: DuelResultRecord.Outcome =
      switch result.outcome {
      case .winner(let seat): .won(setup.seats[seat].player)
      case .draw: .draw
      case .void: .void
      }
    let replayed = setup.seats.indices.map { index in
      let change = result.ratings.indices.contains(index) ? result.ratings[index] : nil
      return DuelResultRecord.Seat(
        player: setup.seats[index].player, name: setup.seats[index].name,
        isBot: setup.seats[index].kind != .human, points: result.totals[index],
        ratingBefore: change?.before.value, ratingAfter: change?.after.value)
    }
    counts.checks += 1
    guard record.outcome == outcome, record.seats == replayed, record.endedAt == result.at else {
      throw BrokenPromise("\(record.duel) is kept as \(record), a replay gives \(result)")
    }
    count(record, &counts)
    duels[record.duel]?.hasResult = true
    try checkRatings(record, result, setup, writes, counts: &counts)
  }

  private func count(_ record: DuelResultRecord, _ counts: inout SimulationCounts) {
    counts.duelsFinished += 1
    if record.seats.contains(where: { $0.ratingAfter != nil }) { counts.duelsRated += 1 }
    if record.outcome == .void { counts.duelsVoid += 1 }
    if record.seats.contains(where: \.isBot) { counts.duelsWithBot += 1 }
    if record.seats.contains(where: { $0.player.rawValue == "ghost" }) {
      counts.duelsWithGhost += 1
    }
  }

  private func checkRatings(
    _ record: DuelResultRecord, _ result: DuelResult, _ setup: DuelSetup, _ writes: [StoreWrite],
    counts: inout SimulationCounts
  ) throws(BrokenPromise) {
    var kept: [PlayerID: RatingRecord] = [:]
    for write in writes {
      if case .putRating(let rating) = write { kept[rating.player] = rating }
    }
    let moves =
      record.outcome != .void && setup.isRated && setup.seats.allSatisfy { $0.kind == .human }
    guard moves else {
      guard kept.isEmpty, result.ratings.isEmpty else {
        throw BrokenPromise(
          "\(record.duel) is void, for practice or with a bot, and moved a rating")
      }
      return
    }
    for (seat, change) in zip(setup.seats, result.ratings) {
      let key = RatingKey(player: seat.player, format: record.format)
      let before = ratings[key] ?? Rating()
      counts.ratingsChecked += 1
      counts.checks += 1
      guard seat.rating == before else {
        throw BrokenPromise(
          "\(record.duel) began with \(seat.rating) of \(seat.player), whose rating is \(before)")
      }
      let after = change.after
      guard let row = kept[seat.player], row.rating.bitPattern == after.value.bitPattern,
        row.deviation.bitPattern == after.deviation.bitPattern,
        row.volatility.bitPattern == after.volatility.bitPattern, row.updatedAt == after.ratedAt
      else {
        throw BrokenPromise(
          "\(record.duel) left \(seat.player) at \(String(describing: kept[seat.player])), "
            + "a replay at \(after)")
      }
      ratings[key] = after
    }
  }
}
