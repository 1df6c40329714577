import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct FireRoundTests {
  private let share = TimeShare(leftMilliseconds: 1, totalMilliseconds: 60_000)

  private func round() -> FireRound {
    var generator = SeededGenerator(seed: 1)
    return FireRound(material: sampleMaterial(0), using: &generator)
  }

  private func measured(_ peak: Double) -> ActivationOutcome {
    .measured(probed: ProbedTokens(tokens: ["x"], activations: [peak], isCopied: false))
  }

  @Test("100 points are the mean of the top-20 peaks, 150 the most, 0 the least")
  func points() throws {
    for (peak, points) in [
      (8.0, 100), (4, 50), (12, 150), (1e9, 150), (0, 0), (-7, 0), (.nan, 0), (.infinity, 0),
    ] {
      var round = round()
      _ = try round.take(.fire(text: "x"), seat: 1, timeLeft: share)
      _ = try round.take(.activations(measured(peak), seat: 1, attempt: 0))
      #expect(round.points == [0, points])
    }
  }

  @Test("three tries, then no more; a refused text gives its try back")
  func tries() throws {
    var round = round()
    for attempt in 0..<3 {
      #expect(
        try round.take(.fire(text: "x"), seat: 0, timeLeft: share).effects == [
          .activationsWanted(seat: 0, attempt: attempt, text: "x")
        ])
    }
    #expect(throws: DuelRejection.tooManyTries) {
      try round.take(.fire(text: "x"), seat: 0, timeLeft: share)
    }
    _ = try round.take(.activations(.refused(reason: .taboo), seat: 0, attempt: 1))
    _ = try round.take(.fire(text: "y"), seat: 0, timeLeft: share)
    _ = try round.take(.activations(measured(1), seat: 0, attempt: 0))
    _ = try round.take(.activations(measured(4), seat: 0, attempt: 3))
    #expect(!round.isLockedIn(seat: 0))
    let last = try round.take(.activations(.failed, seat: 0, attempt: 2))
    #expect(last.last == .lockedIn(seat: 0))
    #expect(round.points == [50, 0])
  }

  @Test("refused texts are bounded too")
  func submissions() throws {
    var round = round()
    for attempt in 0..<FireRound.submissionCountMax {
      _ = try round.take(.fire(text: "x"), seat: 0, timeLeft: share)
      _ = try round.take(.activations(.refused(reason: .taboo), seat: 0, attempt: attempt))
    }
    #expect(throws: DuelRejection.tooManyTries) {
      try round.take(.fire(text: "x"), seat: 0, timeLeft: share)
    }
  }

  @Test("texts have a length, and something must be in them")
  func texts() throws {
    var round = round()
    let long = String(repeating: "x", count: FireRound.textByteCountMax)
    _ = try round.take(.fire(text: long), seat: 0, timeLeft: share)
    #expect(throws: DuelRejection.tooLong) {
      try round.take(.fire(text: long + "x"), seat: 0, timeLeft: share)
    }
    #expect(throws: DuelRejection.emptyText) {
      try round.take(.fire(text: " \n\t"), seat: 0, timeLeft: share)
    }
  }

  @Test("who is done sends nothing more; tries under way are still waited for")
  func done() throws {
    var round = round()
    _ = try round.take(.fire(text: "x"), seat: 0, timeLeft: share)
    _ = try round.take(.done, seat: 0, timeLeft: share)
    #expect(round.isLockedIn(seat: 0) && round.isWaiting)
    #expect(throws: DuelRejection.alreadyAnswered) {
      try round.take(.fire(text: "y"), seat: 0, timeLeft: share)
    }
    #expect(
      try round.take(.activations(measured(8), seat: 0, attempt: 0)).count == 1,
      "nobody is locked in twice")
    #expect(throws: DuelRejection.notWanted) {
      try round.take(.activations(measured(9), seat: 0, attempt: 0))
    }
    #expect(throws: DuelRejection.notWanted) {
      try round.take(.activations(measured(9), seat: 0, attempt: -1))
    }
  }
}
