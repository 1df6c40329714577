import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes

/// What lists show a moderator.
extension Wire.ModerationRow {
  /// A text that waits, or was decided.
  init?(text record: ModerationCase) {
    guard let content = try? TextCase(record) else { return nil }
    let state =
      record.closedAt == nil ? "waits" : content.isHidden ? "hidden" : "restored"
    var detail = content.because ?? ""
    if detail.isEmpty { detail = record.closedAt == nil ? "hidden by the check of texts" : "" }
    self.init(
      id: record.id, title: content.text, detail: detail, at: record.openedAt, state: state,
      player: content.author, by: content.by,
      link: content.duel.map { "duel/\($0)" } ?? content.unit.map { "unit/\($0)" })
  }

  /// A report.
  init?(report record: ModerationCase) {
    guard let content = try? ReportCase(record) else { return nil }
    let parts = record.subject.split(separator: "/")
    let link = parts.first == "duel" && parts.count > 1 ? "duel/\(parts[1])" : nil
    let detail = [content.text.map { "\u{201C}\($0)\u{201D}" }, content.note, content.outcome]
      .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    self.init(
      id: record.id, title: "\(content.reason): \(record.subject)", detail: detail,
      at: record.openedAt, state: record.closedAt == nil ? "waits" : "closed",
      player: record.player, by: content.by.rawValue, link: link)
  }

  /// A flag.
  init?(flag record: ModerationCase) {
    guard let content = try? FlagCase(record) else { return nil }
    let detail = [content.detail, content.outcome].compactMap { $0 }.joined(separator: " · ")
    self.init(
      id: record.id, title: content.kind, detail: detail, at: record.openedAt,
      state: record.closedAt == nil ? "waits" : "closed", player: record.player,
      link: record.subject)
  }

  /// A notice.
  init?(notice record: ModerationCase) {
    guard let notice = ModerationShelf.HeldNotice(record) else { return nil }
    self.init(
      id: record.id, title: notice.text, detail: "", at: record.openedAt, until: notice.until)
  }

  /// A ban or a mute.
  init(ban record: BanRecord) {
    let (title, player): (String, PlayerID?) =
      switch record.subject {
      case .player(let player): (player.rawValue, player)
      case .address(let text): (text, nil)
      }
    self.init(
      id: record.id, title: title, detail: record.why, at: record.startsAt,
      state: record.effect.rawValue, player: player, until: record.endsAt, by: record.who)
  }

  /// A connected player.
  init(_ player: Wire.LivePlayer) {
    let place = player.duel != nil ? "duel" : player.contest != nil ? "contest" : "lobby"
    self.init(
      id: player.player.rawValue, title: player.name,
      detail: player.connections == 1 ? "1 connection" : "\(player.connections) connections",
      at: player.connectedSince, state: place, player: player.player,
      link: player.duel.map { "duel/\($0)" } ?? player.contest.map { "contest/\($0)" })
  }

  /// A running duel.
  init(_ duel: Wire.DuelListing) {
    self.init(
      id: duel.id.rawValue, title: "\(duel.players.first) vs \(duel.players.second)",
      detail: "round \(duel.round) of \(duel.of), \(duel.totals.first) : \(duel.totals.second), "
        + "\(duel.spectators) watching",
      at: duel.startedAt, state: duel.format.rawValue, link: "duel/\(duel.id)")
  }

  /// A contest.
  init(_ contest: Wire.ContestSummary) {
    self.init(
      id: contest.id.rawValue, title: contest.title,
      detail: contest.players == 1 ? "1 player" : "\(contest.players) players",
      at: contest.opensAt, state: contest.state.rawValue, until: contest.closesAt,
      link: "contest/\(contest.id)")
  }

  /// A duel that is over.
  init(_ result: DuelResultRecord) {
    let score = result.seats.map { "\($0.points)" }.joined(separator: " : ")
    let state =
      result.voidedBecause != nil
      ? "voided" : result.outcome == .void ? "void" : result.reason
    self.init(
      id: result.duel.rawValue, title: result.seats.map(\.name).joined(separator: " vs "),
      detail: "\(result.format), \(score)", at: result.endedAt, state: state,
      link: "duel/\(result.duel)")
  }
}
