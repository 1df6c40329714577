import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct PickRoundTests {
  private func round(_ number: Int, seed: UInt64, allowsOpen: Bool = false) -> PickRound {
    var generator = SeededGenerator(seed: seed)
    return PickRound(
      material: sampleMaterial(number), allowsOpen: allowsOpen, using: &generator)
  }

  private func share(_ left: Int64) -> TimeShare {
    TimeShare(leftMilliseconds: left, totalMilliseconds: 30_000)
  }

  @Test("100 points for a right answer and up to 50 for speed, linear in the time left")
  func points() throws {
    for (left, points) in [(30_000, 150), (15_000, 125), (299, 100), (300, 101), (0, 100)] {
      var round = round(0, seed: 1)
      let right = try #require(round.right)
      _ = try round.take(.pick(side: right), seat: 0, timeLeft: share(Int64(left)))
      _ = try round.take(
        .pick(side: right == .a ? .b : .a), seat: 1, timeLeft: share(Int64(left)))
      #expect(round.points == [points, 0])
    }
  }

  @Test("an absent answer is worth nothing, and an answer is final")
  func absent() throws {
    var round = round(0, seed: 1)
    #expect(round.points == [0, 0])
    _ = try round.take(.pick(side: .a), seat: 0, timeLeft: share(1))
    #expect(throws: DuelRejection.alreadyAnswered) {
      try round.take(.pick(side: .b), seat: 0, timeLeft: share(1))
    }
    #expect(round.isLockedIn(seat: 0) && !round.isLockedIn(seat: 1))
  }

  @Test("the order of the two is drawn: the better one is on either side about as often")
  func order() {
    let rights = (0..<2_000).map { round(0, seed: UInt64($0)).right }
    let share = rights.count { $0 == .a }
    #expect((900...1_100).contains(share))
    for seed in 0..<50 as Range<UInt64> {
      let round = round(0, seed: seed)
      let better = round.right == .a ? round.question.options[0] : round.question.options[1]
      #expect(better == ExplanationID(rawValue: "x0.good"))
    }
  }

  @Test("in an open round both get 100 when they agree and nothing otherwise")
  func open() throws {
    let seed = try #require(
      (0..<100 as Range<UInt64>).first { round(2, seed: $0, allowsOpen: true).basis == .open })
    for (second, points) in [(Side.a, [100, 100]), (.b, [0, 0])] {
      var round = round(2, seed: seed, allowsOpen: true)
      #expect(round.right == nil)
      _ = try round.take(.pick(side: .a), seat: 0, timeLeft: share(30_000))
      #expect(round.points == [0, 0], "one alone agrees with nobody")
      _ = try round.take(.pick(side: second), seat: 1, timeLeft: share(1))
      #expect(round.points == points)
    }
  }

  @Test("an open pair is drawn once in five where it is allowed, else never")
  func openShare() {
    let open = (0..<2_000).count { round(2, seed: $0, allowsOpen: true).basis == .open }
    #expect((320...480).contains(open))
    #expect((0..<500).allSatisfy { round(2, seed: $0).basis != .open })
  }

  @Test("a duel of five rounds has at most one open round, and sudden death none")
  func openInDuels() throws {
    for seed in 0..<200 as Range<UInt64> {
      let setup = sampleSetup(.pick, seed: seed)
      // Every unit has an open pair here.
      let materials = (0..<8).map { _ in sampleMaterial(2) }
      let all = DuelSetup(
        id: setup.id, format: .pick, seats: setup.seats, materials: materials, seed: seed,
        isRated: true)
      var (duel, _) = try Duel.start(all, now: epoch)
      while let deadline = duel.nextDeadline { _ = try duel.apply(.tick, now: deadline) }
      let open = duel.results.filter { result in
        guard case .pick(_, _, basis: .open, _, _) = result.reveal else { return false }
        return true
      }
      #expect(open.count <= 1)
      #expect(!open.contains { $0.isSuddenDeath })
    }
  }

  @Test("the first five clues are shown")
  func clues() {
    #expect(
      round(4, seed: 1).question.clues == (0..<5).map { ExcerptID(rawValue: "c4.\($0)") })
  }
}
