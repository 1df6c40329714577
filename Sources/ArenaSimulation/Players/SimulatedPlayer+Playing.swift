import ArenaProtocol
import ArenaTypes
import Interpretation

/// What a player does with its time.
extension SimulatedPlayer {
  private static let formats: [Wire.DuelFormat] = [.pick, .pick, .write, .fire, .mixed, .mixed]

  /// Chooses something to do, or to wait.
  func chooseWhatToPlay() {
    guard happens(0.5), !pending.contains(where: { !$0.isOfConnection }) else { return }
    if happens(0.03) { send(.rename(.init(name: "P\(number) \(chance.next() % 100)"))) }
    if happens(0.02) { send(.settingsSet(.init(showExplicit: happens(0.5)))) }
    if happens(0.02) { sayWhereAtHome() }
    if happens(0.06) { return playSolo() }
    if happens(0.05) { return lookAtUnits() }
    if happens(ways.watches) { return watchSomething() }
    if happens(ways.races) { return _ = send(.contestList) }
    let format = Self.formats[Int(chance.next() % UInt64(Self.formats.count))]
    switch chance.next() % 20 {
    case 0: send(.queueAcceptBot(.init(format: format)))
    case 1: send(.duelInvite(.init(format: format)))
    case 2, 3:
      guard let code = world.invitationCodes.popLast() else { break }
      send(.duelJoin(.init(code: code)))
    default:
      let other = world.campaigns.count > 1 && happens(0.25) ? world.campaigns[1].info.id : nil
      send(.queueJoin(.init(format: format, campaign: other)))
    }
  }

  private func watchSomething() {
    guard following.count < 6 else { return }
    if let duel = world.witness.durable.lastFinished, happens(0.3) {
      return _ = send(.duelReplay(.init(duel: duel, from: 0)))
    }
    if happens(0.4) { return follow(someBoard()) }
    let others = world.players.compactMap(\.seat).map(\.id)
    guard !others.isEmpty, happens(0.7) else { return follow(.lobby) }
    follow(.duel(others[Int(chance.next() % UInt64(others.count))]))
  }

  /// A command was answered for good.
  func done(_ one: SentCommand, _ frame: ServerFrame) {
    let isDone = frame.type == "ok"
    let data = frame.data
    switch one.command {
    case .queueJoin:
      isQueued = isDone || frame.errorCode == .alreadyQueued
      if isQueued { leaveQueueLater() }
    case .queueLeave: isQueued = false
    case .queueAcceptBot, .queueAcceptGhost, .duelJoin, .duelRematch:
      if let duel = data["duel"]?.string, isDone { enter(DuelID(rawValue: duel)) }
    case .duelInvite:
      if let code = data["invite"]?["code"]?.string { world.invitationCodes.append(code) }
    case .soloOpen: if isDone { sawSolo(data["solo"] ?? .null) }
    case .moderateAct, .moderateUndo:
      if let entry = data["entry"]?.integer, let undo = data["undo"], undo != .null {
        undoable.append(Int(entry))
      }
    case .contestList: contestsListed(data["contests"]?.array ?? [])
    case .contestStart(let content): contestStarted(content.contest, isDone ? data : nil)
    case .contestAnswer(let content):
      if isDone { answered(one, data) } else if run?.contest == content.contest { run = nil }
    case .contestSubmit(let content):
      if run?.contest == content.contest { run?.isBusy = false }
      if isDone { answered(one, data) } else { refused(content.contest, frame.errorCode) }
    case .contestNext(let content):
      if isDone { answered(one, data) } else { refused(content.contest, frame.errorCode) }
    default: break
    }
  }

  private func leaveQueueLater() {
    guard part == nil else { return }
    later(milliseconds(40_000...90_000)) { player in
      guard player.isQueued, player.isWelcome else { return }
      player.send(.queueLeave)
    }
  }

  // MARK: Events

  /// Something has happened in a topic.
  func happened(_ topic: Topic, _ frame: ServerFrame) {
    switch topic {
    case .duel(let id): duelHappened(id, frame)
    case .me: happenedToMe(frame)
    case .board(let id):
      if let stage = frame.data["stage"], stage != .null { staged(id, stage) }
      if let state = frame.data["contest"]?["state"]?.string { changed(id, to: state) }
      guard part == nil, run == nil, happens(0.02) else { break }
      later(milliseconds(0...60_000)) { player in
        if player.run?.contest != id { player.unfollow(.board(id)) }
      }
    case .lobby: if happens(0.02) { unfollow(.lobby) }
    case .boardOf: if happens(0.02) { unfollow(topic) }
    case .moderation: break
    }
  }

  private func happenedToMe(_ frame: ServerFrame) {
    let data = frame.data
    switch frame.type {
    case "me.snapshot":
      if let duel = data["activeDuel"]?.string { enter(DuelID(rawValue: duel)) }
      isQueued = data["queue"].map { $0 != .null } ?? false
      if isQueued { leaveQueueLater() }
      for run in data["runs"]?.array ?? [] { told(of: run) }
    case "duel.matched": data["duel"]?.string.map { enter(DuelID(rawValue: $0)) }
    case "duel.writeChecked":
      // A text that was refused is followed by another one.
      guard data["accepted"]?.bool == false, let seat, seat.kind == "write" else { break }
      later(milliseconds(500...5_000)) { $0.answer(seat.id, round: seat.round) }
    case "queue.botOffered":
      guard part == nil, happens(0.3) else { break }
      later(milliseconds(200...3_000)) { player in
        if player.isQueued { player.send(.queueAcceptBot(.init())) }
      }
    case "queue.ghostOffered":
      guard part == nil, happens(0.5) else { break }
      later(milliseconds(200...3_000)) { player in
        if player.isQueued { player.send(.queueAcceptGhost) }
      }
    case "queue.left": isQueued = false
    case "contest.run", "contest.judged": told(of: data["run"] ?? .null)
    default: break
    }
  }
}
