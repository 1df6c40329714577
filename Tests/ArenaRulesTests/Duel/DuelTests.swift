import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

/// Single rules of the duel, on scripted ones.
@Suite struct DuelTests {
  private func played(_ scenario: DuelScenario) throws -> Duel { try scenario.play().duel }

  @Test("the last round doubles and can turn a duel")
  func doubleLastRound() throws {
    let duel = try played(.pickToTheEnd)
    #expect(duel.results.map(\.multiplier) == [1, 1, 1, 1, 2])
    // Answers after 6 s of 30: 100 + 40; Bert's after 9 s: 100 + 35.
    #expect(duel.results.map { $0.points[0] } == [0, 140, 0, 0, 280])
    #expect(duel.results.map { $0.points[1] } == [135, 135, 0, 0, 0])
    #expect(duel.result?.outcome == .winner(seat: 0))
    #expect(duel.result?.reason == .points)
    #expect(duel.result?.totals == [420, 270])
  }

  @Test("a tie goes to sudden death until the points differ")
  func suddenDeath() throws {
    let duel = try played(.pickSuddenDeath)
    #expect(duel.results.count == 7)
    #expect(duel.results.map(\.isSuddenDeath) == [false, false, false, false, false, true, true])
    #expect(duel.results[6].multiplier == 1)
    #expect(duel.result?.outcome == .winner(seat: 0))
  }

  @Test("three rounds of sudden death without a difference are a draw")
  func draw() throws {
    let duel = try played(.pickDrawAfterSuddenDeath)
    #expect(duel.results.count == 8)
    #expect(duel.result?.outcome == .draw)
    #expect(duel.result?.ratings.count == 2)
  }

  @Test("without units for sudden death a tie is a draw at once")
  func noSuddenDeathMaterial() throws {
    let full = sampleSetup(.pick)
    let setup = DuelSetup(
      id: full.id, format: .pick, seats: full.seats, materials: Array(full.materials.prefix(5)),
      seed: 1, isRated: true)
    var (duel, _) = try Duel.start(setup, now: epoch)
    while let deadline = duel.nextDeadline { _ = try duel.apply(.tick, now: deadline) }
    #expect(duel.results.count == 5)
    #expect(duel.result?.outcome == .draw)
  }

