import ArenaTypes

/// Everything that an in-memory store keeps, as a value.
struct InMemoryState: Sendable {
  struct Room {
    var record: RoomRecord
    var journal: [JournalEntry] = []
  }

  struct ScoreKey: Hashable {
    let unit: UnitID
    let text: ExplanationText
    let scorer: String
  }

  var rooms: [RoomKey: Room] = [:]
  var players: [PlayerID: PlayerRecord] = [:]
  var playersBySecret: [[UInt8]: PlayerID] = [:]
  var ratings: [PlayerID: [String: RatingRecord]] = [:]
  var duelResults: [DuelID: DuelResultRecord] = [:]
  var contests: [ContestID: ContestRecord] = [:]
  var finalBoards: [ContestID: FinalBoardRecord] = [:]
  var scores: [ScoreKey: ScoreRecord] = [:]
  var explanations: [ExplanationID: ExplanationRecord] = [:]
  var answers: [Numbered<AnswerRecord>] = []
  var answerIDs: Set<String> = []
  var audit: [Numbered<AuditRecord>] = []
  var auditIDs: Set<String> = []
  var moderatorTokens: [String: ModeratorTokenRecord] = [:]
  var bans: [String: BanRecord] = [:]

  /// Applies all of `writes`, or none.
  ///
  /// - Complexity: One write costs O(1). Several cost a copy of each collection that they change,
  ///   since an earlier one must go back if a later one is refused.
  mutating func apply(_ writes: [StoreWrite]) throws(StorageError) {
    if writes.count == 1 { return try apply(writes[0]) }
    var next = self
    for write in writes { try next.apply(write) }
    self = next
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
      let key = ScoreKey(unit: score.unit, text: score.text, scorer: score.score.scorer)
      scores[key] = score
    case .putExplanation(let record): explanations[record.explanation.id] = record
    case .recordAnswer(let answer):
      guard answerIDs.insert(answer.id).inserted else { return }
      answers.append(Numbered(number: Int64(answers.count + 1), record: answer))
    case .audit(let record):
      guard auditIDs.insert(record.id).inserted else { return }
      audit.append(Numbered(number: Int64(audit.count + 1), record: record))
    case .putModeratorToken(let token): try put(token)
    case .putBan(let ban): bans[ban.id] = ban
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
    if let existing = duelResults[result.duel], existing != result {
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
