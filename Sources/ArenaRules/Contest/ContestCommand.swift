public import ArenaTypes

/// What can be done to a contest.
///
/// The accepted commands, with their times, are its journal.
public enum ContestCommand: Hashable, Sendable, Codable {
  /// A player joins, and the player's own clock starts. One run a player.
  case start(player: PlayerID, name: String, commandID: CommandID)
  /// A player answers the question of that number. Repeated under the same id, it has no second
  /// effect.
  case answer(player: PlayerID, question: Int, side: Side, commandID: CommandID)
  /// Time has passed; due at `Contest.nextDeadline`, harmless at any moment.
  case tick
  /// A moderator stops all clocks.
  case pause(moderator: String, reason: String)
  /// A moderator lets them run again.
  case resume(moderator: String, reason: String)
  /// A moderator ends the contest; what was reached counts.
  case end(moderator: String, reason: String)
  /// A moderator takes a player's run off the board, even off a final one.
  case remove(player: PlayerID, moderator: String, reason: String)
  /// The server was away for so long; an open contest's clocks move by it. After a restart it comes
  /// first.
  case outage(milliseconds: Int64)
}
