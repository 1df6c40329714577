import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

/// Journals that were written when a race was all there was.
@Suite struct OldJournalTests {
  @Test("the setup of a race is written as it was, and read without what came later")
  func setup() throws {
    let setup = try sampleContest().setup
    let text = String(decoding: try encoded(setup), as: UTF8.self)
    #expect(!text.contains("\"plan\""))
    let read = try decoded(ContestSetup.self, from: Data(text.utf8))
    #expect(read == setup && read.kind == .race && read.plan == nil)
  }

  @Test("its commands are read, and give the race that they gave")
  func commands() throws {
    let lines = [
      #"{"tick":{}}"#,
      #"{"start":{"commandID":"s","name":"Anna","player":"p_anna"}}"#,
      #"{"answer":{"commandID":"a1","player":"p_anna","question":0,"side":"a"}}"#,
      #"{"answer":{"commandID":"a2","player":"p_anna","question":1,"side":"a"}}"#,
      #"{"outage":{"milliseconds":2000}}"#,
      #"{"answer":{"commandID":"a3","player":"p_anna","question":2,"side":"b"}}"#,
      #"{"pause":{"moderator":"m","reason":"r"}}"#, #"{"resume":{"moderator":"m","reason":"r"}}"#,
      #"{"remove":{"moderator":"m","player":"p_anna","reason":"r"}}"#,
      #"{"end":{"moderator":"m","reason":"over"}}"#,
    ]
    let journal = try lines.enumerated().map { index, line in
      Timed(
        at: .at(Double(index)), try decoded(ContestCommand.self, from: Data(line.utf8)))
    }
    let (contest, events) = try Contest.replay(sampleContest().setup, commands: journal)
    #expect(contest.state == .final && contest.result?.endedBecause == "over")
    let verdicts = events.compactMap { event -> RaceVerdict? in
      if case .judged(_, let verdict) = event { verdict } else { nil }
    }
    #expect(verdicts.map(\.question) == [0, 1, 2])
    #expect(verdicts.map(\.unit) == Self.units)
    #expect(contest.run(of: anna)?.end == .removed && contest.board.count == 0)
  }

  /// What the seed 3 has always asked Anna first.
  private static let units = [5, 6, 1].map {
    UnitID(model: "toy", layer: 3, kind: .mlp, index: $0)
  }
}
