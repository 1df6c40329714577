import ArenaRules
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

  func unitsMet(by player: PlayerID, since moment: Timestamp) -> [UnitID: Timestamp] {
    let answers = state.answers.lazy.map(\.record).filter { $0.player == player && $0.at >= moment }
    return answers.reduce(into: [:]) { $0[$1.unit] = max($0[$1.unit] ?? $1.at, $1.at) }
  }

  func duelResult(_ duel: DuelID) -> DuelResultRecord? { state.duelResults[duel] }

  func duelResults(of player: PlayerID, limit: Int) -> [DuelResultRecord] {
    page(
      state.duelResults.values.filter { $0.seats.contains { $0.player == player } }
        .sorted { ($1.endedAt, $1.duel) < ($0.endedAt, $0.duel) },
      limit)
  }

  func playedDuels(format: String, campaign: CampaignID, limit: Int) -> [DuelResultRecord] {
    page(
      state.duelResults.values.filter { result in
        result.format == format && result.campaign == campaign && result.reason == "points"
          && !result.seats.contains(where: \.isBot)
      }.sorted { ($1.endedAt, $1.duel) < ($0.endedAt, $0.duel) },
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

  func deeds(of player: PlayerID) -> [BoardDeed] {
    let results = state.duelResults.values.sorted { ($0.endedAt, $0.duel) < ($1.endedAt, $1.duel) }
    let duels = BoardDeed.deeds(of: results.compactMap { $0.line(of: player) })
    let lines = state.finalBoards.values.sorted { $0.contest < $1.contest }.flatMap { board in
      board.entries.filter { $0.player == player }.compactMap { entry in
        state.contests[board.contest].map { entry.deed(in: $0.id, opensAt: $0.opensAt) }
      }
    }
    return (duels + lines).sorted { $0.at < $1.at }
  }

  func playersWithDeeds(after player: PlayerID?, limit: Int) -> [PlayerID] {
    let seats = state.duelResults.values.flatMap { $0.seats.filter { !$0.isBot }.map(\.player) }
    let lines = state.finalBoards.values.flatMap { $0.entries.map(\.player) }
    let players = Set(seats + lines).filter { id in player.map { id > $0 } ?? true }
    return page(players.sorted(), limit)
  }

  func score(unit: UnitID, text: ExplanationText, scorer: String) -> ScoreRecord? {
    state.scores[ScoreKey(unit: unit, text: text, scorer: scorer)]
  }

  func scores(after key: ScoreKey?, limit: Int) -> [ScoreRecord] {
    func order(_ key: ScoreKey) -> (String, String, String) {
      (key.unit.rawValue, key.text.description, key.scorer)
    }
    return page(
      state.scores.values.filter { record in key.map { order(record.key) > order($0) } ?? true }
        .sorted { order($0.key) < order($1.key) },
      limit)
  }

  func explanations(after id: ExplanationID?, limit: Int) -> [ExplanationRecord] {
    page(
      state.explanations.values.filter { record in id.map { record.explanation.id > $0 } ?? true }
        .sorted { $0.explanation.id < $1.explanation.id },
      limit)
  }

  func explanations(of unit: UnitID, limit: Int) -> [ExplanationRecord] {
    page(
      state.explanations.values.filter { $0.explanation.unit == unit }
        .sorted { ($0.createdAt, $0.explanation.id) < ($1.createdAt, $1.explanation.id) },
      limit)
  }

  func explanations(changedAfter number: Int64, limit: Int) -> [Numbered<ExplanationRecord>] {
    page(
      state.explanations.values.compactMap { record in
        let change = state.explanationChanges[record.explanation.id] ?? 0
        return change > number ? Numbered(number: change, record: record) : nil
      }.sorted { $0.number < $1.number }, limit)
  }

  func explanation(_ id: ExplanationID) -> ExplanationRecord? { state.explanations[id] }

  func answers(after number: Int64, limit: Int) -> [Numbered<AnswerRecord>] {
    page(state.answers.dropFirst(Int(clamping: max(0, number))), limit)
  }

  func audit(before number: Int64?, limit: Int) -> [Numbered<AuditRecord>] {
    page(state.audit.reversed().drop { $0.number >= number ?? .max }, limit)
  }

  func audit(id: String) -> Numbered<AuditRecord>? { state.audit.first { $0.record.id == id } }

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

  func bans(endingAfter moment: Timestamp) -> [BanRecord] {
    state.bans.values.filter { $0.endsAt.map { moment < $0 } ?? true }
      .sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
  }

  func ban(_ id: String) -> BanRecord? { state.bans[id] }

  func moderationCase(_ id: String) -> Numbered<ModerationCase>? { state.cases[id] }

  func moderationCases(
    of kind: ModerationCase.Kind, openAt moment: Timestamp?, before number: Int64?, limit: Int
  ) -> [Numbered<ModerationCase>] {
    page(
      state.cases.values
        .filter { one in
          one.record.kind == kind && one.number < number ?? .max
            && (moment.map { one.record.isOpen(at: $0) } ?? true)
        }
        .sorted { $0.number > $1.number },
      limit)
  }

  func moderationCaseCount(of kind: ModerationCase.Kind, openAt moment: Timestamp) -> Int {
    state.cases.values.count { $0.record.kind == kind && $0.record.isOpen(at: moment) }
  }

  func page<Records: Sequence>(_ records: Records, _ limit: Int) -> [Records.Element] {
    Array(records.prefix(limits.pageCount(limit)))
  }
}
