public import ArenaTypes

/// What has happened in a contest.
public enum ContestEvent: Hashable, Sendable, Codable {
  /// The contest's state changed; `closesAt` is its end as things stand.
  case stateChanged(state: Contest.State, closesAt: Timestamp)
  /// A player's run began, with its first question.
  case runStarted(player: PlayerID, run: RunView)
  /// An answer was judged, or a question's time ran out, in a race.
  case judged(player: PlayerID, verdict: RaceVerdict)
  /// A run changed otherwise.
  case runChanged(player: PlayerID, run: RunView)
  /// A run is over; points that the engine still owes may come later.
  case runEnded(player: PlayerID, run: RunView)
  /// A player's entry has come or changed.
  case boardChanged(entry: BoardEntry)
  /// A player was taken off the board.
  case entryRemoved(player: PlayerID)
  /// A live contest went on.
  case stageChanged(stage: ContestStage)
  /// All clocks moved by so much.
  case clocksMoved(milliseconds: Int64)
  /// The board is final, or a moderator changed the final board.
  case final(result: ContestResult)
  /// The shell is asked to check a text (copied, explicit) and to answer with `checked`.
  case checkWanted(
    player: PlayerID, question: Int, attempt: Int, unit: UnitID, clues: [ExcerptID],
    text: ExplanationText)
  /// The shell is asked to score a text and to answer with `scored`.
  case scoreWanted(
    player: PlayerID, question: Int, attempt: Int, unit: UnitID, text: ExplanationText)
  /// The shell is asked to run a text through the model and to answer with `activations`.
  case activationsWanted(
    player: PlayerID, question: Int, attempt: Int, unit: UnitID, clues: [ExcerptID], text: String)
  /// The shell is asked to score a text on the second sealed half and to answer with `settled`.
  case settleWanted(player: PlayerID, question: Int, unit: UnitID, text: ExplanationText)

  /// Who may learn of it.
  public var audience: Audience {
    switch self {
    case .stateChanged, .boardChanged, .entryRemoved, .stageChanged, .clocksMoved, .final:
      .everyone
    case .runStarted(let player, _), .judged(let player, _), .runChanged(let player, _),
      .runEnded(let player, _):
      .player(id: player)
    case .checkWanted, .scoreWanted, .activationsWanted, .settleWanted: .engine
    }
  }
}

/// A question of a run as its player sees it.
public struct RaceQuestion: Hashable, Sendable, Codable {
  /// Its number in the run, from 0.
  public let number: Int
  /// What is asked.
  public let question: Question
  /// When its time is up.
  public let deadline: Timestamp
}

/// What became of a question of a race.
public struct RaceVerdict: Hashable, Sendable, Codable {
  /// The question's number in the run.
  public let question: Int
  /// The unit that was asked about.
  public let unit: UnitID
  /// What the player chose; nil where the time ran out.
  public let choice: Side?
  /// The right side.
  public let right: Side
  /// The points of the run so far.
  public let points: Int
  /// The wrong answers of the run so far.
  public let wrongCount: Int
  /// When the run ends, after what a wrong answer cost.
  public let endsAt: Timestamp
  /// Why the run is over; nil while it goes on.
  public let end: RunView.End?
  /// The next question; nil where the run is over.
  public let next: RaceQuestion?

  /// Whether the choice was right.
  public var isRight: Bool { choice == right }
}

/// The end of a contest; the final board is the contest's own.
public struct ContestResult: Hashable, Sendable, Codable {
  /// When it became final.
  public let at: Timestamp
  /// How many took part, those beside the board included.
  public let playerCount: Int
  /// Why a moderator ended it; nil where it ran to its end.
  public let endedBecause: String?
  /// How many answers the engine never scored, and which count nothing.
  public var lostCount = 0
  /// How many texts keep their first score because no settled one came in time.
  public var unsettledCount = 0
  /// Whether a moderator changed the board after it was final.
  public internal(set) var isAmended = false
  /// Why a moderator last changed the final board.
  public internal(set) var amendedBecause: String?
}
