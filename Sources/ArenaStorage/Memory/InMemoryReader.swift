import ArenaTypes

/// Answers from one moment's state.
struct InMemoryReader: StoreReader {
  let state: InMemoryState
  let limits: StoreLimits

  func openRooms(of kind: RoomKind?) -> [RoomRecord] {
    state.rooms.values.map(\.record)
      .filter { $0.closedAt == nil && (kind == nil || $0.key.kind == kind) }
      .sorted { ($0.openedAt, $0.key) < ($1.openedAt, $1.key) }
  }

  func room(_ key: RoomKey) -> RoomRecord? { state.rooms[key]?.record }

  func journal(of key: RoomKey, from sequence: Int) -> [JournalEntry] {
    Array(state.rooms[key]?.journal.dropFirst(max(0, sequence)) ?? [])
  }

  func player(_ id: PlayerID) -> PlayerRecord? { state.players[id] }

  func player(secretHash: [UInt8]) -> PlayerRecord? {
    state.playersBySecret[secretHash].flatMap { state.players[$0] }
  }

  func ratings(of player: PlayerID) -> [RatingRecord] {
    (state.ratings[player] ?? [:]).values.sorted { $0.format < $1.format }
  }

  func bestRatings(format: String, limit: Int) -> [RatingRecord] {
    page(
      state.ratings.values.compactMap { $0[format] }
        .sorted { ($1.rating, $0.player) < ($0.rating, $1.player) },
      limit)
  }

  func unitsAnswered(by player: PlayerID, since moment: Timestamp) -> [UnitID] {
    let answers = state.answers.lazy.map(\.record).filter { $0.player == player && $0.at >= moment }
    return Set(answers.map(\.unit)).sorted()
  }

  func duelResult(_ duel: DuelID) -> DuelResultRecord? { state.duelResults[duel] }

  func duelResults(of player: PlayerID, limit: Int) -> [DuelResultRecord] {
    page(
      state.duelResults.values.filter { $0.seats.contains { $0.player == player } }
        .sorted { ($1.endedAt, $1.duel) < ($0.endedAt, $0.duel) },
      limit)
  }

  func contest(_ id: ContestID) -> ContestRecord? { state.contests[id] }

  func contests(closingFrom moment: Timestamp, limit: Int) -> [ContestRecord] {
    page(
      state.contests.values.filter { $0.closesAt >= moment }
        .sorted { ($0.closesAt, $0.id) < ($1.closesAt, $1.id) },
      limit)
  }

  func finalBoard(of contest: ContestID) -> FinalBoardRecord? { state.finalBoards[contest] }

  func score(unit: UnitID, text: ExplanationText, scorer: String) -> ScoreRecord? {
    state.scores[InMemoryState.ScoreKey(unit: unit, text: text, scorer: scorer)]
  }

  func explanations(of unit: UnitID, limit: Int) -> [ExplanationRecord] {
    page(
      state.explanations.values.filter { $0.explanation.unit == unit }
        .sorted { ($0.createdAt, $0.explanation.id) < ($1.createdAt, $1.explanation.id) },
      limit)
  }

  func explanation(_ id: ExplanationID) -> ExplanationRecord? { state.explanations[id] }

  func answers(after number: Int64, limit: Int) -> [Numbered<AnswerRecord>] {
    page(state.answers.dropFirst(Int(clamping: max(0, number))), limit)
  }

  func audit(before number: Int64?, limit: Int) -> [Numbered<AuditRecord>] {
    page(state.audit.reversed().drop { $0.number >= number ?? .max }, limit)
  }

  func moderatorTokens() -> [ModeratorTokenRecord] {
    state.moderatorTokens.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  func moderatorToken(hash: [UInt8]) -> ModeratorTokenRecord? {
    state.moderatorTokens.values.first { $0.hash == hash }
  }

  func bans(inForceAt moment: Timestamp) -> [BanRecord] {
    state.bans.values.filter { $0.isInForce(at: moment) }
      .sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
  }

  private func page<Records: Sequence>(_ records: Records, _ limit: Int) -> [Records.Element] {
    Array(records.prefix(limits.pageCount(limit)))
  }
}
