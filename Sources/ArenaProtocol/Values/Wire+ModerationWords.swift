extension Wire {
  /// What a moderator can do.
  public enum ActKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Voids a duel that runs.
    case endDuel
    /// Voids a duel, running or over; ratings that it moved are moved back.
    case voidDuel
    /// Stops a contest's clocks.
    case pauseContest
    /// Lets a contest's clocks go on.
    case resumeContest
    /// Moves a contest's end by `seconds`, which may be negative.
    case extendContest
    /// Closes a contest at once.
    case endContest
    /// Takes the run of `player` off a contest's board.
    case removeFromContest
    /// Closes a player's connections and keeps it away for `seconds`, which may be 0.
    case kick
    /// Refuses what a player writes for `seconds`.
    case mute
    /// Keeps a range of addresses away for `seconds`.
    case banAddress
    /// Ends a ban or a mute.
    case lift
    /// Shows a text to nobody any more but who wrote it.
    case hide
    /// Shows a hidden text.
    case restore
    /// Tells everybody `text` for `seconds`.
    case announce
    /// Ends a notice.
    case withdraw
    /// Closes a report or a flag.
    case dismiss
    /// Opens a report or a flag again.
    case reopen
    /// Starts nothing new, and ends when nothing runs any more.
    case drain
    /// Starts new things again.
    case resume
  }

  /// What a moderator can list.
  public enum ListKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Connected players.
    case players
    /// Running duels.
    case duels
    /// Contests that are shown.
    case contests
    /// Texts that wait for a look, or were decided.
    case texts
    /// Reports of players.
    case reports
    /// What looks like unfair play.
    case flags
    /// Bans and mutes in force.
    case bans
    /// Notices.
    case notices
  }

  /// What a player thinks is wrong.
  public enum ReportReason: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It insults.
    case rude
    /// It is explicit.
    case explicit
    /// Somebody cheats.
    case cheating
    /// It is noise.
    case spam
    /// It is not true.
    case wrong
    /// Something else, which the note says.
    case other
  }
}
