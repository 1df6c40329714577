public import ArenaTypes

/// Who may learn of an event.
public enum Audience: Hashable, Sendable, Codable {
  /// Both players and all spectators.
  case everyone
  /// One player, on all connections.
  case player(id: PlayerID)
  /// Only the shell's engine worker, which answers with a command.
  case engine
}

/// What has happened in a duel.
public enum DuelEvent: Hashable, Sendable, Codable {
  /// The countdown runs.
  case started(
    seats: [Seat], format: DuelFormat, isRated: Bool, roundCount: Int, firstQuestionAt: Timestamp)
  /// A question is open until `deadline`.
  case roundStarted(
    round: Int, question: Question, deadline: Timestamp, multiplier: Int, isSuddenDeath: Bool)
  /// An answer was taken; for its player alone.
  case answerTaken(receipt: AnswerReceipt)
  /// A text doesn't count; its player may send another one.
  case answerRefused(player: PlayerID, round: Int, attempt: Int, reason: TextRefusal)
  /// The model ran a fire text; for its player alone.
  case attemptMeasured(player: PlayerID, round: Int, result: FireTry)
  /// A written text is scored; for its player alone, before the reveal.
  case scored(player: PlayerID, round: Int, attempt: Int, score: Score)
  /// Nothing more is expected from a player in this round.
  case lockedIn(player: PlayerID, round: Int)
  /// The shell is asked to check a text (copied, explicit) and to answer with `checked`.
  case checkWanted(
    player: PlayerID, round: Int, attempt: Int, unit: UnitID, clues: [ExcerptID],
    text: ExplanationText)
  /// The shell is asked to score a text and to answer with `scored`.
  case scoreWanted(
    player: PlayerID, round: Int, attempt: Int, unit: UnitID, text: ExplanationText)
  /// The shell is asked whether two texts say the same, and to answer with `compared`.
  case similarityWanted(
    round: Int, unit: UnitID, first: ExplanationText, second: ExplanationText)
  /// The shell is asked to run a text (after the checks for taboo words, copied and too many tokens)
  /// and to answer with `activations`.
  case activationsWanted(
    player: PlayerID, round: Int, attempt: Int, unit: UnitID, clues: [ExcerptID], text: String)
  /// The question is over; results of the engine are waited for, until `deadline` at most.
  case scoring(round: Int, deadline: Timestamp)
  /// The round's truth, answers and points; the next step comes at `deadline`.
  case revealed(result: RoundResult, deadline: Timestamp)
  /// A player has seen enough of the reveal.
  case ready(player: PlayerID, round: Int)
  /// A player came or went; the other may claim the duel from `claimableAt` on.
  case presence(player: PlayerID, isConnected: Bool, claimableAt: Timestamp?)
  /// All clocks moved, because the server was away; `deadline` is the running one.
  case clocksMoved(milliseconds: Int64, deadline: Timestamp?)
  /// It is over.
  case finished(result: DuelResult)

  /// Who may learn of it: whatever tells of an answer before its reveal is never for everyone.
  public var audience: Audience {
    switch self {
    case .started, .roundStarted, .lockedIn, .scoring, .revealed, .ready, .presence, .clocksMoved,
      .finished:
      .everyone
    case .answerTaken(let receipt): .player(id: receipt.player)
    case .answerRefused(let player, _, _, _), .attemptMeasured(let player, _, _),
      .scored(let player, _, _, _):
      .player(id: player)
    case .checkWanted, .scoreWanted, .similarityWanted, .activationsWanted: .engine
    }
  }

  /// Whether `player` (nil: a spectator) may learn of it.
  public func isVisible(to player: PlayerID?) -> Bool {
    switch audience {
    case .everyone: true
    case .player(let id): id == player
    case .engine: false
    }
  }
}

/// What the first acceptance of an answer said; repeating the answer's command gives it again.
public struct AnswerReceipt: Hashable, Sendable, Codable {
  /// Who answered.
  public let player: PlayerID
  /// In which round.
  public let round: Int
  /// The number of the player's text in the round, from 0.
  public let attempt: Int
  /// What.
  public let answer: Answer
  /// When it was accepted.
  public let at: Timestamp
  /// The client's name for the command.
  public let commandID: CommandID
}
