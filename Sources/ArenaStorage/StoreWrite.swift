public import ArenaTypes

/// One change of a `DurableStore`; several make a batch, which is atomic.
///
/// Every `put` inserts or replaces by the record's key. Each write has the same effect when it is
/// repeated, so that a batch whose end is unclear can be asked for again.
public enum StoreWrite: Hashable, Sendable {
  /// Opens a room. A room of that key that is there already, with another setup, is a conflict.
  case openRoom(RoomRecord)
  /// Adds an entry to an open room's journal.
  ///
  /// Entries are numbered from 0 without gaps. The same entry again changes nothing; another one
  /// under the same number, a number that is not the next, and a room that is not open are conflicts.
  case appendJournal(JournalEntry)
  /// Closes a room; its journal stays readable. A room closed before stays as it is; one that was
  /// never opened is a conflict.
  case closeRoom(RoomKey, at: Timestamp)
  /// Removes the rooms closed before a moment, with their journals.
  case forgetRooms(closedBefore: Timestamp)

  /// Keeps a player. A secret hash that another player has is a conflict.
  case putPlayer(PlayerRecord)
  /// Keeps a player's rating in one format.
  case putRating(RatingRecord)
  /// Keeps the result of a duel, once: another result for the same duel is a conflict unless it says in
  /// `voidedBecause` why it replaces the first.
  case putDuelResult(DuelResultRecord)
  /// Keeps a contest.
  case putContest(ContestRecord)
  /// Keeps a contest's final board, once: another board is a conflict unless it says in
  /// `amendedBecause` why it replaces the first.
  case putFinalBoard(FinalBoardRecord)

  /// Keeps a computed score by unit, text and scorer.
  case putScore(ScoreRecord)
  /// Keeps what a player wrote about a unit.
  case putExplanation(ExplanationRecord)
  /// Records an answer for research, once by its id; a later one under the same id changes nothing.
  case recordAnswer(AnswerRecord)

  /// Keeps the state of a player's solo play.
  case putSolo(SoloRecord)
  /// Keeps a player's vote on an explanation, or forgets it where it is taken back.
  case putVote(VoteRecord)
  /// Keeps what a player says of a unit, or forgets it where it is taken back.
  case putUnitMark(UnitMarkRecord)
  /// Lets an explanation wait for its score.
  case putWaitingText(WaitingTextRecord)
  /// Gives an explanation its score, whatever else has become of it, and ends its waiting; one that
  /// isn't kept gets none.
  case scoreExplanation(ExplanationID, Score)
  /// Keeps that a player has finished a daily, once a day: a later one changes nothing.
  case putFinishedDaily(FinishedDailyRecord)

  /// Adds to the audit log, once by its id; nothing changes or removes an entry.
  case audit(AuditRecord)
  /// Keeps a moderator's token. A hash that another token has is a conflict.
  case putModeratorToken(ModeratorTokenRecord)
  /// Keeps a ban.
  case putBan(BanRecord)
  /// Keeps what waits for a moderator, or was decided by one.
  case putCase(ModerationCase)
}

extension StoreWrite {
  /// About how many bytes the write takes in the queue; the parts that a peer can make long.
  ///
  /// - Complexity: O(entries) for a final board, otherwise O(1).
  public var byteCount: Int {
    let fixed = 128
    return switch self {
    case .openRoom(let room): fixed + room.setup.count
    case .appendJournal(let entry): fixed + entry.payload.count
    case .putFinalBoard(let board): fixed + fixed * board.entries.count
    case .audit(let record):
      fixed + record.why.utf8.count + record.subject.utf8.count + record.act.count
    case .putCase(let one): fixed + one.subject.utf8.count + one.content.count
    case .recordAnswer(let record): fixed + record.content.byteCount
    case .putPlayer(let player): fixed + player.name.utf8.count + player.extra.count
    case .putSolo(let solo): fixed + solo.state.count
    default: fixed
    }
  }

  /// The bytes of the part that the store doesn't look into; `StoreLimits.payloadByteCountMax`
  /// bounds it.
  public var payloadByteCount: Int {
    switch self {
    case .openRoom(let room): room.setup.count
    case .appendJournal(let entry): entry.payload.count
    case .putPlayer(let player): player.extra.count
    case .putSolo(let solo): solo.state.count
    case .audit(let record): record.act.count
    case .putCase(let one): one.content.count
    default: 0
    }
  }
}