  @Test("refusals have the codes of the protocol")
  func lateAndRepeated() throws {
    let script = try DuelScenario.pickLateAndRepeated.play()
    #expect(
      script.transcript.steps.map { $0.rejection ?? "ok" } == [
        "no_question", "ok", "ok", "ok", "already_answered", "wrong_round", "round_over", "ok",
        "round_over", "ok", "ok", "round_over", "wrong_kind_of_answer", "not_your_duel",
      ])
    let receipt = script.duel.answerReceipt(player: anna, commandID: command("one"))
    #expect(receipt?.answer == .pick(side: .a))
    #expect(receipt?.at == .at(5))
    #expect(script.transcript.steps[3].events == [], "a repeated command has no second effect")
  }

  @Test("an answer counts up to its deadline and not at it")
  func deadline() throws {
    for (offset, isTaken) in [(-1, true), (0, false), (1, false)] as [(Int64, Bool)] {
      var (duel, _) = try Duel.start(sampleSetup(.pick), now: epoch)
      _ = try duel.apply(.tick, now: .at(3))
      let answer = DuelCommand.answer(
        player: anna, round: 0, answer: .pick(side: .a), commandID: command("c"))
      let before = duel
      let taken = try? duel.apply(answer, now: .at(33) + offset)
      #expect((taken != nil) == isTaken)
      if !isTaken { #expect(duel == before) }
    }
  }

  @Test("a player who was away for 30 s loses to a claim, and no earlier")
  func claim() throws {
    let script = try DuelScenario.pickAbsentAndClaimed.play()
    #expect(
      script.transcript.steps.compactMap(\.rejection) == [
        "not_absent_yet", "not_absent_yet", "duel_over",
      ])
    #expect(script.duel.result?.outcome == .winner(seat: 0))
    #expect(script.duel.result?.reason == .absent)
    #expect(script.duel.result?.ratings.first.map { $0.after.value > $0.before.value } == true)
  }

  @Test("both away for 30 s is void and moves no rating")
  func bothAbsent() throws {
    let duel = try played(.pickBothAbsent)
    #expect(duel.result?.outcome == .void)
    #expect(duel.result?.reason == .absent)
    #expect(duel.result?.ratings == [])
    // Bert left at 13 s.
    #expect(duel.result?.at == .at(43))
  }

  @Test("nothing can be claimed or lost by leaving once the points have decided")
  func decided() throws {
    var script = try DuelScenario.pickToTheEnd.play()
    // The same duel up to the last reveal.
    var (duel, _) = try Duel.start(script.transcript.setup, now: epoch)
    for step in script.transcript.steps.dropLast() {
      _ = try duel.apply(step.command, now: step.at)
    }
    script = try DuelScenario.pickToTheEnd.play()
    let last = try #require(script.transcript.steps.last?.at)
    let now = last - 1_000
    var away = duel
    _ = try away.apply(.disconnected(player: anna), now: now)
    #expect(throws: DuelRejection.alreadyDecided) {
      try away.apply(.claim(player: bert), now: now)
    }
    _ = try duel.apply(.resign(player: anna), now: now)
    #expect(duel.result?.outcome == .winner(seat: 0), "Anna has won by points, though she left")
    #expect(duel.result?.reason == .points)
  }

  @Test("an outage takes no time from anybody")
  func outage() throws {
    let script = try DuelScenario.pickOutage.play()
    guard case .pick(_, _, _, _, let milliseconds) = script.duel.results[0].reveal else {
      Issue.record("no pick round")
      return
    }
    // Bert answered 50 s after the question on the wall, of which the server was away for 40.
    #expect(milliseconds == [5_000, 10_000])
    #expect(script.transcript.steps.last?.rejection == "bad_duration")
  }

  @Test("an outage is no absence: claims and the void for two absent move with the clocks")
  func outageAndAbsence() throws {
    var script = try DuelScript("x", "x", sampleSetup(.write))
    script.waits()
    script.after(7, .disconnected(player: anna))
    script.after(1, .disconnected(player: bert))
    #expect(script.duel.nextDeadline == .at(41))
    let moved = script.after(60, .outage(milliseconds: 60_000))
    #expect(moved == [.clocksMoved(milliseconds: 60_000, deadline: .at(138))])
    #expect(script.duel.claimableAt(seat: 0) == .at(100))
    #expect(script.duel.nextDeadline == .at(101))
    script.after(0, .connected(player: bert))
    #expect(script.duel.nextDeadline == .at(138))
    script.after(28.999, .claim(player: bert))
    #expect(script.transcript.steps.last?.rejection == "not_absent_yet")
    script.after(0.001, .claim(player: bert))
    #expect(script.duel.result?.outcome == .winner(seat: 1))
  }

  @Test("a moderator's end is void and says why")
  func moderator() throws {
    let duel = try played(.pickModeratorEnd)
    #expect(duel.result?.outcome == .void)
    #expect(duel.result?.reason == .moderator(text: "Both accounts are one person."))
    #expect(duel.result?.ratings == [])
  }

  @Test("a duel with a bot is never rated")
  func bot() throws {
    #expect(!sampleSetup(.pick, isRated: true, bot: true).isRated)
    let duel = try played(.pickResignedToBot)
    #expect(duel.round == 1, "one ready was enough")
    #expect(duel.result?.outcome == .winner(seat: 1))
    #expect(duel.result?.ratings == [])
  }

  @Test("write: texts that say the same get the mean, the last round doubles")
  func write() throws {
    let duel = try played(.writeToTheEnd)
    #expect(duel.results.map(\.points) == [[61, 42], [36, 36], [24, 178]])
    #expect(duel.result?.outcome == .winner(seat: 1))
  }

  @Test("write: a round without a score counts for nobody, and the next one goes on")
  func writeSilence() throws {
    let script = try DuelScenario.writeEngineSilent.play()
    #expect(script.duel.results.map(\.counts) == [false, true])
    #expect(script.duel.results.map(\.points) == [[0, 0], [0, 70]])
    #expect(script.transcript.steps.compactMap(\.rejection) == ["not_wanted"])
  }

  @Test("a result for another round never enters this one")
  func lateResult() throws {
    var script = try DuelScript("x", "x", sampleSetup(.write))
    script.waits()
    script.writes(anna, "rivers", score: nil, after: 1)
    while script.duel.round == 0 { script.waits() }
    script.writes(anna, "lakes", score: nil, after: 1)
    for round in [-1, 0, 2] {
      script.after(
        0,
        .scored(
          player: anna, round: round, attempt: 0, outcome: .scored(score: sampleScore(99))))
      #expect(script.transcript.steps.last?.rejection == "not_wanted")
    }
    script.after(
      0, .scored(player: anna, round: 1, attempt: 0, outcome: .scored(score: sampleScore(9))))
    while script.duel.results.count < 2 { script.waits() }
    #expect(script.duel.results.map(\.points) == [[0, 0], [9, 0]])
  }

  @Test("fire: the best of three, 150 at most, copied texts nothing")
  func fire() throws {
    let script = try DuelScenario.fireToTheEnd.play()
    #expect(script.duel.results.map(\.points) == [[75, 150], [0, 0], [276, 0]])
    #expect(
      script.transcript.steps.compactMap(\.rejection) == ["too_many_tries", "text_empty"])
  }

  @Test("fire: a try without a result counts 0 and says so")
  func fireSilence() throws {
    let result = try #require(try played(.fireEngineSilent).results.first)
    #expect(result.points == [88, 0])
    guard case .fire(_, let tries) = result.reveal else {
      Issue.record("no fire round")
      return
    }
    #expect(tries[1].map(\.outcome) == [.failed])
  }

  @Test("mixed: one round of each kind, the last one double")
  func mixed() throws {
    let duel = try played(.mixedToTheEnd)
    #expect(duel.results.map(\.reveal.kind) == [.pick, .oddOneOut, .predict, .write, .fire])
    #expect(Set(duel.results.map(\.unit)).count == 5)
    // Anna: pick after 6 s of 30; all six tokens; 61; 2 x 75. Bert: odd one after 10 s of 20; two of
    // six less one of six; 70; 2 x 113.
    #expect(
      duel.results.map(\.points) == [[140, 0], [0, 125], [100, 17], [61, 70], [150, 226]])
    #expect(duel.result?.outcome == .winner(seat: 0))
    #expect(duel.result?.ratings.count == 2)
  }

  @Test("mixed: what is no option is refused and may be mended; what is late is refused")
  func mixedRefusals() throws {
    let script = try DuelScenario.mixedRefusals.play()
    #expect(
      script.transcript.steps.compactMap(\.rejection) == [
        "round_over", "not_an_option", "not_an_option", "wrong_kind_of_answer",
        "already_answered", "round_over", "not_an_option", "repeated_token", "not_an_option",
        "round_over",
      ])
  }

  @Test("a setup that an older server wrote still starts, with the times that were new since")
  func olderJournal() throws {
    let setup = sampleSetup(.pick)
    let older = DuelSetup(
      id: setup.id, format: .pick, seats: setup.seats,
      materials: setup.materials.map {
        UnitMaterial(
          unit: $0.unit, clues: $0.clues, reveals: $0.reveals, pairs: $0.pairs,
          top20MeanPeak: $0.top20MeanPeak, isLexical: $0.isLexical)
      }, seed: setup.seed, isRated: true)
    var text = String(decoding: try encoded(older), as: UTF8.self)
    for field in ["\"oddOneOutMilliseconds\":20000,", "\"predictMilliseconds\":30000,"] {
      #expect(text.contains(field))
      text = text.replacing(field, with: "")
    }
    #expect(!text.contains("oddOneOut") && !text.contains("predict"))
    let read = try decoded(DuelSetup.self, from: Data(text.utf8))
    #expect(read == older)
    #expect(try Duel.start(read, now: epoch).duel == Duel.start(older, now: epoch).duel)
  }

  @Test("after a restart the engine can be asked again for what it owes")
  func outstanding() throws {
    var script = try DuelScript("x", "x", sampleSetup(.write))
    script.waits()
    let first = script.answers(anna, .write(text: sampleText("rivers")), after: 1)
    #expect(script.duel.outstandingWishes == first.filter { $0.audience == .engine })
    script.after(1, .checked(player: anna, round: 0, attempt: 0, result: .accepted))
    script.writes(bert, "water", score: nil, after: 1)
    #expect(script.duel.outstandingWishes.count == 3)
    for wish in script.duel.outstandingWishes { #expect(wish.audience == .engine) }
  }

  @Test("a setup that no duel can be made of is refused")
  func setups() {
    let good = sampleSetup(.pick)
    func setup(_ seats: [Seat], _ materials: [UnitMaterial]) -> DuelSetup {
      DuelSetup(
        id: good.id, format: .pick, seats: seats, materials: materials, seed: 1, isRated: true)
    }
    let open = UnitMaterial(
      unit: UnitID(rawValue: "u"), clues: [ExcerptID(rawValue: "c")], reveals: [],
      pairs: [
        ExplanationPair(
          better: ExplanationID(rawValue: "a"), worse: ExplanationID(rawValue: "b"), basis: .open)
      ], top20MeanPeak: 1, isLexical: false)
    #expect(throws: DuelSetupRejection.notTwoSeats(1)) {
      try Duel.start(setup([good.seats[0]], good.materials), now: epoch)
    }
    #expect(throws: DuelSetupRejection.samePlayerTwice) {
      try Duel.start(setup([good.seats[0], good.seats[0]], good.materials), now: epoch)
    }
    #expect(throws: DuelSetupRejection.tooFewMaterials(needed: 5, found: 1)) {
      try Duel.start(setup(good.seats, [good.materials[0]]), now: epoch)
    }
    #expect(throws: DuelSetupRejection.materialUnfit(open.unit)) {
      try Duel.start(setup(good.seats, Array(repeating: open, count: 5)), now: epoch)
    }
  }

  @Test("a journal line is compact and stable")
  func journalLine() throws {
    let answer = DuelCommand.answer(
      player: anna, round: 2, answer: .write(text: sampleText("a | b")), commandID: command("c9"))
    #expect(
      String(decoding: try encoded(answer), as: UTF8.self)
        == #"{"answer":{"answer":{"write":{"text":"a | b"}},"commandID":"c9","player":"p_anna","round":2}}"#
    )
    #expect(String(decoding: try encoded(DuelCommand.tick), as: UTF8.self) == #"{"tick":{}}"#)
  }
}
