import ArenaTypes
import Testing

@testable import ArenaRules

/// Properties of dailies, quests and live contests played by dice, with an engine that answers late,
/// twice, wrongly or never; a failure's arguments are the kind and the seed.
@Suite struct KindPlayoutTests {
  private struct Playout {
    var held: Held
    var dice: SeededGenerator
    var old: [ContestCommand] = []

    init(_ kind: ContestKind, seed: UInt64) throws {
      let rounds: [RoundKind] =
        switch kind {
        case .daily: [.write, .pick, .fire, .oddOneOut, .predict]
        case .live: [.pick, .oddOneOut, .predict, .pick]
        case .quest, .race: [.write, .write, .write]
        }
      held = try Held(kind, rounds: rounds, minutes: 6, seed: seed, establishedOnly: true) {
        $0.playerCountMax = 10
        $0.plan?.closingMilliseconds = 20_000
      }
      dice = SeededGenerator(seed: seed).forked(for: "dice")
    }

    mutating func play() throws {
      for _ in 0..<700 where held.contest.state != .final {
        // Clocks may go back a little.
        held.now = held.now + Int64(dice.next(below: 1_300)) - 40
        let command = nextCommand()
        if (try? held.do(command)) != nil { old.append(command) }
      }
      for _ in 0..<300 where held.contest.state != .final {
        if held.contest.state == .paused { try held.do(.resume(moderator: "m", reason: "on")) }
        try held.waitOut()
      }
    }

    private mutating func nextCommand() -> ContestCommand {
      let player = PlayerID(rawValue: "p\(dice.next(below: 12))")
      switch dice.next(below: 100) {
      case 0..<10:
        let standing = Standing(
          createdAt: epoch - 2 * Standing.establishedAgeMilliseconds,
          roundsPlayed: dice.next(below: 4) == 0 ? 3 : 30)
        return .start(
          player: player, name: player.rawValue, commandID: held.fresh(), standing: standing)
      case 10..<50:
        return .submit(
          player: player, question: dice.next(below: 5), answer: answer(), commandID: held.fresh())
      case 50..<60: return .next(player: player, question: dice.next(below: 5))
      case 60..<80: return engine()
      case 80..<86: return dice.element(of: old) ?? .tick
      case 86: return .pause(moderator: "m", reason: "off")
      case 87..<90: return .resume(moderator: "m", reason: "on")
      case 90: return .outage(milliseconds: Int64(dice.next(below: 9_000)))
      case 91: return .remove(player: player, moderator: "m", reason: "out")
      case 92:
        return dice.next(below: 30) == 0 ? .end(moderator: "m", reason: "over") : .tick
      default: return .tick
      }
    }

    private mutating func answer() -> Answer {
      switch dice.next(below: 6) {
      case 0: .pick(side: .a)
      case 1: .oddOneOut(choice: .excerpt(index: dice.next(below: 5)))
      case 2: .predict(tokens: [dice.next(below: 14)])
      case 3: .fire(text: "storm")
      case 4: .done
      default: .write(text: sampleText("text \(dice.next(below: 9))"))
      }
    }

    private mutating func engine() -> ContestCommand {
      let outcome: ScoreOutcome =
        dice.next(below: 5) == 0
        ? .failed : .scored(score: sampleScore(Double(dice.next(below: 101))))
      switch dice.element(of: held.contest.outstandingWishes) {
      case .checkWanted(let player, let question, let attempt, _, _, _):
        return .checked(
          player: player, question: question, attempt: attempt,
          result: dice.next(below: 4) == 0 ? .refused(reason: .explicit) : .accepted)
      case .scoreWanted(let player, let question, let attempt, _, _):
        return .scored(
          player: player, question: question, attempt: attempt, outcome: outcome)
      case .activationsWanted(let player, let question, let attempt, _, _, _):
        return .activations(
          player: player, question: question, attempt: attempt,
          outcome: dice.next(below: 3) == 0
            ? .refused(reason: .taboo)
            : .measured(
              probed: ProbedTokens(tokens: ["storm"], activations: [5], isCopied: false)))
      case .settleWanted(let player, let question, _, _):
        return .settled(player: player, question: question, outcome: outcome)
      default: return .tick
      }
    }
  }

  @Test(
    "each becomes final once, refuses without a trace, and its journal gives it again",
    arguments: [ContestKind.daily, .quest, .live], 0..<25)
  func ends(kind: ContestKind, seed: UInt64) throws {
    var playout = try Playout(kind, seed: seed)
    try playout.play()
    let contest = playout.held.contest
    #expect(contest.state == .final && contest.nextDeadline == nil)
    #expect(contest.outstandingWishes.isEmpty && contest.runningPlayers.isEmpty)
    var board = Board()
    var finals = 0
    var ended: [PlayerID: Int] = [:]
    for event in playout.held.events {
      switch event {
      case .boardChanged(let entry): board.put(entry)
      case .entryRemoved(let player): board.remove(player)
      case .final: finals += 1
      case .runEnded(let player, _):
        ended[player, default: 0] += 1
        #expect(event.audience == .player(id: player))
      case .runChanged(let player, _), .runStarted(let player, _):
        #expect(event.audience == .player(id: player))
      case .stageChanged(let stage):
        // Nobody's answer is in it, and no truth before the reveal.
        #expect((stage.result != nil) == (stage.phase == .reveal))
      default: break
      }
    }
    #expect(board == contest.board && finals == 1)
    #expect(ended.count == contest.playerCount && ended.values.allSatisfy { $0 == 1 })
    for entry in board.top(100) {
      let run = try #require(contest.run(of: entry.player))
      #expect(run.points == entry.points && run.isRanked && run.end != .removed)
      #expect(run.points == run.rounds.reduce(0) { $0 + ($1.points ?? 0) })
    }
    #expect(SealedBoard(contest)?.entries == board.top(100))
    try playout.held.expectReplay()
  }
}
