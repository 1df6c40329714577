public import ArenaTypes

/// What can be done to a duel.
///
/// The accepted commands, with their times, are a duel's journal.
public enum DuelCommand: Hashable, Sendable, Codable {
  /// A player's connection is there (again).
  case connected(player: PlayerID)
  /// A player's last connection is gone.
  case disconnected(player: PlayerID)
  /// A player answers. Repeated under the same id in the same round, it has no second effect.
  case answer(player: PlayerID, round: Int, answer: Answer, commandID: CommandID)
  /// A player has seen enough of a reveal.
  case ready(player: PlayerID, round: Int)
  /// A player gives up.
  case resign(player: PlayerID)
  /// A player takes the duel because the other has been away for too long.
  case claim(player: PlayerID)
  /// Time has passed; due at `Duel.nextDeadline`, harmless at any moment.
  case tick
  /// The checks of a written text are done.
  case checked(player: PlayerID, round: Int, attempt: Int, result: CheckResult)
  /// A written text is scored, or can't be.
  case scored(player: PlayerID, round: Int, attempt: Int, outcome: ScoreOutcome)
  /// The two written texts are compared.
  case compared(round: Int, isSame: Bool)
  /// A fire text has been run through the model, or can't be.
  case activations(player: PlayerID, round: Int, attempt: Int, outcome: ActivationOutcome)
  /// A moderator voids the duel.
  case end(moderator: String, reason: String)
  /// The server was away for so long; all clocks move by it. After a restart it comes first, before
  /// any other command could find a deadline passed.
  case outage(milliseconds: Int64)
}

/// A command with the moment at which it was accepted.
public struct Timed<Command: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  /// When.
  public let at: Timestamp
  /// What.
  public let command: Command

  /// `command` at `at`.
  public init(at: Timestamp, _ command: Command) {
    self.at = at
    self.command = command
  }
}
