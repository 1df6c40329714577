public import ArenaTypes

/// Why a duel refuses a command; the duel is as it was.
public enum DuelRejection: Rejection {
  /// The duel has ended.
  case duelOver
  /// The round's question is closed, or its deadline has passed.
  case roundOver
  /// The command names another round than the present one.
  case notTheQuestion
  /// No question is open.
  case noQuestion
  /// The player has no seat here.
  case notYourDuel
  /// The player's answer of this round is final.
  case alreadyAnswered
  /// The player's text is still being checked.
  case beingChecked
  /// The answer is of another kind than the question.
  case wrongKindOfAnswer
  /// The answer names an excerpt or a token that the question doesn't have.
  case notAnOption
  /// The answer names a token twice.
  case repeatedToken
  /// All tries of the round are used up.
  case tooManyTries
  /// The text is too long.
  case tooLong
  /// The text is nothing but white space.
  case emptyText
  /// Nothing is being revealed that could be skipped.
  case nothingRevealed
  /// The other player isn't away, or not for long enough; carries from when on the duel can be claimed.
  case notAbsentYet(claimableAt: Timestamp?)
  /// The last round is revealed: the points decide, nothing can be claimed any more.
  case alreadyDecided
  /// A result of the engine that nothing waits for (any more); the shell drops it.
  case notWanted
  /// An outage is not of that length.
  case badDuration

  /// The wire error code.
  public var code: String {
    switch self {
    case .duelOver: "duel_over"
    case .roundOver: "round_over"
    case .notTheQuestion: "wrong_round"
    case .noQuestion: "no_question"
    case .notYourDuel: "not_your_duel"
    case .alreadyAnswered: "already_answered"
    case .beingChecked: "being_checked"
    case .wrongKindOfAnswer: "wrong_kind_of_answer"
    case .notAnOption: "not_an_option"
    case .repeatedToken: "repeated_token"
    case .tooManyTries: "too_many_tries"
    case .tooLong: "text_too_long"
    case .emptyText: "text_empty"
    case .nothingRevealed: "nothing_revealed"
    case .notAbsentYet: "not_absent_yet"
    case .alreadyDecided: "already_decided"
    case .notWanted: "not_wanted"
    case .badDuration: "bad_duration"
    }
  }

  /// What to do about it.
  public var remedy: Remedy {
    switch self {
    case .tooLong, .emptyText, .notAnOption, .repeatedToken: .correct
    case .beingChecked: .wait(until: nil)
    case .notAbsentYet(let claimableAt): .wait(until: claimableAt)
    case .notTheQuestion, .noQuestion, .wrongKindOfAnswer, .nothingRevealed: .refresh
    case .duelOver, .roundOver, .notYourDuel, .alreadyAnswered, .tooManyTries, .alreadyDecided,
      .notWanted, .badDuration:
      .giveUp
    }
  }
}
