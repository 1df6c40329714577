import ArenaTypes
import Testing

@testable import ArenaRules

/// Properties of whole contests played by dice; a failure's arguments are the seed.
@Suite struct ContestPlayoutTests {
  private struct Playout {
    var contest: Contest
    var journal: [Timed<ContestCommand>] = []
    var events: [ContestEvent] = []
    var publisher = BoardPublisher(windowCount: 5)
    var seen: [BoardEntry] = []
    var now = epoch - 5_000
    var dice: SeededGenerator
    var commandCount = 0

    init(seed: UInt64) throws {
      contest = try sampleContest(pool: 5, seed: seed, minutes: 4) {
        $0.runMilliseconds = 60_000
        $0.questionMilliseconds = 8_000
        $0.playerCountMax = 12
      }
      dice = SeededGenerator(seed: seed).forked(for: "dice")
    }

    mutating func play() throws {
      for _ in 0..<900 where contest.state != .final {
        now = now + Int64(dice.next(below: 1_500))
        try step(nextCommand())
      }
      for _ in 0..<1_000 where contest.state != .final {
        if contest.state == .paused { try step(.resume(moderator: "m", reason: "on")) }
        now = max(now, contest.nextDeadline ?? now)
        try step(.tick)
      }
    }

    mutating func step(_ command: ContestCommand) throws {
      let before = contest
      do {
        let new = try contest.apply(command, now: now)
        journal.append(Timed(at: now, command))
        events += new
      } catch {
        try #require(contest == before, "a refused \(command) changed the contest")
      }
      if case .tick = command, let deadline = contest.nextDeadline {
        try #require(deadline > now, "a tick left a passed deadline")
      }
      if dice.next(below: 4) == 0, let publication = publisher.publish(contest.board) {
        seen = try #require(publication.delta.applied(to: seen))
        try #require(seen == contest.board.top(5))
      }
    }

    mutating func nextCommand() -> ContestCommand {
      let player = PlayerID(rawValue: "p\(dice.next(below: 15))")
      commandCount += 1
      let id = command("c\(commandCount - dice.next(below: 2) * dice.next(below: 3))")
      switch dice.next(below: 100) {
      case 0..<15:
        return .start(
          player: player, name: player.rawValue, commandID: id, standing: nil)
      case 15..<75:
        let number = contest.run(of: player)?.question?.number ?? 0
        let question = number + (dice.next(below: 12) == 0 ? dice.next(below: 3) - 1 : 0)
        let side: Side = dice.next(below: 2) == 0 ? .a : .b
        return .answer(player: player, question: question, side: side, commandID: id)
      case 75..<94: return .tick
      case 94: return .pause(moderator: "m", reason: "off")
      case 95..<97: return .resume(moderator: "m", reason: "on")
      case 97: return .outage(milliseconds: Int64(dice.next(below: 4_000)))
      case 98: return .remove(player: player, moderator: "m", reason: "out")
      default:
        return dice.next(below: 40) == 0 ? .end(moderator: "m", reason: "over") : .tick
      }
    }
  }

  @Test("every contest becomes final once, its board is that of its events", arguments: 0..<60)
  func ends(seed: UInt64) throws {
    var playout = try Playout(seed: seed)
    try playout.play()
    let contest = playout.contest
    #expect(contest.state == .final && contest.nextDeadline == nil)
    #expect(contest.board.holdsInvariants())
    var board = Board()
    var finals = 0
    var ended: [PlayerID: Int] = [:]
    for event in playout.events {
      switch event {
      case .boardChanged(let entry): board.put(entry)
      case .entryRemoved(let player): board.remove(player)
      case .final: finals += 1
      case .runEnded(let player, _): ended[player, default: 0] += 1
      default: break
      }
    }
    #expect(board == contest.board)
    #expect(finals == 1)
    #expect(ended.count == contest.playerCount && ended.values.allSatisfy { $0 == 1 })
    for entry in contest.board.top(100) {
      let run = contest.run(of: entry.player)
      #expect(run?.points == entry.points && (run?.wrongCount ?? 9) <= 3)
    }
  }

  @Test("the journal gives the same contest and the same events again", arguments: 0..<40)
  func replays(seed: UInt64) throws {
    var playout = try Playout(seed: seed)
    try playout.play()
    let setup = try roundTripped(playout.contest.setup)
    let journal = try roundTripped(playout.journal)
    #expect(setup == playout.contest.setup && journal == playout.journal)
    let (contest, events) = try Contest.replay(setup, commands: journal)
    #expect(contest == playout.contest)
    #expect(events == playout.events)
    #expect(try roundTripped(events) == events)
  }

  @Test("a contest that comes back from JSON in the middle goes on alike", arguments: 0..<20)
  func codedInTheMiddle(seed: UInt64) throws {
    var playout = try Playout(seed: seed)
    try playout.play()
    let half = playout.journal.count / 2
    var (contest, _) = try Contest.replay(
      playout.contest.setup, commands: Array(playout.journal.prefix(half)))
    contest = try roundTripped(contest)
    for timed in playout.journal.dropFirst(half) {
      _ = try contest.apply(timed.command, now: timed.at)
    }
    #expect(contest == playout.contest)
  }

  @Test("what one player is asked and answers is nobody else's event", arguments: 0..<10)
  func audiences(seed: UInt64) throws {
    var playout = try Playout(seed: seed)
    try playout.play()
    for event in playout.events {
      switch event {
      case .runStarted(let player, _), .judged(let player, _), .runChanged(let player, _),
        .runEnded(let player, _):
        #expect(event.audience == .player(id: player))
      default: #expect(event.audience == .everyone)
      }
    }
  }
}
