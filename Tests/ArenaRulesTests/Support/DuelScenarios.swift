import ArenaTypes

@testable import ArenaRules

/// The scripted duels whose transcripts are committed in `protocol/vectors/duels`.
enum DuelScenario: String, CaseIterable {
  case pickToTheEnd = "pick-to-the-end"
  case pickSuddenDeath = "pick-sudden-death"
  case pickDrawAfterSuddenDeath = "pick-draw"
  case pickLateAndRepeated = "pick-late-and-repeated-answers"
  case pickAbsentAndClaimed = "pick-absent-and-claimed"
  case pickBothAbsent = "pick-both-absent"
  case pickOutage = "pick-outage"
  case pickModeratorEnd = "pick-moderator-end"
  case pickResignedToBot = "pick-resigned-to-bot"
  case writeToTheEnd = "write-to-the-end"
  case writeEngineSilent = "write-engine-silent"
  case writeHidden = "write-hidden-texts"
  case fireToTheEnd = "fire-to-the-end"
  case fireEngineSilent = "fire-engine-silent"
  case mixedToTheEnd = "mixed-to-the-end"
  case mixedRefusals = "mixed-refused-late-and-outage"

  func play() throws -> DuelScript {
    switch self {
    case .pickToTheEnd: try pickToTheEnd()
    case .pickSuddenDeath: try pickSuddenDeath()
    case .pickDrawAfterSuddenDeath: try pickDraw()
    case .pickLateAndRepeated: try pickLateAndRepeated()
    case .pickAbsentAndClaimed: try pickAbsentAndClaimed()
    case .pickBothAbsent: try pickBothAbsent()
    case .pickOutage: try pickOutage()
    case .pickModeratorEnd: try pickModeratorEnd()
    case .pickResignedToBot: try pickResignedToBot()
    case .writeToTheEnd: try writeToTheEnd()
    case .writeEngineSilent: try writeEngineSilent()
    case .writeHidden: try writeHidden()
    case .fireToTheEnd: try fireToTheEnd()
    case .fireEngineSilent: try fireEngineSilent()
    case .mixedToTheEnd: try mixedToTheEnd()
    case .mixedRefusals: try mixedRefusals()
    }
  }

  private func script(
    _ about: String, _ format: DuelFormat, seed: UInt64 = 7, bot: Bool = false
  ) throws -> DuelScript {
    try DuelScript(rawValue, about, sampleSetup(format, seed: seed, bot: bot))
  }
}

extension DuelScenario {
  private func pickToTheEnd() throws -> DuelScript {
    var script = try script(
      "Bert leads until the last round, which counts double and turns the duel.", .pick)
    script.waits()
    for round in 0..<5 {
      script.picks(anna, right: round == 1 || round == 4, after: 6)
      script.picks(bert, right: round < 2, after: 3)
      if round.isMultiple(of: 2) { script.waits() } else { script.bothReady() }
    }
    return script
  }

  private func pickSuddenDeath() throws -> DuelScript {
    var script = try script(
      "Nobody scores in five rounds nor in the first round of sudden death; the second decides.",
      .pick)
    script.waits()
    for round in 0..<7 {
      script.picks(anna, right: round == 6, after: 10)
      script.picks(bert, right: false, after: 0.25)
      script.bothReady()
    }
    return script
  }

  private func pickDraw() throws -> DuelScript {
    var script = try script(
      "Nobody answers anything, three rounds of sudden death included: a draw.", .pick)
    while script.duel.phase != .finished { script.waits() }
    return script
  }

  private func pickLateAndRepeated() throws -> DuelScript {
    var script = try script(
      "A repeated command has no second effect, a second answer is refused, and so is a late one.",
      .pick)
    script.after(
      1, .answer(player: anna, round: 0, answer: .pick(side: .a), commandID: command("early")))
    script.waits()
    script.after(
      2, .answer(player: anna, round: 0, answer: .pick(side: .a), commandID: command("one")))
    script.after(
      1, .answer(player: anna, round: 0, answer: .pick(side: .b), commandID: command("one")))
    script.after(
      1, .answer(player: anna, round: 0, answer: .pick(side: .b), commandID: command("two")))
    script.after(
      1, .answer(player: bert, round: 1, answer: .pick(side: .b), commandID: command("ahead")))
    script.after(
      25, .answer(player: bert, round: 0, answer: .pick(side: .a), commandID: command("late")))
    script.after(0, .tick)
    script.after(
      1, .answer(player: bert, round: 0, answer: .pick(side: .a), commandID: command("later")))
    script.after(
      1, .answer(player: anna, round: 0, answer: .pick(side: .a), commandID: command("one")))
    script.waits()
    script.after(
      1, .answer(player: bert, round: 0, answer: .pick(side: .a), commandID: command("past")))
    script.after(
      1, .answer(player: bert, round: 1, answer: .done, commandID: command("kind")))
    script.after(
      1,
      .answer(
        player: PlayerID(rawValue: "p_eve"), round: 1, answer: .pick(side: .a),
        commandID: command("eve")))
    return script
  }

