import ArenaProtocol
import ArenaRules
import ArenaTypes

/// What no honest client sends.
extension SimulatedPlayer {
  private static let hostileTexts = [
    "", "{", "[]", "null", "{\"id\":\"x\"}", "{\"id\":\"x\",\"type\":\"hello\",\"data\":{}}",
    "{\"id\":7,\"type\":\"ping\",\"data\":{}}",
    "{\"id\":\"x\",\"type\":\"duel.answer\",\"data\":{\"duel\":\"d\",\"round\":0}}",
    "{\"id\":\"x\",\"type\":\"no.such\",\"data\":{}}",
    "{\"id\":\"x\",\"type\":\"contest.answer\",\"data\":{\"contest\":\"../..\",\"question\":-1}}",
  ]

  /// Sends something that must do no harm.
  func lie() {
    world.counts.hostileMessages += 1
    switch chance.next() % 12 {
    case 0, 1: sendRaw(Self.hostileTexts[Int(chance.next() % UInt64(Self.hostileTexts.count))])
    case 2: sendRaw(String(repeating: "[", count: 2_000))
    case 3: for _ in 0..<60 { send(.ping(.init(clientTime: world.clock.now))) }
    case 4: meddle()
    case 5: if seat?.unit != nil { lookAtUnits() }
    case 6: answerWrongly()
    case 7: changeMind()
    case 8: pretendToModerate()
    case 9: watchSomebody()
    case 10: send(.contestAnswer(.init(contest: .init(rawValue: "none"), question: 1, side: .a)))
    default: send(.duelJoin(.init(code: "guessed")))
    }
  }

  private func sendRaw(_ text: String) { line?.send(text) }

  func otherDuel() -> DuelID? {
    let others = world.players.compactMap(\.seat).map(\.id).filter { $0 != seat?.id }
    return others.isEmpty ? nil : others[Int(chance.next() % UInt64(others.count))]
  }

  /// Does something in a duel of others.
  private func meddle() {
    guard let duel = otherDuel() else { return }
    switch chance.next() % 4 {
    case 0: send(.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a))))
    case 1: send(.duelResign(.init(duel: duel)))
    case 2: send(.duelReady(.init(duel: duel, round: 1)))
    default: send(.duelClaim(.init(duel: duel)))
    }
  }

  private func watchSomebody() {
    guard following.count < 8, let duel = otherDuel() else { return }
    follow(.duel(duel))
  }

  /// Answers with what the round does not ask for.
  private func answerWrongly() {
    guard let seat else { return }
    let answers: [Wire.Answer] = [
      .pick(.b), .write("a|b|c|d"), .write(String(repeating: "x", count: 400)), .oddOneOut(4),
      .predict([0, 0]), .predict([63]), .fire(""), .fire(String(repeating: "y ", count: 90)), .done,
    ]
    let answer = answers[Int(chance.next() % UInt64(answers.count))]
    let round = max(1, seat.round + Int(chance.next() % 3) - 1)
    send(.duelAnswer(.init(duel: seat.id, round: round, answer: answer)))
  }

  /// Gives another answer to the same round, as from a second tab.
  private func changeMind() {
    guard let seat, seat.round > 0 else { return }
    send(.duelAnswer(.init(duel: seat.id, round: seat.round, answer: .pick(.a))))
    send(.duelAnswer(.init(duel: seat.id, round: seat.round, answer: .pick(.b))))
  }

  private func pretendToModerate() {
    if happens(0.3) { send(.moderateLogin(.init(token: "guess"))) }
    if let duel = otherDuel() { send(.moderateEndDuel(.init(duel: duel, reason: "me"))) }
    send(.moderateAudit(.init(limit: 10)))
    if happens(0.2) { send(.subscribe(.init(topic: .moderation))) }
  }
}
