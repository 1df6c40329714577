public import ArenaTypes

/// What the shell has to do for a moderator's act that a room carries out.
public enum ModerationEffect: Hashable, Sendable {
  /// Give a duel this command.
  case duel(id: DuelID, command: DuelCommand)
  /// Give a contest this command.
  case contest(id: ContestID, command: ContestCommand)
  /// The act concerns the server itself: sanctions, texts, notices, reports.
  case server
}

/// One line of the audit log: who, when, what and why.
public struct AuditEntry: Hashable, Sendable, Codable {
  /// When.
  public let at: Timestamp
  /// The label of the moderator's token.
  public let moderator: String
  /// What.
  public let act: ModeratorAct
  /// Why.
  public let reason: String
}

/// Decides whether a moderator's act is one, and who carries it out.
///
/// The audit entry becomes durable together with what the act changes, or before it; nobody is told
/// earlier.
public enum Moderation {
  /// The most characters of a reason.
  public static let reasonCharacterCountMax = 300
  /// The most characters of a notice.
  public static let noticeCharacterCountMax = 280
  /// The longest time to keep somebody out: ten years.
  public static let kickSecondsMax = 315_360_000
  /// The longest time by which a contest's end is moved at once: thirty days.
  public static let extensionSecondsMax = 2_592_000

  /// What an act does, and the audit entry to write.
  ///
  /// - Throws: `ModerationRejection` if the reason or the time is none.
  public static func perform(
    _ act: ModeratorAct, by moderator: String, because text: String, now: Timestamp
  ) throws(ModerationRejection) -> (entry: AuditEntry, effect: ModerationEffect) {
    let reason = folded(text)
    guard !reason.isEmpty else { throw .reasonMissing }
    guard fits(reason, reasonCharacterCountMax) else { throw .reasonTooLong }
    try check(act)
    return (
      AuditEntry(at: now, moderator: moderator, act: act, reason: reason),
      effect(of: act, by: moderator, because: reason)
    )
  }

  /// A text with every run of blanks made one.
  public static func folded(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func fits(_ text: String, _ characterCountMax: Int) -> Bool {
    text.count <= characterCountMax && text.utf8.count <= 4 * characterCountMax
  }

  private static func check(_ act: ModeratorAct) throws(ModerationRejection) {
    if let seconds = act.seconds {
      // Only a kick may last no time at all.
      let least = if case .kick = act { 0 } else { 1 }
      guard (least...kickSecondsMax).contains(seconds) else { throw .badDuration }
    }
    switch act {
    case .extendContest(_, let seconds):
      guard seconds != 0, (-extensionSecondsMax...extensionSecondsMax).contains(seconds) else {
        throw .badDuration
      }
    case .announce(let text, _):
      let notice = folded(text)
      guard !notice.isEmpty else { throw .noticeEmpty }
      guard fits(notice, noticeCharacterCountMax) else { throw .reasonTooLong }
    default: break
    }
  }

  private static func effect(
    of act: ModeratorAct, by moderator: String, because reason: String
  ) -> ModerationEffect {
    switch act {
    case .endDuel(let id), .voidDuel(let id):
      .duel(id: id, command: .end(moderator: moderator, reason: reason))
    case .pauseContest(let id):
      .contest(id: id, command: .pause(moderator: moderator, reason: reason))
    case .resumeContest(let id):
      .contest(id: id, command: .resume(moderator: moderator, reason: reason))
    case .extendContest(let id, let seconds):
      .contest(
        id: id,
        command: .extend(
          milliseconds: Int64(seconds) * 1_000, moderator: moderator, reason: reason))
    case .endContest(let id):
      .contest(id: id, command: .end(moderator: moderator, reason: reason))
    case .removeFromContest(let id, let player):
      .contest(id: id, command: .remove(player: player, moderator: moderator, reason: reason))
    case .kick, .mute, .banAddress, .lift, .hide, .restore, .announce, .withdraw, .dismiss,
      .reopen, .drain, .resume:
      .server
    }
  }
}

/// Why a moderator's act is refused.
public enum ModerationRejection: Rejection {
  /// Every act needs a reason.
  case reasonMissing
  /// The reason or the notice is too long.
  case reasonTooLong
  /// A notice says nothing.
  case noticeEmpty
  /// The time is negative or too long.
  case badDuration

  /// The wire error code.
  public var code: String {
    switch self {
    case .reasonMissing: "reason_missing"
    case .reasonTooLong: "text_too_long"
    case .noticeEmpty: "text_empty"
    case .badDuration: "bad_duration"
    }
  }

  /// What to do about it.
  public var remedy: Remedy { .correct }
}
