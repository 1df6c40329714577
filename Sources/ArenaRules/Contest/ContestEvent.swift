public import ArenaTypes

/// What has happened in a contest.
public enum ContestEvent: Hashable, Sendable, Codable {
  /// The contest's state changed; `closesAt` is its end as things stand.
  case stateChanged(state: Contest.State, closesAt: Timestamp)
  /// A player's run began, with its first question.
  case runStarted(player: PlayerID, run: RunView)
  /// An answer was judged, or a question's time ran out.
  case judged(player: PlayerID, verdict: RaceVerdict)
  /// A run is over.
  case runEnded(player: PlayerID, run: RunView)
  /// A player's entry has come or changed.
  case boardChanged(entry: BoardEntry)
  /// A player was taken off the board.
  case entryRemoved(player: PlayerID)
  /// All clocks moved by so much.
  case clocksMoved(milliseconds: Int64)
  /// The board is final, or a moderator changed the final board.
  case final(result: ContestResult)

  /// Who may learn of it.
  public var audience: Audience {
    switch self {
    case .stateChanged, .boardChanged, .entryRemoved, .clocksMoved, .final: .everyone
    case .runStarted(let player, _), .judged(let player, _), .runEnded(let player, _):
      .player(id: player)
    }
  }
}

/// A question of a run as its player sees it.
public struct RaceQuestion: Hashable, Sendable, Codable {
  /// Its number in the run, from 0.
  public let number: Int
  /// What is asked.
  public let question: Question
  /// When the next one comes.
  public let deadline: Timestamp
}

/// What became of a question of a run.
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

/// A run as its player may see it.
public struct RunView: Hashable, Sendable, Codable {
  /// Why a run is over.
  public enum End: String, Hashable, Sendable, Codable {
    /// Its clock ran out.
    case time
    /// The third answer was wrong.
    case wrongAnswers
    /// The contest closed, or a moderator ended it.
    case closed
    /// A moderator took it off the board.
    case removed
  }

  /// When it began.
  public let startedAt: Timestamp
  /// When it ends, as things stand.
  public let endsAt: Timestamp
  /// The right answers.
  public let points: Int
  /// The wrong answers.
  public let wrongCount: Int
  /// Why it is over; nil while it goes on.
  public let end: End?
  /// The question that is open.
  public let question: RaceQuestion?
}

/// The end of a contest; the final board is the contest's own.
public struct ContestResult: Hashable, Sendable, Codable {
  /// When it became final.
  public let at: Timestamp
  /// How many took part.
  public let playerCount: Int
  /// Why a moderator ended it; nil where it ran to its end.
  public let endedBecause: String?
  /// Whether a moderator changed the board after it was final.
  public internal(set) var isAmended = false
}
