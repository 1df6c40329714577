public import ArenaTypes

/// What can be asked of a store; every answer of one reader is of the same moment.
///
/// A reader is lent for the time of one question. Lists have a stated order and, where they can grow
/// without end, a limit: `limit` is cut to `StoreLimits.pageCountMax`.
///
/// Every method throws `StorageError` where the store can't be read.
public protocol StoreReader {
  // MARK: Rooms

  /// The rooms that were opened and not closed, by opening time, then key; of one kind, or of all.
  func openRooms(of kind: RoomKind?) throws(StorageError) -> [RoomRecord]
  /// A room, open or closed; nil when there is none, or none any more.
  func room(_ key: RoomKey) throws(StorageError) -> RoomRecord?
  /// The entries of a room's journal from number `sequence` on, in order; empty for an unknown room.
  func journal(of key: RoomKey, from sequence: Int) throws(StorageError) -> [JournalEntry]

  // MARK: Players

  /// A player.
  func player(_ id: PlayerID) throws(StorageError) -> PlayerRecord?
  /// The player whose secret hashes to `secretHash`.
  func player(secretHash: [UInt8]) throws(StorageError) -> PlayerRecord?
  /// A player's ratings, by format.
  func ratings(of player: PlayerID) throws(StorageError) -> [RatingRecord]
  /// The best ratings of a format: rating descending, then player.
  func bestRatings(format: String, limit: Int) throws(StorageError) -> [RatingRecord]
  /// The units that a player has answered at or after `moment`, by name, each once.
  func unitsAnswered(by player: PlayerID, since moment: Timestamp) throws(StorageError) -> [UnitID]

  // MARK: Duels and contests

  /// The result of a finished duel.
  func duelResult(_ duel: DuelID) throws(StorageError) -> DuelResultRecord?
  /// A player's duels, the last one first.
  func duelResults(of player: PlayerID, limit: Int) throws(StorageError) -> [DuelResultRecord]
  /// A contest.
  func contest(_ id: ContestID) throws(StorageError) -> ContestRecord?
  /// The contests that close at or after `moment`, by closing time, then id.
  func contests(closingFrom moment: Timestamp, limit: Int) throws(StorageError) -> [ContestRecord]
  /// The final board of a contest; nil before it is settled.
  func finalBoard(of contest: ContestID) throws(StorageError) -> FinalBoardRecord?

  // MARK: Explanations and research data

  /// A score computed before; the scorer's name and version are part of the key.
  func score(
    unit: UnitID, text: ExplanationText, scorer: String
  ) throws(StorageError) -> ScoreRecord?
  /// What players wrote about a unit, hidden ones included, by creation time, then id.
  func explanations(of unit: UnitID, limit: Int) throws(StorageError) -> [ExplanationRecord]
  /// One explanation that a player wrote.
  func explanation(_ id: ExplanationID) throws(StorageError) -> ExplanationRecord?
  /// The answers numbered above `number`, in order of being recorded.
  func answers(after number: Int64, limit: Int) throws(StorageError) -> [Numbered<AnswerRecord>]

  // MARK: Moderation

  /// The audit log numbered below `number` (nil: from the end), the latest first.
  func audit(before number: Int64?, limit: Int) throws(StorageError) -> [Numbered<AuditRecord>]
  /// All moderators' tokens, revoked and expired ones included, by creation time, then id.
  func moderatorTokens() throws(StorageError) -> [ModeratorTokenRecord]
  /// The token that hashes to `hash`, revoked or not.
  func moderatorToken(hash: [UInt8]) throws(StorageError) -> ModeratorTokenRecord?
  /// The bans in force at `moment`, by start, then id.
  func bans(inForceAt moment: Timestamp) throws(StorageError) -> [BanRecord]
}

/// A record and the number under which it was recorded; numbers rise and may have gaps.
public struct Numbered<Record: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  /// The number, from 1.
  public let number: Int64
  /// What was recorded.
  public let record: Record

  /// Gives `record` its number.
  public init(number: Int64, record: Record) {
    self.number = number
    self.record = record
  }
}
