public import ArenaTypes

/// What can be done to a contest.
///
/// The accepted commands, with their times, are its journal.
public enum ContestCommand: Hashable, Sendable, Codable {
  /// A player joins, and the player's own clock starts. One run a player. Journals of old have no
  /// standing, and nobody was kept off a board then; nor a territory.
  case start(
    player: PlayerID, name: String, commandID: CommandID, standing: Standing?,
    territory: Territory? = nil)
  /// A player answers the question of that number in a race. Repeated under the same id, it has no
  /// second effect.
  case answer(player: PlayerID, question: Int, side: Side, commandID: CommandID)
  /// A player answers the round of that number in any kind, likewise.
  case submit(player: PlayerID, question: Int, answer: Answer, commandID: CommandID)
  /// A player goes on from a round of the daily that is over.
  case next(player: PlayerID, question: Int)
  /// Time has passed; due at `Contest.nextDeadline`, harmless at any moment.
  case tick
  /// The checks of a written text are done.
  case checked(player: PlayerID, question: Int, attempt: Int, result: CheckResult)
  /// A written text is scored, or can't be.
  case scored(player: PlayerID, question: Int, attempt: Int, outcome: ScoreOutcome)
  /// A fire text has been run through the model, or can't be.
  case activations(player: PlayerID, question: Int, attempt: Int, outcome: ActivationOutcome)
  /// The best text of a question is scored on the second sealed half, or can't be.
  case settled(player: PlayerID, question: Int, outcome: ScoreOutcome)
  /// A moderator stops all clocks.
  case pause(moderator: String, reason: String)
  /// A moderator lets them run again.
  case resume(moderator: String, reason: String)
  /// A moderator moves the end, later or, with a negative number, earlier.
  case extend(milliseconds: Int64, moderator: String, reason: String)
  /// A moderator ends the contest; what was reached counts.
  case end(moderator: String, reason: String)
  /// A moderator takes a player's run off the board, even off a final one.
  case remove(player: PlayerID, moderator: String, reason: String)
  /// The server was away for so long; an open contest's clocks move by it. After a restart it comes
  /// first.
  case outage(milliseconds: Int64)
}
