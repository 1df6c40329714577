/// Why a command was refused, as programs act on it.
///
/// The same list, with what to do about each, is `protocol/codes.json`; a test compares the two.
public enum ErrorCode: String, Hashable, Sendable, CaseIterable, JSONWritable {
  /// The text is not JSON.
  case badJSON = "bad_json"
  /// A field is missing, unknown, of the wrong kind or out of range.
  case badField = "bad_field"
  /// There is no command of this type.
  case unknownType = "unknown_type"
  /// The text is too long.
  case tooLarge = "too_large"
  /// The first command on a connection is `hello`.
  case helloFirst = "hello_first"
  /// This connection has said `hello` already.
  case helloTwice = "hello_twice"
  /// The server does not speak this protocol.
  case unsupportedProtocol = "unsupported_protocol"
  /// The player is not known, or the secret is not its own.
  case badSecret = "bad_secret"
  /// The player may not play here for now.
  case banned
  /// The player may not write here for now.
  case muted
  /// The moderator's token is not valid.
  case unauthorised
  /// This connection may not do that.
  case forbidden
  /// A token is not taken over a connection that is not encrypted.
  case insecure
  /// There is no such thing.
  case notFound = "not_found"
  /// That was too often.
  case rateLimited = "rate_limited"
  /// The server has too much to do.
  case busy
  /// The server could not store that; nothing was changed.
  case unavailable
  /// The server is about to restart and starts nothing new.
  case draining
  /// The connection follows too many topics.
  case tooManyTopics = "too_many_topics"
  /// The name is empty, explicit or has characters that don't show.
  case badName = "bad_name"
  /// The player waits in the queue already.
  case alreadyQueued = "already_queued"
  /// The player does not wait in the queue.
  case notQueued = "not_queued"
  /// No bot is on offer.
  case noBotOffered = "no_bot_offered"
  /// No recording is on offer.
  case noGhostOffered = "no_ghost_offered"
  /// The campaign that is played has no rounds of this format.
  case formatUnavailable = "format_unavailable"
  /// The player is in a duel.
  case alreadyInDuel = "already_in_duel"
  /// The invitation is over, used or unknown.
  case inviteExpired = "invite_expired"
  /// Nobody can duel with oneself.
  case ownInvite = "own_invite"
  /// The opponent has gone, or it is too late for a rematch.
  case rematchOver = "rematch_over"
  /// The player has no seat in this duel.
  case notYourDuel = "not_your_duel"
  /// The duel is over.
  case duelOver = "duel_over"
  /// The round ended before your answer arrived.
  case roundOver = "round_over"
  /// That is not the round that is open now.
  case wrongRound = "wrong_round"
  /// No question is open.
  case noQuestion = "no_question"
  /// The round asks for another kind of answer.
  case wrongKindOfAnswer = "wrong_kind_of_answer"
  /// This round was answered already.
  case alreadyAnswered = "already_answered"
  /// The text before this one is still being looked at.
  case beingChecked = "being_checked"
  /// The answer names an excerpt or a token that the question doesn't have.
  case notAnOption = "not_an_option"
  /// The answer names a token twice.
  case repeatedToken = "repeated_token"
  /// All tries of this round are used.
  case tooManyTries = "too_many_tries"
  /// There is no reveal to skip.
  case nothingRevealed = "nothing_revealed"
  /// The other player is there, or has not been away for long enough.
  case notAbsentYet = "not_absent_yet"
  /// The points have decided the duel.
  case alreadyDecided = "already_decided"
  /// There is no text, or nothing between two `|`.
  case textEmpty = "text_empty"
  /// The text or one of its meanings is too long.
  case textTooLong = "text_too_long"
  /// A meaning has too many words.
  case tooManyWords = "too_many_words"
  /// There are too many meanings.
  case tooManyMeanings = "too_many_meanings"
  /// The text has characters that don't show.
  case invisibleCharacters = "invisible_characters"
  /// Five tokens in a row are from a clue.
  case copiedFromClue = "copied_from_clue"
  /// The text uses a taboo word.
  case tabooWord = "taboo_word"
  /// The text is explicit.
  case explicitText = "explicit_text"
  /// The contest is not open.
  case contestNotOpen = "contest_not_open"
  /// No more players fit into the contest.
  case contestFull = "contest_full"
  /// A moderator has paused the contest; all clocks stand still.
  case contestPaused = "contest_paused"
  /// The player's run in this contest is over.
  case alreadyRun = "already_run"
  /// The player has not started a run in this contest.
  case notStarted = "not_started"
  /// The run is over.
  case runOver = "run_over"
  /// That is not the question to answer now.
  case wrongQuestion = "wrong_question"
  /// The unit is in the player's running round.
  case sealed
  /// The model is not at hand, so that no text can be tried.
  case noModel = "no_model"
  /// The player has tried many texts just now.
  case textsSpent = "texts_spent"
  /// A later text of the connection has taken its place.
  case superseded
  /// The explanations are held back until the player has made a guess.
  case guessFirst = "guess_first"
  /// The scores of the day are spent, and as many drafts wait as may.
  case budgetSpent = "budget_spent"
  /// The player wrote that explanation.
  case ownExplanation = "own_explanation"
  /// A moderator's act needs a reason.
  case reasonMissing = "reason_missing"
  /// The time is out of range.
  case badDuration = "bad_duration"
  /// The contest or duel is not in a state for that.
  case wrongState = "wrong_state"

  /// Whether the same command may succeed when it is repeated later.
  public var isRetryable: Bool {
    switch self {
    case .rateLimited, .budgetSpent, .textsSpent, .busy, .unavailable, .draining, .noBotOffered,
      .beingChecked, .notAbsentYet, .contestPaused:
      true
    default: false
    }
  }
}
