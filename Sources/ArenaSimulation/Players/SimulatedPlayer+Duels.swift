import ArenaProtocol
import ArenaTypes

/// How a player plays duels.
extension SimulatedPlayer {
  /// Goes into a duel, if it isn't there already.
  func enter(_ duel: DuelID) {
    isQueued = false
    guard seat?.id != duel else { return }
    if let old = seat { unfollow(.duel(old.id)) }
    seat = DuelSeat(id: duel)
    follow(.duel(duel))
  }

  /// Looks at an event of a duel.
  func duelHappened(_ duel: DuelID, _ frame: ServerFrame) {
    guard seat?.id == duel else { return watched(duel, frame) }
    let data = frame.data
    switch frame.type {
    case "duel.roundStarted": entered(data["round"] ?? .null)
    case "duel.snapshot": entered(view: data["duel"] ?? .null)
    case "duel.revealed":
      guard let number = data["reveal"]?["number"]?.integer else { break }
      steady(for: "reveal \(number)")
      guard part != nil || happens(0.7) else { break }
      later(milliseconds(300...4_000)) { player in
        guard player.seat?.id == duel else { return }
        player.send(.duelReady(.init(duel: duel, round: Int(number))))
      }
    case "duel.presence": opponentMoved(duel, data)
    case "duel.finished": left(duel)
    default: break
    }
  }

  private func entered(view: JSONValue) {
    switch view["phase"]?.string {
    case "question":
      if view["you"]?["answer"].map({ $0 != .null }) ?? false {
        if let number = view["round"]?["number"]?.integer {
          seat?.plannedRounds.insert(Int(number))
        }
      }
      entered(view["round"] ?? .null)
    case "finished": seat.map { left($0.id) }
    default: break
    }
  }

  private func entered(_ round: JSONValue) {
    guard let duel = seat?.id, seat?.enter(round) == true, let number = seat?.round else { return }
    steady(for: "round \(number)")
    if part == nil, happens(0.01), !world.isCalm {
      return _ = send(.duelResign(.init(duel: duel)))
    }
    let haste = world.settings.hazards.haste
    let limit: Int64 = happens(ways.dawdles) ? 90_000 : 12_000
    later(milliseconds(300...limit / haste)) { $0.answer(duel, round: number) }
  }

  /// Answers a round, whether it is still open or not.
  func answer(_ duel: DuelID, round: Int) {
    guard let seat, seat.id == duel, seat.round == round, let player else { return }
    steady(for: "answer \(round) \(seat.textCount)")
    var answer: Wire.Answer?
    switch seat.kind {
    case "pick":
      let isA = happens(0.5)
      answer = .pick(isA != isProbed(duel, round) ? .a : .b)
    case "oddOneOut":
      let odd = Int(chance.next() % 5)
      answer = .oddOneOut(isProbed(duel, round) ? (odd + 1) % 5 : odd)
    case "predict": answer = .predict(marks(of: seat.tokenCount))
    case "write":
      self.seat?.textCount += 1
      answer = .write(text(MarkedAnswer(player: player, duel: duel, round: round - 1)))
    case "fire": return fire(duel, round, by: player)
    default: break
    }
    if let answer { send(.duelAnswer(.init(duel: duel, round: round, answer: answer))) }
  }

  /// Some tokens of a text, in some order.
  func marks(of tokenCount: Int) -> [Int] {
    let tokens = (0..<tokenCount).filter { _ in happens(0.2) }
    return happens(0.5) ? tokens : tokens.reversed()
  }

  private func isProbed(_ duel: DuelID, _ round: Int) -> Bool {
    guard let player else { return false }
    return world.witness.probes(by: player, duel: duel, round: round - 1)
  }

  /// A text of a few words with a mark by which the witness knows it again.
  func text(_ answer: MarkedAnswer) -> String {
    let words = ["storms", "kin", "tools", "cities", "metals", "music", "words", "names"]
    let count = 1 + Int(chance.next() % 4)
    let drawn = (0..<count).map { _ in words[Int(chance.next() % UInt64(words.count))] }
    // In a scenario a text is the same in every run.
    let number =
      part == nil
      ? "\(world.witness.marks.count)" : "\(self.number)\(chance.next() % 1_000_000_000)"
    world.witness.marks[number] = answer
    return (drawn + ["\(Witness.answerMark)\(number)QZ"]).joined(separator: " ")
  }

  private func fire(_ duel: DuelID, _ round: Int, by player: PlayerID) {
    seat?.textCount += 1
    let count = seat?.textCount ?? 0
    if count > 1, happens(0.2) {
      send(.duelAnswer(.init(duel: duel, round: round, answer: .done)))
    } else {
      let text = text(MarkedAnswer(player: player, duel: duel, round: round - 1))
      send(.duelAnswer(.init(duel: duel, round: round, answer: .fire(text))))
      guard count < 4 else { return }
      later(milliseconds(500...9_000)) { $0.answer(duel, round: round) }
    }
  }

  private func opponentMoved(_ duel: DuelID, _ data: JSONValue) {
    guard data["connected"]?.bool == false, let at = data["claimableAt"]?.integer, happens(0.6)
    else { return }
    let wait = Timestamp(millisecondsSinceEpoch: at) - world.clock.now
    later(max(.zero, wait) + milliseconds(-500...5_000)) { player in
      guard player.seat?.id == duel else { return }
      player.send(.duelClaim(.init(duel: duel)))
    }
  }

  /// The duel is over: some play again, all go on to something else.
  private func left(_ duel: DuelID) {
    seat = nil
    part?.isDone = true
    guard part == nil else { return }
    if happens(0.15), !isRetired { send(.duelRematch(.init(duel: duel))) }
    later(milliseconds(1_000...20_000)) { player in
      guard player.seat?.id != duel else { return }
      player.unfollow(.duel(duel))
    }
  }

  private func watched(_ duel: DuelID, _ frame: ServerFrame) {
    let isOver =
      frame.type == "duel.finished" || frame.data["duel"]?["phase"]?.string == "finished"
    guard isOver else { return }
    part?.isDone = true
    guard part == nil else { return }
    later(milliseconds(0...5_000)) { player in
      guard player.seat?.id != duel else { return }
      player.unfollow(.duel(duel))
    }
  }
}
