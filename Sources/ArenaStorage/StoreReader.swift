public import ArenaRules
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
  /// The same units, each with the last moment at which the player met it.
  func unitsMet(by player: PlayerID, since moment: Timestamp)
    throws(StorageError) -> [UnitID: Timestamp]

  // MARK: Duels and contests

  /// The result of a finished duel.
  func duelResult(_ duel: DuelID) throws(StorageError) -> DuelResultRecord?
  /// A player's duels, the last one first.
  func duelResults(of player: PlayerID, limit: Int) throws(StorageError) -> [DuelResultRecord]
  /// The duels of a format on a campaign that two people played to their end, the last one first.
  func playedDuels(
    format: String, campaign: CampaignID, limit: Int
  ) throws(StorageError) -> [DuelResultRecord]
  /// A contest.
  func contest(_ id: ContestID) throws(StorageError) -> ContestRecord?
  /// The contests that close at or after `moment`, by closing time, then id.
  func contests(closingFrom moment: Timestamp, limit: Int) throws(StorageError) -> [ContestRecord]
  /// The final board of a contest; nil before it is settled.
  func finalBoard(of contest: ContestID) throws(StorageError) -> FinalBoardRecord?

  /// What of a player's counts on boards, by moment: duels between people that aren't void, and lines
  /// of final boards.
  func deeds(of player: PlayerID) throws(StorageError) -> [BoardDeed]
  /// The players behind `player` (nil: from the first) of whom something may count on boards, by id.
  func playersWithDeeds(after player: PlayerID?, limit: Int) throws(StorageError) -> [PlayerID]

  // MARK: Explanations and research data

  /// A score computed before; the scorer's name and version are part of the key.
  func score(
    unit: UnitID, text: ExplanationText, scorer: String
  ) throws(StorageError) -> ScoreRecord?
  /// All scores behind that of `key` (nil: from the first), by unit, text and scorer.
  func scores(after key: ScoreKey?, limit: Int) throws(StorageError) -> [ScoreRecord]
  /// What players wrote about a unit, hidden ones included, by creation time, then id.
  func explanations(of unit: UnitID, limit: Int) throws(StorageError) -> [ExplanationRecord]
  /// What players wrote about all units behind the explanation `id` (nil: from the first), hidden
  /// ones included, by id.
  func explanations(after id: ExplanationID?, limit: Int) throws(StorageError)
    -> [ExplanationRecord]
  /// What players wrote, by its last change, from the one behind the change `number` on; a change that
  /// was followed by another one is left out.
  func explanations(changedAfter number: Int64, limit: Int) throws(StorageError)
    -> [Numbered<ExplanationRecord>]
  /// One explanation that a player wrote.
  func explanation(_ id: ExplanationID) throws(StorageError) -> ExplanationRecord?
  /// What a player wrote about any unit, hidden ones included, the latest first.
  func explanations(by player: PlayerID, limit: Int) throws(StorageError) -> [ExplanationRecord]
  /// A player's answers, the latest first.
  func answers(by player: PlayerID, limit: Int) throws(StorageError) -> [AnswerRecord]
  /// The answers numbered above `number`, in order of being recorded.
  func answers(after number: Int64, limit: Int) throws(StorageError) -> [Numbered<AnswerRecord>]

  // MARK: Solo play

  /// The state of a player's solo play; nil before the first.
  func solo(of player: PlayerID) throws(StorageError) -> SoloRecord?
  /// How many have voted on each explanation of a unit that has votes, by explanation.
  func voteCounts(of unit: UnitID) throws(StorageError) -> [VoteCount]
  /// A player's votes on a unit's explanations, by explanation.
  func votes(by player: PlayerID, of unit: UnitID) throws(StorageError) -> [VoteRecord]
  /// A player's votes, the latest first.
  func votes(by player: PlayerID, limit: Int) throws(StorageError) -> [VoteRecord]
  /// How many players say something of a unit.
  func markCounts(of unit: UnitID) throws(StorageError) -> [UnitMarkRecord.Mark: Int]
  /// What a player says of a unit; nil for nothing.
  func mark(by player: PlayerID, of unit: UnitID) throws(StorageError) -> UnitMarkRecord?
  /// How many explanations of a player wait for their scores.
  func waitingTextCount(of player: PlayerID) throws(StorageError) -> Int
  /// The explanations that wait for their scores, in the order of their turns.
  func waitingTexts(limit: Int) throws(StorageError) -> [WaitingTextRecord]
  /// The dailies that a player has finished, the latest first.
  func finishedDailies(of player: PlayerID, limit: Int) throws(StorageError)
    -> [FinishedDailyRecord]

  // MARK: Moderation

  /// The audit log numbered below `number` (nil: from the end), the latest first.
  func audit(before number: Int64?, limit: Int) throws(StorageError) -> [Numbered<AuditRecord>]
  /// The entry of the audit log called `id`.
  func audit(id: String) throws(StorageError) -> Numbered<AuditRecord>?
  /// All moderators' tokens, revoked and expired ones included, by creation time, then id.
  func moderatorTokens() throws(StorageError) -> [ModeratorTokenRecord]
  /// The token that hashes to `hash`, revoked or not.
  func moderatorToken(hash: [UInt8]) throws(StorageError) -> ModeratorTokenRecord?
  /// The bans in force at `moment`, by start, then id.
  func bans(inForceAt moment: Timestamp) throws(StorageError) -> [BanRecord]
  /// The bans that end after `moment` or never, begun or not, by start, then id.
  func bans(endingAfter moment: Timestamp) throws(StorageError) -> [BanRecord]
  /// The ban called `id`, in force or not.
  func ban(_ id: String) throws(StorageError) -> BanRecord?
  /// The case called `id`.
  func moderationCase(_ id: String) throws(StorageError) -> Numbered<ModerationCase>?
  /// The cases of a kind numbered below `number` (nil: from the end), the latest first; those that are
  /// open at `moment` alone, or all (nil).
  func moderationCases(
    of kind: ModerationCase.Kind, openAt moment: Timestamp?, before number: Int64?, limit: Int
  ) throws(StorageError) -> [Numbered<ModerationCase>]
  /// How many cases of a kind are open at `moment`.
  func moderationCaseCount(
    of kind: ModerationCase.Kind, openAt moment: Timestamp
  ) throws(StorageError) -> Int
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
