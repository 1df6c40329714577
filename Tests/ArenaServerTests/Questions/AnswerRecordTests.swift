import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("Everything that players choose is kept")
struct AnswerRecordTests {
  private func answers(_ server: SimulatedServer) async throws -> [AnswerRecord] {
    server.settle()
    return try await server.store.read { reader throws(StorageError) in
      try reader.answers(after: 0, limit: 1_000).map(\.record)
    }
  }

  @Test("A choice comes with both texts, its place, its time and what was known")
  func picks() async throws {
    let server = try await SimulatedServer { $0.goldShare = 0 }
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(3))
    _ = try ada.round(1)
    server.advance(by: .seconds(4))
    try ada.answer(.pick(.b), in: duel, round: 1)
    // Bob is asked and says nothing.
    server.advance(by: .seconds(30))
    let reveal = try ada.reveal(1)
    let kept = try await answers(server)
    #expect(kept.count == 2)
    let own = try #require(kept.first { $0.player == ada.player })
    guard case .pick(let chosen, let other, let wasShownFirst) = own.content else {
      Issue.record("no pick: \(own)")
      return
    }
    let campaign = ScriptedCampaign.make(unitCount: 40)
    func text(_ id: ExplanationID) -> String? {
      campaign.explanation(id)?.explanation.text.description
    }
    #expect(text(chosen) == (try reveal.text("explanations", "b", "text")))
    #expect(text(other) == (try reveal.text("explanations", "a", "text")))
    #expect(!wasShownFirst && (3_900...4_100).contains(own.milliseconds))
    let isRight = try reveal.text("right") == "b"
    #expect(
      own.circumstances
        == AnswerCircumstances(
          setting: .duel, isRated: true, basis: "readers", isRight: isRight,
          testsReliability: false, rating: 1_500))
    let none = try #require(kept.first { $0.player == bob.player })
    #expect(none.content == .unanswered(kind: "pick"))
    #expect(none.circumstances?.isRight == nil)
  }

  @Test("A gold question is kept as one, and tells how reliable the player is")
  func gold() async throws {
    let server = try await SimulatedServer { $0.goldShare = 1 }
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(3))
    try ada.answer(.pick(.a), in: duel, round: 1)
    try bob.answer(.pick(.b), in: duel, round: 1)
    _ = try ada.reveal(1)
    let kept = try await answers(server)
    #expect(kept.allSatisfy { $0.circumstances?.testsReliability == true })
    let digest = server.server.questionDigest
    #expect(digest.contains("\(ada.player) 1/0") != digest.contains("\(bob.player) 1/0"))
    #expect(digest.contains("\(ada.player) 0/1") != digest.contains("\(bob.player) 0/1"))
  }

  @Test("What a resigned duel cut off is kept, and the unit counts as met")
  func cutOff() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(3))
    try ada.answer(.pick(.a), in: duel, round: 1)
    try bob.ask(.duelResign(.init(duel: duel)))
    let kept = try await answers(server)
    #expect(kept.count == 2)
    #expect(kept.contains { $0.player == bob.player && $0.content == .unanswered(kind: "pick") })
    #expect(kept.first { $0.player == ada.player }?.content.kind == .pick)
    let unit = try #require(kept.first?.unit)
    let met = try await server.store.read { [player = bob.player] reader throws(StorageError) in
      try reader.unitsMet(by: player, since: Timestamp(millisecondsSinceEpoch: 0))
    }
    #expect(met.keys.contains(unit))
  }

  @Test("Each answer of a race is kept with what was shown and when")
  func race() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join("Ada")
    server.advance(by: .seconds(2))
    let contest = ContestID(rawValue: try ada.ask(.contestList).text("contests", "0", "id"))
    try ada.ask(.contestStart(.init(contest: contest)))
    server.advance(by: .seconds(5))
    let judged = try ada.ask(.contestAnswer(.init(contest: contest, question: 1, side: .a)))
    // The second question runs out of time.
    server.advance(by: .seconds(30))
    let kept = try await answers(server)
    #expect(kept.count == 2)
    let first = try #require(kept.first)
    #expect(first.id == "\(contest)/\(ada.player)/0/0" && first.milliseconds == 5_000)
    guard case .pick(_, _, wasShownFirst: true) = first.content else {
      Issue.record("no pick: \(first)")
      return
    }
    #expect(
      first.circumstances
        == AnswerCircumstances(
          setting: .contest, isRated: true, basis: "readers",
          isRight: try judged.at("right") == .bool(true)))
    #expect(kept.last?.content == .unanswered(kind: "pick"))
  }

  @Test("A restart knows what the server before it knew of questions")
  func restart() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(store: store) { $0.goldShare = 0.5 }
    let (ada, bob) = (try first.join("Ada"), try first.join("Bob"))
    for round in 1...2 {
      let duel = try ada.meet(bob, in: round == 1 ? .pick : .write)
      first.advance(by: .seconds(3))
      if round == 1 {
        try ada.answer(.pick(.a), in: duel, round: 1)
        try bob.answer(.pick(.b), in: duel, round: 1)
      } else {
        try ada.answer(.write("words of weather"), in: duel, round: 1)
        try bob.answer(.write("names of tools"), in: duel, round: 1)
      }
      _ = try ada.reveal(1)
      try bob.ask(.duelResign(.init(duel: duel)))
      first.advance(by: .seconds(1))
    }
    first.settle()
    let known = first.server.questionDigest
    #expect(known.contains("w_d_"), "what was written is known")
    let second = try await SimulatedServer(store: store)
    #expect(second.server.questionDigest == known)
  }
}
