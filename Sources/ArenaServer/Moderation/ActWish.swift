import ArenaProtocol
import ArenaRules
import ArenaTypes

/// What a moderator wants done, and how the answer is said.
struct ActWish: Sendable {
  let act: ModeratorAct
  let reason: String
  var isDryRun = false
  /// The report or flag that the act answers.
  var report: String?
  let answer: @Sendable (ServerAnswer.ActDone) -> ServerAnswer

  /// The wish of a command; nil for one that is none.
  ///
  /// - Throws: What the act lacks.
  init?(_ command: ClientCommand) throws(Refusal) {
    switch command {
    case .moderateEndDuel(let content):
      self.init(.endDuel(id: content.duel), content.reason, .moderateEndDuel)
    case .moderatePauseContest(let content):
      self.init(.pauseContest(id: content.contest), content.reason, .moderatePauseContest)
    case .moderateResumeContest(let content):
      self.init(.resumeContest(id: content.contest), content.reason, .moderateResumeContest)
    case .moderateEndContest(let content):
      self.init(.endContest(id: content.contest), content.reason, .moderateEndContest)
    case .moderateRemoveFromContest(let content):
      self.init(
        .removeFromContest(id: content.contest, player: content.player), content.reason,
        .moderateRemoveFromContest)
    case .moderateKick(let content):
      self.init(
        .kick(player: content.player, seconds: content.seconds), content.reason, .moderateKick)
    case .moderateAct(let content):
      self.init(
        act: try ModeratorAct(content.act), reason: content.reason, isDryRun: content.dryRun,
        report: content.report
      ) { .moderateAct($0) }
    default: return nil
    }
  }

  private init(_ act: ModeratorAct, _ reason: String, _ answer: ServerAnswer) {
    self.init(act: act, reason: reason) { _ in answer }
  }

  private init(
    act: ModeratorAct, reason: String, isDryRun: Bool = false, report: String? = nil,
    answer: @escaping @Sendable (ServerAnswer.ActDone) -> ServerAnswer
  ) {
    self.act = act
    self.reason = reason
    self.isDryRun = isDryRun
    self.report = report
    self.answer = answer
  }

  /// What undoes an act.
  init(undoing act: ModeratorAct, reason: String, isDryRun: Bool) {
    self.init(act: act, reason: reason, isDryRun: isDryRun) { .moderateUndo($0) }
  }
}

extension ModeratorAct {
  /// The act that a client names.
  ///
  /// - Throws: The field that is missing or is none.
  init(_ act: Wire.Act) throws(Refusal) {
    func missing(_ field: String) -> Refusal {
      Refusal(
        .badField, reason: "The act \(act.kind.rawValue) needs \(field).",
        path: "/data/act/\(field)")
    }
    func target() throws(Refusal) -> String {
      guard let target = act.target else { throw missing("target") }
      return target
    }
    func seconds() throws(Refusal) -> Int {
      guard let seconds = act.seconds else { throw missing("seconds") }
      return seconds
    }
    func text() throws(Refusal) -> TextReference {
      guard let text = TextReference(try target()) else {
        throw Refusal(
          .badField, reason: "The target names no text.", path: "/data/act/target")
      }
      return text
    }
    switch act.kind {
    case .endDuel: self = .endDuel(id: DuelID(rawValue: try target()))
    case .voidDuel: self = .voidDuel(id: DuelID(rawValue: try target()))
    case .pauseContest: self = .pauseContest(id: ContestID(rawValue: try target()))
    case .resumeContest: self = .resumeContest(id: ContestID(rawValue: try target()))
    case .extendContest:
      self = .extendContest(id: ContestID(rawValue: try target()), seconds: try seconds())
    case .endContest: self = .endContest(id: ContestID(rawValue: try target()))
    case .removeFromContest:
      guard let player = act.player else { throw missing("player") }
      self = .removeFromContest(id: ContestID(rawValue: try target()), player: player)
    case .kick: self = .kick(player: PlayerID(rawValue: try target()), seconds: try seconds())
    case .mute: self = .mute(player: PlayerID(rawValue: try target()), seconds: try seconds())
    case .banAddress:
      guard let prefix = AddressPrefix(try target()) else {
        throw Refusal(
          .badField,
          reason: "The target is no address and no range of addresses such as 192.0.2.0/24.",
          path: "/data/act/target")
      }
      self = .banAddress(prefix: prefix, seconds: try seconds())
    case .lift: self = .lift(ban: try target())
    case .hide: self = .hide(text: try text())
    case .restore: self = .restore(text: try text())
    case .announce:
      guard let text = act.text else { throw missing("text") }
      self = .announce(text: text, seconds: try seconds())
    case .withdraw: self = .withdraw(notice: try target())
    case .dismiss: self = .dismiss(report: try target())
    case .reopen: self = .reopen(report: try target())
    case .drain: self = .drain
    case .resume: self = .resume
    }
  }

  /// The act's name on the wire.
  var wireKind: Wire.ActKind? { Wire.ActKind(rawValue: name) }

  /// To what it is done, as the audit log says.
  var subject: String {
    switch self {
    case .endDuel(let id), .voidDuel(let id): id.rawValue
    case .pauseContest(let id), .resumeContest(let id), .extendContest(let id, _),
      .endContest(let id):
      id.rawValue
    case .removeFromContest(_, let player), .kick(let player, _), .mute(let player, _):
      player.rawValue
    case .banAddress(let prefix, _): prefix.description
    case .lift(let ban): ban
    case .hide(let text), .restore(let text): text.description
    case .announce(let text, _): String(text.prefix(80))
    case .withdraw(let notice): notice
    case .dismiss(let report), .reopen(let report): report
    case .drain, .resume: ""
    }
  }

  /// What was done, as the audit log says.
  var words: String {
    switch self {
    case .endDuel: "end duel"
    case .voidDuel: "void duel"
    case .pauseContest: "pause contest"
    case .resumeContest: "resume contest"
    case .extendContest(_, let seconds): "extend contest by \(seconds) s"
    case .endContest: "end contest"
    case .removeFromContest(let id, _): "remove from contest \(id)"
    case .kick(_, let seconds): "kick for \(seconds) s"
    case .mute(_, let seconds): "mute for \(seconds) s"
    case .banAddress(_, let seconds): "ban address for \(seconds) s"
    case .lift: "lift"
    case .hide: "hide"
    case .restore: "restore"
    case .announce(_, let seconds): "announce for \(seconds) s"
    case .withdraw: "withdraw"
    case .dismiss: "dismiss"
    case .reopen: "reopen"
    case .drain: "drain"
    case .resume: "resume"
    }
  }
}
