public import ArenaTypes

/// What a moderator can do.
public enum ModeratorAct: Hashable, Sendable, Codable {
  /// Voids a duel that runs.
  case endDuel(id: DuelID)
  /// Voids a duel, running or over; ratings that it moved are moved back.
  case voidDuel(id: DuelID)
  /// Stops a contest's clocks.
  case pauseContest(id: ContestID)
  /// Lets a contest's clocks run again.
  case resumeContest(id: ContestID)
  /// Lets a contest close later, or, with a negative number, earlier.
  case extendContest(id: ContestID, seconds: Int)
  /// Ends a contest; what was reached counts.
  case endContest(id: ContestID)
  /// Takes a player's run off a contest's board.
  case removeFromContest(id: ContestID, player: PlayerID)
  /// Closes a player's connections and keeps the player out for so long; 0 is just the closing.
  case kick(player: PlayerID, seconds: Int)
  /// Refuses what a player writes, for so long.
  case mute(player: PlayerID, seconds: Int)
  /// Keeps everybody out who comes from a range of addresses, for so long.
  case banAddress(prefix: AddressPrefix, seconds: Int)
  /// Ends a ban or a mute before its time.
  case lift(ban: String)
  /// Shows a text to nobody any more but who wrote it.
  case hide(text: TextReference)
  /// Shows a text that the check of texts or a moderator hid.
  case restore(text: TextReference)
  /// Tells everybody something, now and whoever comes within that time.
  case announce(text: String, seconds: Int)
  /// Ends a notice before its time.
  case withdraw(notice: String)
  /// Closes a report or a flag without anything done.
  case dismiss(report: String)
  /// Opens a report or a flag again.
  case reopen(report: String)
  /// Lets the server start nothing new, and end when nothing runs any more.
  case drain
  /// Lets the server start new things again.
  case resume

  /// The act's name in the audit log and on the wire.
  public var name: String {
    switch self {
    case .endDuel: "endDuel"
    case .voidDuel: "voidDuel"
    case .pauseContest: "pauseContest"
    case .resumeContest: "resumeContest"
    case .extendContest: "extendContest"
    case .endContest: "endContest"
    case .removeFromContest: "removeFromContest"
    case .kick: "kick"
    case .mute: "mute"
    case .banAddress: "banAddress"
    case .lift: "lift"
    case .hide: "hide"
    case .restore: "restore"
    case .announce: "announce"
    case .withdraw: "withdraw"
    case .dismiss: "dismiss"
    case .reopen: "reopen"
    case .drain: "drain"
    case .resume: "resume"
    }
  }

  /// What undoes the act whose audit entry is called `entry`; nil where nothing does.
  ///
  /// Bans, mutes and notices carry the name of the entry that made them.
  public func undoing(entry: String) -> ModeratorAct? {
    switch self {
    case .pauseContest(let id): .resumeContest(id: id)
    case .resumeContest(let id): .pauseContest(id: id)
    case .extendContest(let id, let seconds): .extendContest(id: id, seconds: -seconds)
    case .kick(_, let seconds): seconds > 0 ? .lift(ban: entry) : nil
    case .mute, .banAddress: .lift(ban: entry)
    case .hide(let text): .restore(text: text)
    case .restore(let text): .hide(text: text)
    case .announce: .withdraw(notice: entry)
    case .dismiss(let report): .reopen(report: report)
    case .drain: .resume
    case .resume: .drain
    case .endDuel, .voidDuel, .endContest, .removeFromContest, .lift, .withdraw, .reopen: nil
    }
  }

  /// How long it lasts, in seconds; nil where that means nothing.
  var seconds: Int? {
    switch self {
    case .kick(_, let seconds), .mute(_, let seconds), .banAddress(_, let seconds),
      .announce(_, let seconds):
      seconds
    default: nil
    }
  }
}
