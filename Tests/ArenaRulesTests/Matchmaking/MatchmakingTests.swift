import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct MatchmakingTests {
  private func ticket(
    _ player: PlayerID, _ rating: Double = 1_500, format: DuelFormat = .pick,
    identities: [String] = [], since: Timestamp = epoch
  ) -> Ticket {
    Ticket(
      player: player, format: format, rating: rating, identities: identities, since: since)
  }

  @Test("two of a format and near each other play at once, who waited longer first")
  func nearby() throws {
    var queue = Matchmaking()
    let first = try queue.apply(.join(ticket: ticket(anna)), now: epoch)
    #expect(first == [.waiting(player: anna, reason: .alone, gap: 100, others: 0)])
    let late = ticket(bert, 1_600, since: .at(1))
    let second = try queue.apply(.join(ticket: late), now: .at(1))
    #expect(second == [.matched(match: Match(first: ticket(anna), second: late))])
    #expect(queue.waiting.isEmpty && queue.nextDeadline == nil)
  }

  @Test("other formats are other queues")
  func formats() throws {
    var queue = Matchmaking()
    _ = try queue.apply(.join(ticket: ticket(anna)), now: epoch)
    let events = try queue.apply(.join(ticket: ticket(bert, format: .fire)), now: epoch)
    #expect(events == [.waiting(player: bert, reason: .alone, gap: 100, others: 0)])
  }

  @Test("the gap widens by 25 a second until both accept it")
  func widening() throws {
    var queue = Matchmaking()
    _ = try queue.apply(.join(ticket: ticket(anna, 1_500)), now: epoch)
    let events = try queue.apply(
      .join(ticket: ticket(bert, 1_700, since: .at(2))), now: .at(2))
    #expect(
      events == [
        .waiting(player: anna, reason: .widening, gap: 150, others: 1),
        .waiting(player: bert, reason: .widening, gap: 100, others: 1),
      ])
    #expect(queue.nextDeadline == .at(3))
    // Bert accepts 200 after four seconds of his own.
    #expect(try queue.apply(.tick, now: .at(5.9)) == [])
    let match = try queue.apply(.tick, now: .at(6))
    #expect(match.count == 1 && queue.waiting.isEmpty)
  }

  @Test("a bot is offered after 8 s, once, and never forced")
  func bot() throws {
    var queue = Matchmaking()
    _ = try queue.apply(.join(ticket: ticket(anna)), now: epoch)
    #expect(queue.nextDeadline == .at(8))
    #expect(throws: MatchmakingRejection.noBotOffered(offeredAt: .at(8))) {
      try queue.apply(.acceptBot(player: anna), now: .at(7))
    }
    #expect(try queue.apply(.tick, now: .at(8)) == [.botOffered(player: anna)])
    #expect(try queue.apply(.tick, now: .at(9)) == [])
    #expect(queue.waitingCount(.pick) == 1)
    #expect(
      try queue.apply(.acceptBot(player: anna), now: .at(10)) == [
        .botMatched(ticket: ticket(anna))
      ])
    #expect(throws: MatchmakingRejection.notQueued) {
      try queue.apply(.acceptBot(player: anna), now: .at(10))
    }
  }

  @Test("the same person is never on both sides, and is told why it waits")
  func samePerson() throws {
    var queue = Matchmaking()
    _ = try queue.apply(
      .join(ticket: ticket(anna, identities: ["device 1", "account 1"])), now: epoch)
    let events = try queue.apply(
      .join(ticket: ticket(bert, identities: ["device 1", "account 2"])), now: epoch)
    #expect(
      events.contains(.waiting(player: bert, reason: .sameIdentity, gap: 100, others: 1)))
    #expect(try queue.apply(.tick, now: .at(100)).count == 2, "two bots are offered, no match")
    let third = PlayerID(rawValue: "p_carla")
    let match = try queue.apply(
      .join(ticket: ticket(third, since: .at(100))), now: .at(100))
    guard case .matched(let made)? = match.first else {
      Issue.record("no match: \(match)")
      return
    }
    #expect(made.second.player == third)
    #expect(throws: MatchmakingRejection.alreadyQueued) {
      try queue.apply(.join(ticket: ticket(made.first.player == anna ? bert : anna)), now: .at(101))
    }
  }

  @Test("who comes back with the old ticket keeps the place")
  func keepsPlace() throws {
    var queue = Matchmaking()
    for (index, player) in ["x", "y", "z"].enumerated() {
      let far = ticket(PlayerID(rawValue: player), Double(index) * 5_000, since: .at(10))
      _ = try queue.apply(.join(ticket: far), now: .at(10))
    }
    _ = try queue.apply(.join(ticket: ticket(anna, 90_000, since: .at(3))), now: .at(11))
    #expect(queue.waiting.first?.ticket.player == anna)
  }

  @Test("leaving is harmless for one who doesn't wait; the queue has an end")
  func leaving() throws {
    var limits = Matchmaking.Limits()
    limits.waitingCountMax = 1
    var queue = Matchmaking(limits: limits)
    #expect(try queue.apply(.leave(player: anna), now: epoch) == [])
    _ = try queue.apply(.join(ticket: ticket(anna)), now: epoch)
    #expect(throws: MatchmakingRejection.full) {
      try queue.apply(.join(ticket: ticket(bert)), now: epoch)
    }
    #expect(try queue.apply(.leave(player: anna), now: epoch) == [.left(player: anna)])
    #expect(queue.nextDeadline == nil)
  }

  @Test("whatever happens, matches are fair and nobody is lost or doubled", arguments: 0..<60)
  func playout(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var queue = Matchmaking()
    var inside: Set<PlayerID> = []
    var now = epoch
    for _ in 0..<300 {
      now = now + Int64(dice.next(below: 900))
      let player = PlayerID(rawValue: "p\(dice.next(below: 25))")
      let command: MatchmakingCommand
      switch dice.next(below: 8) {
      case 0..<4:
        command = .join(
          ticket: ticket(
            player, 1_000 + 1_000 * dice.nextUnit(),
            format: DuelFormat.allCases[dice.next(below: 3)],
            identities: ["d\(dice.next(below: 20))"], since: now))
      case 4: command = .leave(player: player)
      case 5: command = .acceptBot(player: player)
      default: command = .tick
      }
      let before = queue
      let events: [MatchmakingEvent]
      do {
        events = try queue.apply(command, now: now)
      } catch {
        #expect(queue == before)
        continue
      }
      if case .join(let ticket) = command { inside.insert(ticket.player) }
      for event in events {
        switch event {
        case .matched(let match):
          #expect(inside.remove(match.first.player) != nil)
          #expect(inside.remove(match.second.player) != nil)
          let gap = abs(match.first.rating - match.second.rating)
          #expect(gap <= queue.acceptedGap(match.first, now: now))
          #expect(gap <= queue.acceptedGap(match.second, now: now))
          #expect(match.first.format == match.second.format)
          #expect(match.first.identities != match.second.identities)
          #expect(match.first.since <= match.second.since)
        case .botMatched(let ticket): #expect(inside.remove(ticket.player) != nil)
        case .left(let player): #expect(inside.remove(player) != nil)
        case .waiting(let player, _, _, _), .botOffered(let player):
          #expect(inside.contains(player))
        }
      }
      #expect(Set(queue.waiting.map(\.ticket.player)) == inside)
      #expect(queue.waiting.count == inside.count)
      if let deadline = queue.nextDeadline { #expect(deadline > now) }
    }
    #expect(try roundTripped(queue) == queue)
  }
}
