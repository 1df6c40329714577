import ArenaProtocol
import ArenaTypes
import Testing

@testable import neuronarena

/// What counts as a lost answer.
@Suite struct AnswerWatchTests {
  private let duel = DuelID(rawValue: "d_1")
  private var watch = AnswerWatch()
  private var tally = AnswerWatch.Tally()

  private func name(_ text: String) throws -> Wire.CommandID {
    try #require(Wire.CommandID(rawValue: text))
  }

  private mutating func send(_ command: String, round: Int = 1, isCounted: Bool = true) throws {
    watch.sent(
      try name(command), duel: duel, round: round, side: .a, isCounted: isCounted, in: &tally)
  }

  private mutating func acknowledge(_ command: String) throws -> Bool {
    watch.acknowledged(try name(command), in: &tally)
  }

  private mutating func reveal(_ side: Wire.Side?, round: Int = 1, of duel: String = "d_1") {
    watch.revealed(side, duel: DuelID(rawValue: duel), round: round, in: &tally)
  }

  @Test(arguments: [true, false])
  func `acknowledged and revealed, in either order, is settled`(isRevealedFirst: Bool) throws {
    var test = self
    try test.send("c1")
    if isRevealedFirst { test.reveal(.a) }
    let isFirst = try test.acknowledge("c1")
    #expect(isFirst)
    if !isRevealedFirst {
      #expect(test.tally.openCount == 1)
      test.reveal(.a)
    }
    #expect(test.tally == .init(sent: 1, acknowledged: 1, revealed: 1))
    #expect(test.tally.openCount == 0)
    // Whatever comes again changes nothing.
    let isSecond = try test.acknowledge("c1")
    #expect(!isSecond)
    test.reveal(.b)
    test.reveal(nil)
    #expect(test.tally == .init(sent: 1, acknowledged: 1, revealed: 1))
  }

  @Test(arguments: [Wire.Side.b, nil])
  func `revealed as something else or as nothing is lost`(side: Wire.Side?) throws {
    for isAcknowledged in [true, false] {
      var test = self
      try test.send("c1")
      if isAcknowledged { _ = try test.acknowledge("c1") }
      test.reveal(side)
      #expect(test.tally.lost == 1)
      #expect(test.tally.revealed == 0)
      // An acknowledgement afterwards doesn't mend it.
      if !isAcknowledged { _ = try test.acknowledge("c1") }
      #expect(test.tally.lost == 1)
      #expect(test.tally.openCount == 0)
    }
  }

  @Test func `what is never acknowledged or never revealed stays open`() throws {
    var test = self
    try test.send("c1")
    try test.send("c2", round: 2)
    test.reveal(.a)
    _ = try test.acknowledge("c2")
    #expect(test.tally.openCount == 2)
    test.reveal(.a, round: 3)
    test.reveal(.a, round: 2, of: "d_2")
    #expect(test.tally.openCount == 2, "another round's and another duel's reveal say nothing")
  }

  @Test func `refused is neither open nor lost, unless it was acknowledged before`() throws {
    var test = self
    try test.send("c1")
    test.watch.refused(try name("c1"), code: "round_over", in: &test.tally)
    #expect(test.tally.refused == ["round_over": 1])
    test.reveal(nil)
    #expect(test.tally.openCount == 0 && test.tally.lost == 0)
    try test.send("c2", round: 2)
    _ = try test.acknowledge("c2")
    test.watch.refused(try name("c2"), code: "round_over", in: &test.tally)
    #expect(test.tally.lost == 1)
    test.watch.refused(try name("c9"), code: "round_over", in: &test.tally)
    #expect(test.tally.openCount == 0)
  }

  @Test func `what is sent outside of the measured time counts nowhere`() throws {
    var test = self
    try test.send("c1", isCounted: false)
    let isFirst = try test.acknowledge("c1")
    #expect(!isFirst)
    test.reveal(.b)
    try test.send("c2", round: 2, isCounted: false)
    test.watch.refused(try name("c2"), code: "busy", in: &test.tally)
    #expect(test.tally == .init())
  }

  @Test func `tallies of several crowds add up`() {
    var sum = AnswerWatch.Tally(sent: 3, acknowledged: 2, revealed: 1, lost: 1, refused: ["a": 1])
    sum.add(.init(sent: 2, acknowledged: 1, revealed: 1, refused: ["a": 1, "b": 1]))
    #expect(
      sum
        == .init(sent: 5, acknowledged: 3, revealed: 2, lost: 1, refused: ["a": 2, "b": 1]))
  }
}