  private func pickAbsentAndClaimed() throws -> DuelScript {
    var script = try script(
      "Bert drops out, returns into the same round, drops out again and loses by absence.", .pick)
    script.waits()
    script.after(3, .disconnected(player: bert))
    script.after(5, .claim(player: anna))
    script.after(5, .connected(player: bert))
    script.picks(bert, right: true, after: 2)
    script.picks(anna, right: true, after: 1)
    script.after(1, .disconnected(player: bert))
    script.waits()
    script.after(22.999, .claim(player: anna))
    script.after(0.001, .claim(player: anna))
    script.after(1, .connected(player: bert))
    return script
  }

  private func pickBothAbsent() throws -> DuelScript {
    var script = try script("Both are away for 30 s: void.", .pick)
    script.waits()
    script.after(1, .disconnected(player: anna))
    script.after(9, .disconnected(player: bert))
    while script.duel.phase != .finished { script.waits() }
    return script
  }

  private func pickOutage() throws -> DuelScript {
    var script = try script(
      "The server is away for 40 s in the middle of a question, of which nobody loses any time.",
      .pick)
    script.waits()
    script.picks(anna, right: true, after: 5)
    script.after(40, .outage(milliseconds: 40_000))
    script.after(0, .disconnected(player: bert))
    script.after(2, .connected(player: bert))
    script.picks(bert, right: true, after: 3)
    script.after(1, .outage(milliseconds: -1))
    return script
  }

  private func pickModeratorEnd() throws -> DuelScript {
    var script = try script("A moderator voids the duel; ratings stay.", .pick)
    script.waits()
    script.picks(anna, right: true, after: 5)
    script.after(1, .end(moderator: "night watch", reason: "Both accounts are one person."))
    script.after(1, .resign(player: anna))
    return script
  }

  private func pickResignedToBot() throws -> DuelScript {
    var script = try script(
      "Against a bot one `ready` is enough; resigning loses, and no rating moves.", .pick,
      bot: true)
    script.waits()
    script.picks(anna, right: false, after: 5)
    script.picks(bert, right: true, after: 5)
    script.after(1, .ready(player: anna, round: 0))
    script.after(4, .resign(player: anna))
    return script
  }

  private func writeToTheEnd() throws -> DuelScript {
    var script = try script(
      "A refused text is written anew; texts that say the same get the mean; the last round doubles.",
      .write)
    script.waits()
    script.answers(anna, .write(text: sampleText("copied words of a clue")), after: 10)
    script.answers(anna, .write(text: sampleText("another one at once")), after: 0.1)
    script.after(
      0.1, .checked(player: anna, round: 0, attempt: 0, result: .refused(reason: .copiedFromClue)))
    script.writes(anna, "names of rivers", score: 61.4, after: 5)
    script.writes(bert, "water | rivers", score: 42, after: 5)
    script.after(0.2, .compared(round: 0, isSame: false))
    script.bothReady()
    script.writes(anna, "numbers", score: 30, after: 5)
    script.writes(bert, "any number", score: nil, after: 5)
    script.after(0.2, .compared(round: 1, isSame: true))
    script.after(
      2,
      .scored(player: bert, round: 1, attempt: 0, outcome: .scored(score: sampleScore(41))))
    script.waits()
    script.writes(anna, "weekdays", score: 12, after: 5)
    script.writes(bert, "days of the week in letters", score: 88.6, after: 5)
    script.after(0.2, .compared(round: 2, isSame: false))
    script.bothReady()
    return script
  }

  private func writeEngineSilent() throws -> DuelScript {
    var script = try script(
      "A score that never comes: after 20 s the round counts for nobody; a late score is dropped.",
      .write)
    script.waits()
    script.writes(anna, "names of rivers", score: 61.4, after: 5)
    script.writes(bert, "water", score: nil, after: 5)
    script.after(0.2, .compared(round: 0, isSame: false))
    script.waits()
    script.after(
      1, .scored(player: bert, round: 0, attempt: 0, outcome: .scored(score: sampleScore(50))))
    script.waits()
    script.writes(bert, "one answers alone", score: 70, after: 5)
    script.waits()
    return script
  }

  private func writeHidden() throws -> DuelScript {
    var script = try script(
      """
      A text that a moderator should see first stands, is scored and stays its author's alone; so does \
      one that was never checked, of a round that counts for nobody.
      """, .write)
    script.waits()
    script.writes(anna, "lustful words", score: 55, after: 5, checked: .hidden)
    script.writes(bert, "names of rivers", score: 40, after: 5)
    script.after(0.2, .compared(round: 0, isSame: false))
    script.bothReady()
    script.answers(anna, .write(text: sampleText("nobody has checked this")), after: 5)
    script.waits()
    script.waits()
    script.after(1, .checked(player: anna, round: 1, attempt: 0, result: .accepted))
    script.after(1, .resign(player: bert))
    return script
  }

