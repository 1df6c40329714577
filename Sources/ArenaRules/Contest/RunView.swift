public import ArenaTypes

/// A run as its player may see it.
public struct RunView: Hashable, Sendable, Codable {
  /// Why a run is over.
  public enum End: String, Hashable, Sendable, Codable {
    /// Its clock ran out.
    case time
    /// The third answer was wrong.
    case wrongAnswers
    /// All rounds are played.
    case finished
    /// The contest closed, or a moderator ended it.
    case closed
    /// A moderator took it off the board.
    case removed
  }

  /// When it began.
  public let startedAt: Timestamp
  /// When it ends, as things stand.
  public let endsAt: Timestamp
  /// The points: right answers in a race, the sum of the rounds' points in other kinds.
  public let points: Int
  /// The wrong answers.
  public let wrongCount: Int
  /// Why it is over; nil while it goes on.
  public let end: End?
  /// The question that is open on the player's own clock.
  public let question: RaceQuestion?
  /// Whether it stands on the board.
  public let isRanked: Bool
  /// The rounds so far, one after the other; empty in a race.
  public let rounds: [RunRound]
  /// The answer to the running round of a live contest.
  public var given: Answer?

  /// Whether every round's points are known.
  public var isSettled: Bool { rounds.allSatisfy { $0.state == .done || $0.state == .lost } }
}

/// A round of a run as its player may see it.
public struct RunRound: Hashable, Sendable, Codable {
  /// How far a round is.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// Answers are taken.
    case open
    /// The engine works on an answer.
    case scoring
    /// Its points are known.
    case done
    /// The engine never said what the answer was worth: it counts nothing.
    case lost
  }

  /// Why a text was refused.
  public struct Refusal: Hashable, Sendable, Codable {
    /// The number of the text in the round, from 0.
    public let attempt: Int
    /// Why.
    public let reason: TextRefusal
  }

  /// One text of a quest.
  public struct Try: Hashable, Sendable, Codable {
    /// How far a text is.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
      /// It is being checked.
      case checking
      /// It was refused, and uses no try up.
      case refused
      /// It stands and is being scored.
      case scoring
      /// Its score is known.
      case scored
      /// The engine could not score it; it uses no try up.
      case lost
    }

    /// Its number, from 0.
    public let number: Int
    /// What was written.
    public let text: ExplanationText
    /// How far it is.
    public let state: State
    /// Its score on the first half.
    public let score: Score?
    /// Why it was refused.
    public let refusal: TextRefusal?
  }

  /// Its number, from 0.
  public let number: Int
  /// What it asks.
  public let kind: RoundKind
  /// The unit.
  public let unit: UnitID
  /// How far it is.
  public let state: State
  /// Its points; nil until they are known.
  public let points: Int?
  /// Why the last text was refused; nil where it was not.
  public var refusal: Refusal?
  /// The tries of a fire round.
  public var fireTries: [FireTry] = []
  /// The texts of a quest's unit.
  public var tries: [Try] = []
  /// How many texts of a quest's unit are left.
  public var triesLeft: Int?
  /// The score of the best text on the second half, once the quest is settled.
  public var settled: Score?
  /// The truth and the answer, once the points are known; only the player's seat, the first, counts.
  public var result: RoundResult?
}

/// What everybody sees of a live contest beside its board.
public struct ContestStage: Hashable, Sendable, Codable {
  /// Where the timetable stands.
  public enum Phase: String, Hashable, Sendable, Codable, CaseIterable {
    /// Players gather; the first question comes at `until`.
    case gathering
    /// A question is open.
    case question
    /// Its truth is shown.
    case reveal
    /// All rounds are over.
    case over
  }

  /// Where the timetable stands.
  public let phase: Phase
  /// The round's number, from 0.
  public let round: Int?
  /// What is asked.
  public var question: Question?
  /// When the question was asked.
  public var since: Timestamp?
  /// When the next phase comes; nil once it is over.
  public var until: Timestamp?
  /// The truth, in a reveal; it holds nobody's answer.
  public var result: RoundResult?
  /// How many answered the revealed question.
  public var answeredCount = 0
}
