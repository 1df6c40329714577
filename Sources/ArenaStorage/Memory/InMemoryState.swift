import ArenaTypes

/// Everything that an in-memory store keeps, as a value.
package struct InMemoryState: Sendable {
  struct Room {
    var record: RoomRecord
    var journal: [JournalEntry] = []
  }

  /// Takes one write back, where a later one of its batch is refused.
  private typealias Undo = (inout InMemoryState) -> Void

  var rooms: [RoomKey: Room] = [:]
  var players: [PlayerID: PlayerRecord] = [:]
  var playersBySecret: [[UInt8]: PlayerID] = [:]
  var ratings: [PlayerID: [String: RatingRecord]] = [:]
  var duelResults: [DuelID: DuelResultRecord] = [:]
  var contests: [ContestID: ContestRecord] = [:]
  var finalBoards: [ContestID: FinalBoardRecord] = [:]
  var scores: [ScoreKey: ScoreRecord] = [:]
  var explanations: [ExplanationID: ExplanationRecord] = [:]
  /// The number of each explanation's last change.
  var explanationChanges: [ExplanationID: Int64] = [:]
  var explanationChangeCount: Int64 = 0
  var answers: [Numbered<AnswerRecord>] = []
  var answerIDs: Set<String> = []
  var audit: [Numbered<AuditRecord>] = []
  var auditIDs: Set<String> = []
  var moderatorTokens: [String: ModeratorTokenRecord] = [:]
  var bans: [String: BanRecord] = [:]
  var solos: [PlayerID: SoloRecord] = [:]
  var votes: [VoteKey: VoteRecord] = [:]
  var unitMarks: [UnitMarkKey: UnitMarkRecord] = [:]
  var waitingTexts: [ExplanationID: WaitingTextRecord] = [:]
  var finishedDailies: [PlayerID: [Int64: FinishedDailyRecord]] = [:]
  var cases: [String: Numbered<ModerationCase>] = [:]

  /// Nothing.
  package init() {}

  /// What can be asked of this moment.
  package func reader(limits: StoreLimits = StoreLimits()) -> any StoreReader {
    InMemoryReader(state: self, limits: limits)
  }

  /// Applies all of `writes`, or none.
  ///
  /// - Complexity: O(1) a write; forgetting rooms costs O(rooms).
  package mutating func apply(_ writes: [StoreWrite]) throws(StorageError) {
    if writes.count == 1 { return try apply(writes[0]) }
    var undone: [Undo] = []
    for write in writes {
      let undo = undo(of: write)
      do throws(StorageError) {
        try apply(write)
      } catch {
        for undo in undone.reversed() { undo(&self) }
        throw error
      }
      undone.append(undo)
    }
  }

  /// What brings back the state before `write`, made before it is applied.
  private func undo(of write: StoreWrite) -> Undo {
    switch write {
    case .openRoom(let room): return restoring(\.rooms[room.key])
    case .appendJournal(let entry):
      // The journal stays where it is, so that a batch costs no copy of it.
      let count = rooms[entry.room]?.journal.count ?? 0
      return { state in
        let added = (state.rooms[entry.room]?.journal.count ?? 0) - count
        state.rooms[entry.room]?.journal.removeLast(added)
      }
    case .closeRoom(let key, _):
      let closedAt = rooms[key]?.record.closedAt
      return { $0.rooms[key]?.record.closedAt = closedAt }
    case .forgetRooms: return restoring(\.rooms)
    case .putPlayer(let player):
      let (old, new) = (players[player.id], player)
      return { state in
        state.playersBySecret[new.secretHash] = nil
        if let old { state.playersBySecret[old.secretHash] = old.id }
        state.players[new.id] = old
      }
    case .putRating(let rating):
      let old = ratings[rating.player]
      return { $0.ratings[rating.player] = old }
    case .putDuelResult(let result): return restoring(\.duelResults[result.duel])
    case .putContest(let contest): return restoring(\.contests[contest.id])
    case .putFinalBoard(let board): return restoring(\.finalBoards[board.contest])
    case .putScore(let score):
      let key = ScoreKey(unit: score.unit, text: score.text, scorer: score.score.scorer)
      return restoring(\.scores[key])
    case .putExplanation(let record):
      let id = record.explanation.id
      let (old, change) = (explanations[id], explanationChanges[id])
      return { state in
        state.explanations[id] = old
        state.explanationChanges[id] = change
      }
    case .recordAnswer(let answer):
      guard !answerIDs.contains(answer.id) else { return { _ in } }
      return { state in
        state.answerIDs.remove(answer.id)
        state.answers.removeLast()
      }
    case .audit(let record):
      guard !auditIDs.contains(record.id) else { return { _ in } }
      return { state in
        state.auditIDs.remove(record.id)
        state.audit.removeLast()
      }
    case .putModeratorToken(let token): return restoring(\.moderatorTokens[token.id])
    case .putBan(let ban): return restoring(\.bans[ban.id])
    case .putSolo(let solo): return restoring(\.solos[solo.player])
    case .putVote(let vote): return restoring(\.votes[VoteKey(vote)])
    case .putUnitMark(let mark): return restoring(\.unitMarks[UnitMarkKey(mark)])
    case .putWaitingText(let text): return restoring(\.waitingTexts[text.explanation])
    case .scoreExplanation(let id, _):
      let (text, wait, change) = (explanations[id], waitingTexts[id], explanationChanges[id])
      return { state in
        state.explanations[id] = text
        state.explanationChanges[id] = change
        state.waitingTexts[id] = wait
      }
    case .putFinishedDaily(let daily): return restoring(\.finishedDailies[daily.player])
    case .putCase(let one): return restoring(\.cases[one.id])
    }
  }

  private func restoring<Value>(_ path: WritableKeyPath<InMemoryState, Value>) -> Undo {
    let value = self[keyPath: path]
    return { $0[keyPath: path] = value }
  }

  /// Applies one write; on a throw nothing has changed.
  private mutating func apply(_ write: StoreWrite) throws(StorageError) {
    switch write {
    case .openRoom(let room): try open(room)
    case .appendJournal(let entry): try append(entry)
    case .closeRoom(let key, let moment): try close(key, at: moment)
    case .forgetRooms(let moment):
      rooms = rooms.filter { _, room in room.record.closedAt.map { $0 >= moment } ?? true }
    case .putPlayer(let player): try put(player)
    case .putRating(let rating): ratings[rating.player, default: [:]][rating.format] = rating
    case .putDuelResult(let result): try put(result)
    case .putContest(let contest): contests[contest.id] = contest
    case .putFinalBoard(let board): try put(board)
    case .putScore(let score):
      scores[score.key] = score
    case .putExplanation(let record):
      explanations[record.explanation.id] = record
      explanationChangeCount += 1
      explanationChanges[record.explanation.id] = explanationChangeCount
    case .recordAnswer(let answer):
      guard answerIDs.insert(answer.id).inserted else { return }
      answers.append(Numbered(number: Int64(answers.count + 1), record: answer))
    case .audit(let record):
      guard auditIDs.insert(record.id).inserted else { return }
      audit.append(Numbered(number: Int64(audit.count + 1), record: record))
    case .putModeratorToken(let token): try put(token)
    case .putBan(let ban): bans[ban.id] = ban
    case .putSolo(let solo): solos[solo.player] = solo
    case .putVote(let vote): votes[VoteKey(vote)] = vote.direction == .none ? nil : vote
    case .putUnitMark(let mark): unitMarks[UnitMarkKey(mark)] = mark.mark == .none ? nil : mark
    case .putWaitingText(let text): waitingTexts[text.explanation] = text
    case .scoreExplanation(let id, let score):
      waitingTexts[id] = nil
      guard explanations[id] != nil else { return }
      explanations[id]?.score = score
      explanationChangeCount += 1
      explanationChanges[id] = explanationChangeCount
    case .putFinishedDaily(let daily):
      guard finishedDailies[daily.player]?[daily.day] == nil else { return }
      finishedDailies[daily.player, default: [:]][daily.day] = daily
    case .putCase(let one):
      let number = cases[one.id]?.number ?? Int64(cases.count + 1)
      cases[one.id] = Numbered(number: number, record: one)
    }
  }

  private mutating func open(_ room: RoomRecord) throws(StorageError) {
    if let existing = rooms[room.key]?.record {
      guard existing.setup == room.setup, existing.openedAt == room.openedAt else {
        throw .conflict("room \(room.key) was opened before, with another setup")
      }
      return
    }
    var opened = room
    opened.closedAt = nil
    rooms[room.key] = Room(record: opened)
  }

  private mutating func append(_ entry: JournalEntry) throws(StorageError) {
    guard let room = rooms[entry.room] else {
      throw .conflict("room \(entry.room) was never opened")
    }
    if room.journal.indices.contains(entry.sequence) {
      guard room.journal[entry.sequence] == entry else {
        throw .conflict("entry \(entry.sequence) of room \(entry.room) is another one")
      }
      return
    }
    guard room.record.closedAt == nil else { throw .conflict("room \(entry.room) is closed") }
    guard entry.sequence == room.journal.count else {
      throw .conflict(
        "entry \(entry.sequence) of room \(entry.room) is not the next, \(room.journal.count)")
    }
    rooms[entry.room]?.journal.append(entry)
  }

  private mutating func close(_ key: RoomKey, at moment: Timestamp) throws(StorageError) {
    guard let room = rooms[key] else { throw .conflict("room \(key) was never opened") }
    if room.record.closedAt == nil { rooms[key]?.record.closedAt = moment }
  }

  private mutating func put(_ player: PlayerRecord) throws(StorageError) {
    if let owner = playersBySecret[player.secretHash], owner != player.id {
      throw .conflict("the secret of player \(player.id) is another player's")
    }
    if let old = players[player.id] { playersBySecret[old.secretHash] = nil }
    playersBySecret[player.secretHash] = player.id
    players[player.id] = player
  }

  private mutating func put(_ result: DuelResultRecord) throws(StorageError) {
    if let existing = duelResults[result.duel], existing != result,
      result.voidedBecause == nil
    {
      throw .conflict("duel \(result.duel) has another result")
    }
    duelResults[result.duel] = result
  }

  private mutating func put(_ board: FinalBoardRecord) throws(StorageError) {
    if let existing = finalBoards[board.contest], existing != board, board.amendedBecause == nil {
      throw .conflict("contest \(board.contest) has another final board")
    }
    finalBoards[board.contest] = board
  }

  private mutating func put(_ token: ModeratorTokenRecord) throws(StorageError) {
    if moderatorTokens.values.contains(where: { $0.hash == token.hash && $0.id != token.id }) {
      throw .conflict("the hash of token \(token.id) is another token's")
    }
    moderatorTokens[token.id] = token
  }
}