  private func fireToTheEnd() throws -> DuelScript {
    var script = try script(
      "Three tries, the best counts, 150 at most; a taboo word costs no try, a copied text one.",
      .fire)
    script.waits()
    script.fires(anna, "river", peak: 4, after: 5)
    script.fires(anna, "the Nile", peak: 6, after: 5)
    script.answers(anna, .fire(text: "a taboo word"), after: 5)
    script.after(
      0.1, .activations(player: anna, round: 0, attempt: 2, outcome: .refused(reason: .taboo)))
    script.answers(anna, .fire(text: "five tokens of a clue"), after: 5)
    let copied = ProbedTokens(tokens: ["five"], activations: [9], isCopied: true)
    script.after(
      0.1, .activations(player: anna, round: 0, attempt: 3, outcome: .measured(probed: copied)))
    script.answers(anna, .fire(text: "a fourth one"), after: 1)
    script.fires(bert, "Amazon", peak: 20, after: 1)
    script.answers(bert, .done, after: 1)
    script.bothReady()
    script.answers(anna, .done, after: 1)
    script.fires(bert, "x", peak: -3, after: 5)
    script.answers(bert, .fire(text: "  "), after: 1)
    script.answers(bert, .done, after: 1)
    script.bothReady()
    script.fires(anna, "twice as much", peak: 11, after: 5)
    script.waits()
    script.bothReady()
    return script
  }

  private func fireEngineSilent() throws -> DuelScript {
    var script = try script(
      "A try sent just before the deadline is waited for; one that never comes back counts 0.",
      .fire)
    script.waits()
    script.fires(anna, "river", peak: 4, after: 5)
    script.answers(anna, .fire(text: "last second"), after: 54)
    script.answers(bert, .fire(text: "lost in the engine"), after: 0.3)
    script.waits()
    let probed = ProbedTokens(tokens: ["last", " second"], activations: [1, 7], isCopied: false)
    script.after(
      0.1, .activations(player: anna, round: 0, attempt: 1, outcome: .measured(probed: probed)))
    script.waits()
    return script
  }
}

extension DuelScenario {
  private func mixedToTheEnd() throws -> DuelScript {
    var script = try script(
      "One round of each kind: pick, odd one out, predict, write, fire; the last counts double.",
      .mixed)
    script.waits()
    script.picks(anna, right: true, after: 6)
    script.picks(bert, right: false, after: 3)
    script.bothReady()
    script.findsOdd(anna, right: false, after: 4)
    script.findsOdd(bert, right: true, after: 6)
    script.waits()
    // Tokens 2, 3, 6, 7, 10 and 11 of the twelve fire.
    script.answers(anna, .predict(tokens: [11, 2, 3, 6, 7, 10]), after: 12)
    script.answers(bert, .predict(tokens: [3, 4, 7]), after: 2)
    script.bothReady()
    script.writes(anna, "names of rivers", score: 61.4, after: 20)
    script.writes(bert, "water", score: 70, after: 5)
    script.after(0.2, .compared(round: 3, isSame: false))
    script.bothReady()
    script.fires(anna, "the Nile", peak: 6, after: 5)
    script.answers(anna, .done, after: 1)
    script.fires(bert, "Amazon", peak: 9, after: 5)
    script.answers(bert, .done, after: 1)
    script.waits()
    return script
  }

  private func mixedRefusals() throws -> DuelScript {
    var script = try script(
      "Answers that the question doesn't have are refused, may be mended, and are refused when late.",
      .mixed, seed: 11)
    script.waits()
    script.waits()
    script.answers(anna, .oddOneOut(choice: .allTheSame), after: 1)
    script.waits()
    script.answers(anna, .oddOneOut(choice: .excerpt(index: 4)), after: 1)
    script.answers(anna, .oddOneOut(choice: .excerpt(index: -1)), after: 0.5)
    script.answers(anna, .predict(tokens: [1]), after: 0.5)
    script.answers(anna, .oddOneOut(choice: .allTheSame), after: 0.5)
    script.answers(anna, .oddOneOut(choice: .excerpt(index: 0)), after: 0.5)
    script.after(0, .outage(milliseconds: 60_000))
    script.waits()
    script.answers(bert, .oddOneOut(choice: .excerpt(index: 1)), after: 0.1)
    script.waits()
    script.answers(bert, .predict(tokens: [12]), after: 1)
    script.answers(bert, .predict(tokens: [2, 2]), after: 0.5)
    script.answers(bert, .predict(tokens: Array(0..<13)), after: 0.5)
    script.answers(bert, .predict(tokens: []), after: 0.5)
    script.waits()
    script.answers(anna, .predict(tokens: [2]), after: 0.1)
    script.after(1, .end(moderator: "m_1", reason: "the transcript is long enough"))
    return script
  }
}
