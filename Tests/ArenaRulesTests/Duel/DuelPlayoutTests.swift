import ArenaTypes
import Testing

@testable import ArenaRules

/// Properties of whole duels played by dice; a failure's arguments are the seed.
@Suite struct DuelPlayoutTests {
  @Test("every duel ends exactly once, whatever is done to it", arguments: 0..<60)
  func ends(seed: UInt64) throws {
    for format in DuelFormat.allCases {
      var playout = try Playout(format, seed: seed, bot: seed % 5 == 4)
      try playout.play()
      #expect(playout.duel.phase == .finished)
      let finishes = playout.events.filter {
        if case .finished = $0 { true } else { false }
      }
      #expect(finishes.count == 1)
      #expect(finishes.first == playout.duel.result.map { .finished(result: $0) })
      #expect(playout.events.last == finishes.first, "nothing happens after the end")
      var over = playout.duel
      #expect(try over.apply(.tick, now: playout.now) == [])
      #expect(throws: DuelRejection.duelOver) {
        try over.apply(.resign(player: anna), now: playout.now)
      }
    }
  }

  @Test("the journal gives the same duel and the same events again", arguments: 0..<40)
  func replays(seed: UInt64) throws {
    for format in DuelFormat.allCases {
      var playout = try Playout(format, seed: seed)
      try playout.play(stepCountMax: 200)
      let setup = try roundTripped(playout.setup)
      let journal = try roundTripped(playout.journal)
      #expect(setup == playout.setup && journal == playout.journal)
      let (duel, events) = try Duel.replay(setup, startedAt: epoch, commands: journal)
      #expect(duel == playout.duel)
      #expect(events == playout.events)
      #expect(try roundTripped(playout.events) == playout.events)
      #expect(try roundTripped(playout.duel) == playout.duel)
    }
  }

  @Test("dice reach every kind of end and of refusal that a client can cause")
  func coverage() throws {
    var codes: Set<String> = []
    var reasons: Set<String> = []
    for seed in 0..<200 as Range<UInt64> {
      for format in DuelFormat.allCases {
        var playout = try Playout(format, seed: seed)
        try playout.play()
        codes.formUnion(playout.rejections.map(\.code))
        reasons.insert(playout.duel.result.map { "\($0.reason)" } ?? "none")
      }
    }
    #expect(
      codes.isSuperset(of: [
        "already_answered", "being_checked", "no_question", "not_absent_yet", "not_wanted",
        "not_an_option", "not_your_duel", "nothing_revealed", "repeated_token", "round_over",
        "too_many_tries", "wrong_round",
      ]))
    #expect(
      reasons.isSuperset(of: ["points", "resigned", "absent", "moderator(text: \"test\")"]))
  }

  /// Two playouts that differ in nothing but what one round's answers say: until that round is
  /// revealed, a spectator and an opponent must not be able to tell one from the other.
  @Test("no answer can be told from what others see before its reveal", arguments: 0..<60)
  func secrecy(seed: UInt64) throws {
    for format in DuelFormat.allCases {
      let secretRound = Int(seed) % format.rounds.count
      let first = try secretPlayout(format, seed: seed, round: secretRound, content: 1)
      let second = try secretPlayout(format, seed: seed, round: secretRound, content: 2)
      for viewer in [nil, PlayerID(rawValue: "p_watcher")] {
        let seen = [first, second].map { visible($0, to: viewer, before: secretRound) }
        #expect(seen[0] == seen[1])
        #expect(first.duel.view(for: viewer) == second.duel.view(for: viewer))
      }
    }
  }

  @Test("an opponent's stream and view don't depend on the other's answer", arguments: 0..<40)
  func secrecyFromOpponent(seed: UInt64) throws {
    for format in DuelFormat.allCases {
      for owner in [anna, bert] {
        let other = owner == anna ? bert : anna
        let seat = owner == anna ? 0 : 1
        let first = try secretPlayout(format, seed: seed, round: 0, content: 1)
        let journal = first.journal.map { timed in
          Timed(at: timed.at, changed(timed.command, of: owner, seat: seat))
        }
        let (duel, events) = try Duel.replay(first.setup, startedAt: epoch, commands: journal)
        #expect(
          events.filter { $0.isVisible(to: other) }
            == first.events.filter { $0.isVisible(to: other) })
        #expect(duel.view(for: other) == first.duel.view(for: other))
        #expect(duel.view(for: nil) == first.duel.view(for: nil))
      }
    }
  }

  /// The same command with another content, if it is an answer of `owner` or about one.
  private func changed(_ command: DuelCommand, of owner: PlayerID, seat: Int) -> DuelCommand {
    switch command {
    case .answer(owner, let round, .pick(let side), let id):
      return .answer(
        player: owner, round: round, answer: .pick(side: side == .a ? .b : .a), commandID: id)
    case .answer(owner, let round, .write, let id):
      let text = sampleText("seat \(seat) says something else")
      return .answer(player: owner, round: round, answer: .write(text: text), commandID: id)
    case .answer(owner, let round, .fire, let id):
      return .answer(
        player: owner, round: round, answer: .fire(text: "something else"), commandID: id)
    // A refused answer stays one.
    case .answer(owner, let round, .oddOneOut(let choice), let id)
    where choice != .excerpt(index: 4):
      let other: OddChoice = choice == .allTheSame ? .excerpt(index: 2) : .allTheSame
      return .answer(
        player: owner, round: round, answer: .oddOneOut(choice: other), commandID: id)
    case .answer(owner, let round, .predict(let tokens), let id)
    where tokens != [3, 3] && tokens != [0, 12]:
      let others = (0..<12).filter { !tokens.contains($0) }
      return .answer(
        player: owner, round: round, answer: .predict(tokens: others), commandID: id)
    case .scored(owner, let round, let attempt, .scored):
      return .scored(
        player: owner, round: round, attempt: attempt, outcome: .scored(score: sampleScore(99)))
    case .activations(owner, let round, let attempt, .measured):
      let probed = ProbedTokens(tokens: ["else"], activations: [11], isCopied: false)
      return .activations(
        player: owner, round: round, attempt: attempt, outcome: .measured(probed: probed))
    default: return command
    }
  }

  /// A playout that stops right before the secret round's reveal would come, or at the end.
  private func secretPlayout(
    _ format: DuelFormat, seed: UInt64, round: Int, content: UInt64
  ) throws -> Playout {
    var playout = try Playout(format, seed: seed) { $0 == round ? content : 0 }
    var last = playout
    try playout.play(stepCountMax: 300) { current in
      if current.duel.results.count <= round { last = current }
      return current.duel.results.count > round
    }
    return last
  }

  private func visible(_ playout: Playout, to viewer: PlayerID?, before round: Int) -> [DuelEvent] {
    playout.events.filter { $0.isVisible(to: viewer) }
  }
}
