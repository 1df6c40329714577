import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct WriteRoundTests {
  private let share = TimeShare(leftMilliseconds: 1, totalMilliseconds: 75_000)

  private func round() -> WriteRound {
    var generator = SeededGenerator(seed: 1)
    return WriteRound(material: sampleMaterial(0), using: &generator)
  }

  private func locked(_ texts: [String]) throws -> WriteRound {
    var round = round()
    for (seat, text) in texts.enumerated() {
      _ = try round.take(.write(text: sampleText(text)), seat: seat, timeLeft: share)
      _ = try round.take(.check(.accepted, seat: seat, attempt: 0))
    }
    return round
  }

  @Test("equal texts are the same without asking, others are asked about once both stand")
  func similarity() throws {
    var equal = try locked(["a", "a"])
    _ = try equal.take(.score(.scored(score: sampleScore(10)), seat: 0, attempt: 0))
    _ = try equal.take(.score(.scored(score: sampleScore(15)), seat: 1, attempt: 0))
    #expect(!equal.isWaiting && equal.points == [13, 13])

    var other = round()
    _ = try other.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
    let first = try other.take(.check(.accepted, seat: 0, attempt: 0))
    #expect(
      first == [
        .lockedIn(seat: 0), .scoreWanted(seat: 0, attempt: 0, text: sampleText("a")),
      ])
    _ = try other.take(.write(text: sampleText("b")), seat: 1, timeLeft: share)
    let second = try other.take(.check(.accepted, seat: 1, attempt: 0))
    #expect(second.last == .similarityWanted(first: sampleText("a"), second: sampleText("b")))
  }

  @Test("a score is taken once, for the attempt that stands, and only after the check")
  func staleResults() throws {
    var round = round()
    let score = EngineReply.score(.scored(score: sampleScore(50)), seat: 0, attempt: 0)
    #expect(throws: DuelRejection.notWanted) { try round.take(score) }
    _ = try round.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
    #expect(throws: DuelRejection.notWanted) { try round.take(score) }
    #expect(throws: DuelRejection.notWanted) {
      try round.take(.check(.accepted, seat: 0, attempt: 1))
    }
    _ = try round.take(.check(.accepted, seat: 0, attempt: 0))
    _ = try round.take(score)
    #expect(throws: DuelRejection.notWanted) { try round.take(score) }
    #expect(round.points == [50, 0])
  }

  @Test("a hidden text stands and is scored as any other; one that was never checked is hidden too")
  func hidden() throws {
    var round = round()
    _ = try round.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
    let effects = try round.take(.check(.hidden, seat: 0, attempt: 0))
    #expect(effects.first == .lockedIn(seat: 0))
    let score = sampleScore(50)
    #expect(
      try round.take(.score(.scored(score: score), seat: 0, attempt: 0))
        == [.scored(seat: 0, attempt: 0, score: score)])
    _ = try round.take(.write(text: sampleText("b")), seat: 1, timeLeft: share)
    round.stopWaiting()
    guard case .write(let entries, _) = round.reveal else {
      Issue.record("not a write round")
      return
    }
    #expect(entries.map { $0?.isHidden } == [true, true])
    #expect(entries[0]?.score == score)
    // What is written anew after a refusal is checked anew.
    var other = self.round()
    _ = try other.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
    _ = try other.take(.check(.refused(reason: .explicit), seat: 0, attempt: 0))
    _ = try other.take(.write(text: sampleText("b")), seat: 0, timeLeft: share)
    _ = try other.take(.check(.accepted, seat: 0, attempt: 1))
    guard case .write(let clean, _) = other.reveal else { return }
    #expect(clean.map { $0?.isHidden } == [false, nil])
  }

  @Test("a text that stands can't be replaced")
  func lockedIn() throws {
    var round = try locked(["a"])
    #expect(throws: DuelRejection.alreadyAnswered) {
      try round.take(.write(text: sampleText("b")), seat: 0, timeLeft: share)
    }
  }

  @Test("ten refused texts are enough")
  func attempts() throws {
    var round = round()
    for attempt in 0..<WriteRound.attemptCountMax {
      let taken = try round.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
      #expect(taken.attempt == attempt)
      _ = try round.take(.check(.refused(reason: .explicit), seat: 0, attempt: attempt))
    }
    #expect(throws: DuelRejection.tooManyTries) {
      try round.take(.write(text: sampleText("a")), seat: 0, timeLeft: share)
    }
    #expect(!round.isWaiting && round.counts, "a player whose texts were refused has not answered")
  }

  @Test("scores outside 0 to 100, or none at all, give points within")
  func wildScores() throws {
    for (value, points) in [(-5.0, 0), (250, 100), (.nan, 0), (.infinity, 0), (99.5, 100)] {
      var round = try locked(["a"])
      _ = try round.take(.score(.scored(score: sampleScore(value)), seat: 0, attempt: 0))
      #expect(round.points == [points, 0])
    }
  }

  @Test("a failed score makes the round count for nobody")
  func failed() throws {
    var round = try locked(["a", "b"])
    _ = try round.take(.score(.scored(score: sampleScore(80)), seat: 0, attempt: 0))
    _ = try round.take(.score(.failed, seat: 1, attempt: 0))
    #expect(!round.counts && round.points == [0, 0])
  }
}
