import ArenaTypes

/// What a vote is known by.
struct VoteKey: Hashable, Sendable {
  let player: PlayerID
  let unit: UnitID
  let explanation: ExplanationID

  init(_ vote: VoteRecord) {
    player = vote.player
    unit = vote.unit
    explanation = vote.explanation
  }
}

/// What a mark is known by.
struct UnitMarkKey: Hashable, Sendable {
  let player: PlayerID
  let unit: UnitID

  init(_ mark: UnitMarkRecord) {
    player = mark.player
    unit = mark.unit
  }
}

extension InMemoryReader {
  func explanations(by player: PlayerID, limit: Int) -> [ExplanationRecord] {
    page(
      state.explanations.values.filter { $0.explanation.author == .player(player) }
        .sorted { ($1.createdAt, $1.explanation.id) < ($0.createdAt, $0.explanation.id) },
      limit)
  }

  func answers(by player: PlayerID, limit: Int) -> [AnswerRecord] {
    page(
      state.answers.filter { $0.record.player == player }
        .sorted { ($1.record.at, $1.number) < ($0.record.at, $0.number) }.map(\.record),
      limit)
  }

  func solo(of player: PlayerID) -> SoloRecord? { state.solos[player] }

  func voteCounts(of unit: UnitID) -> [VoteCount] {
    let votes = state.votes.values.filter { $0.unit == unit }
    return Dictionary(grouping: votes, by: \.explanation).map { explanation, votes in
      VoteCount(
        explanation: explanation, up: votes.count { $0.direction == .up },
        down: votes.count { $0.direction == .down })
    }.sorted { $0.explanation < $1.explanation }
  }

  func votes(by player: PlayerID, of unit: UnitID) -> [VoteRecord] {
    state.votes.values.filter { $0.player == player && $0.unit == unit }
      .sorted { $0.explanation < $1.explanation }
  }

  func votes(by player: PlayerID, limit: Int) -> [VoteRecord] {
    page(
      state.votes.values.filter { $0.player == player }
        .sorted {
          $0.at == $1.at
            ? ($0.unit, $0.explanation) < ($1.unit, $1.explanation) : $1.at < $0.at
        },
      limit)
  }

  func markCounts(of unit: UnitID) -> [UnitMarkRecord.Mark: Int] {
    Dictionary(grouping: state.unitMarks.values.filter { $0.unit == unit }, by: \.mark)
      .mapValues(\.count)
  }

  func mark(by player: PlayerID, of unit: UnitID) -> UnitMarkRecord? {
    state.unitMarks.values.first { $0.player == player && $0.unit == unit }
  }

  func waitingTextCount(of player: PlayerID) -> Int {
    state.waitingTexts.values.count { $0.player == player }
  }

  func waitingTexts(limit: Int) -> [WaitingTextRecord] {
    func turn(_ text: WaitingTextRecord) -> (Int, Int, Timestamp, ExplanationID) {
      (text.failureCount, text.isPaid ? 0 : 1, text.askedAt, text.explanation)
    }
    return page(state.waitingTexts.values.sorted { turn($0) < turn($1) }, limit)
  }

  func finishedDailies(of player: PlayerID, limit: Int) -> [FinishedDailyRecord] {
    page((state.finishedDailies[player] ?? [:]).values.sorted { $1.day < $0.day }, limit)
  }
}
