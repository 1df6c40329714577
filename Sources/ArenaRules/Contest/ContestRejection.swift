public import ArenaTypes

/// Why a contest refuses a command; the contest is as it was.
public enum ContestRejection: Rejection {
  /// It isn't open yet; carries when it will be.
  case notOpenYet(opensAt: Timestamp)
  /// It has closed, or is too near its end for a run to begin.
  case closed
  /// A moderator has stopped the clocks.
  case paused
  /// The player has a run already.
  case alreadyStarted
  /// The player has no run here.
  case notStarted
  /// The player's run is over.
  case runOver
  /// The question's time has run out.
  case questionOver
  /// The answer names another question than the open one.
  case notTheQuestion
  /// The round doesn't take the answer, or nothing waits for the engine's; carries why.
  case answer(DuelRejection)
  /// No more players fit.
  case full
  /// The contest isn't in the state that a moderator's act needs.
  case wrongState
  /// An outage is not of that length.
  case badDuration

  /// The wire error code.
  public var code: String {
    switch self {
    case .notOpenYet, .closed: "contest_not_open"
    case .paused: "contest_paused"
    case .alreadyStarted: "already_run"
    case .notStarted: "not_started"
    case .runOver: "run_over"
    case .questionOver: "round_over"
    case .notTheQuestion: "wrong_question"
    case .answer(let rejection): rejection.code
    case .full: "contest_full"
    case .wrongState: "wrong_state"
    case .badDuration: "bad_duration"
    }
  }

  /// What to do about it.
  public var remedy: Remedy {
    switch self {
    case .notOpenYet(let opensAt): .wait(until: opensAt)
    case .paused: .wait(until: nil)
    case .answer(let rejection): rejection.remedy
    case .alreadyStarted, .questionOver, .notTheQuestion, .notStarted, .wrongState: .refresh
    case .closed, .runOver, .full, .badDuration: .giveUp
    }
  }
}
