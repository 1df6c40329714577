import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("What a duel asks about")
struct QuestionChoiceTests {
  private let campaign = QuestionSamples.campaign
  private typealias Sample = QuestionSamples

  private func after(days: Double) -> Timestamp { Sample.now + .seconds(days * 86_400) }

  @Test(
    "No unit that either saw within 30 days is asked while another is left",
    arguments: ArenaRules.DuelFormat.allCases)
  func thirtyDays(format: ArenaRules.DuelFormat) {
    var seen: [[UnitID: Timestamp]] = [[:], [:]]
    // 60 units, 6 to 8 a duel: seven duels without a repetition.
    for duel in 0..<7 {
      let setup = Sample.setup(
        [Sample.seated(1, seen: seen[0]), Sample.seated(2, seen: seen[1])],
        book: QuestionBook(), format: format, goldShare: 0.5, seed: UInt64(duel),
        now: after(days: Double(duel)))
      for material in setup.materials {
        let unit = material.unit
        #expect(seen[0][unit] == nil && seen[1][unit] == nil, "duel \(duel)")
        // Each is known to one of the two alone.
        seen[duel % 2][unit] = after(days: Double(duel))
      }
    }
    // When all are met, those may be asked first that were met more than 30 days ago.
    for unit in campaign.units.map(\.id) where seen[0][unit] == nil {
      seen[1][unit] = after(days: 6)
    }
    let old = Set(seen[0].filter { $0.value == after(days: 0) }.keys)
    let setup = Sample.setup(
      [Sample.seated(1, seen: seen[0]), Sample.seated(2, seen: seen[1])],
      book: QuestionBook(), format: format, seed: 99, now: after(days: 30.5))
    #expect(Set(setup.materials.map(\.unit)) == old, "they are as many as a duel needs")
  }

  @Test("The same state and seed choose the same, another seed something else")
  func determinism() throws {
    let answers = (0..<200).map { number in
      let unit = campaign.units[number % 50]
      let ids = unit.explanations.map(\.explanation.id)
      return Sample.pick(
        "\(number)", by: Sample.player(number % 13), ids[number % 2], over: ids[2], of: unit.id,
        isRight: number % 3 == 0)
    }
    func chosen(_ seed: UInt64, _ book: QuestionBook) -> DuelSetup {
      Sample.setup([Sample.seated(1), Sample.seated(2)], book: book, goldShare: 0.3, seed: seed)
    }
    let (one, other) = (Sample.book(answers), Sample.book(answers))
    #expect(chosen(5, one) == chosen(5, other))
    #expect(chosen(5, one).materials != chosen(6, one).materials)
    #expect(chosen(5, one).materials != chosen(5, QuestionBook()).materials)
  }

  @Test("What readers decided stays; where they did not, people decide, and before them nobody")
  func basis() throws {
    let unit = campaign.units[0]
    let ids = unit.explanations.map(\.explanation.id)
    let undecided = ReadPair(
      a: ids[0], b: ids[3], verdicts: [], better: nil, isInPlay: false)
    let scored = ReadPair(a: ids[1], b: ids[2], verdicts: [], better: ids[1], isInPlay: true)
    var changed = unit
    changed.pairs += [undecided, scored]
    func basis(_ votes: Int, _ chosen: Int, over other: Int) -> ArenaRules.ExplanationPair? {
      let answers = (0..<votes).map {
        Sample.pick(
          "\($0)", by: Sample.player($0), ids[chosen], over: ids[other], of: unit.id)
      }
      return UnitQuestions(campaign: campaign, book: Sample.book(answers))
        .questions(of: changed, for: []).map(\.pair)
        .first { $0.holds([ids[chosen], ids[other]]) }
    }
    // Readers said 0 is better than 1.
    #expect(basis(200, 1, over: 0)?.basis == .readers)
    #expect(basis(200, 1, over: 0)?.better == ids[0])
    #expect(basis(0, 3, over: 0)?.basis == .open)
    #expect(basis(3, 3, over: 0)?.basis == .open)
    #expect(basis(60, 3, over: 0)?.basis == .people)
    #expect(basis(60, 3, over: 0)?.better == ids[3])
    // The scorer said 1 is better than 2.
    #expect(basis(3, 2, over: 1)?.basis == .scorer)
    #expect(basis(60, 2, over: 1)?.basis == .people)
    #expect(basis(60, 2, over: 1)?.better == ids[2])
  }

  @Test("Of two pairs alike the one is asked that tells more")
  func gain() throws {
    // Every unit's first pair is settled by hundreds, its second by nobody.
    let answers = campaign.units.flatMap { unit in
      (0..<60).map { voter in
        Sample.pick(
          "\(unit.id)-\(voter)", by: Sample.player(voter), unit.pairs[0].a,
          over: unit.pairs[0].b, of: unit.id)
      }
    }
    let book = Sample.book(answers)
    for seed in UInt64(1)...6 {
      let setup = Sample.setup([Sample.seated(1), Sample.seated(2)], book: book, seed: seed)
      for material in setup.materials {
        let pairs = try #require(campaign.unit(material.unit)?.pairs)
        #expect(material.pairs.first?.holds([pairs[1].a, pairs[1].b]) == true)
      }
    }
  }

  @Test("The strong are asked what is hard, the weak what is easy")
  func difficulty() {
    // Players of 1900 miss the even units, players of 1200 find the odd ones.
    let answers = campaign.units.enumerated().flatMap { index, unit in
      unit.pairs.flatMap { pair in
        (0..<20).map { voter in
          Sample.pick(
            "\(unit.id)-\(pair.b)-\(voter)", by: Sample.player(voter), pair.a, over: pair.b,
            of: unit.id, isRight: index % 2 == 1, rating: index % 2 == 1 ? 1_200 : 1_900)
        }
      }
    }
    let book = Sample.book(answers)
    func hardShare(_ rating: Double) -> Double {
      let materials = (UInt64(1)...10).flatMap { seed in
        Sample.setup(
          [Sample.seated(1, rating: rating), Sample.seated(2, rating: rating)], book: book,
          seed: seed
        ).materials
      }
      let hard = materials.count { (campaign.index(of: $0.unit) ?? 0) % 2 == 0 }
      return Double(hard) / Double(materials.count)
    }
    #expect(hardShare(2_100) > 0.9)
    #expect(hardShare(1_000) < 0.1)
  }

  @Test("What players wrote is asked about, but never in its author's own round")
  func authors() throws {
    let texts = try campaign.units.map { unit in
      try Sample.text(
        "w_\(unit.id)", "something about \(unit.id.rawValue.count)", of: unit.id,
        by: Sample.player(1))
    }
    let book = Sample.book([], texts)
    let own = Set(texts.map(\.explanation.id))
    func asked(by first: Int, _ second: Int) -> Set<ExplanationID> {
      let pairs = (UInt64(1)...5).flatMap { seed in
        Sample.setup([Sample.seated(first), Sample.seated(second)], book: book, seed: seed)
          .materials.flatMap(\.pairs)
      }
      return Set(pairs.flatMap { [$0.better, $0.worse] })
    }
    #expect(!asked(by: 2, 3).isDisjoint(with: own))
    #expect(asked(by: 1, 2).isDisjoint(with: own))
    #expect(asked(by: 2, 1).isDisjoint(with: own))
  }

  @Test("What is said of a neighbour is a decoy: open at first, and people's to decide")
  func decoys() throws {
    let (plain, near) = (campaign.units[0], campaign.units[1])
    func unit(_ neighbours: [UnitID]) -> CampaignUnit {
      CampaignUnit(
        id: plain.id, polarity: plain.polarity, density: plain.density,
        top20MeanPeak: plain.top20MeanPeak, isLexical: plain.isLexical, clues: plain.clues,
        heldOut: plain.heldOut, reveals: plain.reveals, peakWords: plain.peakWords, promoted: [],
        suppressed: [],
        neighbours: neighbours.map {
          UnitNeighbour(unit: $0, relation: .firing, similarity: 0.5)
        }, explanations: plain.explanations, pairs: plain.pairs, scoring: plain.scoring)
    }
    let best = try #require(plain.bestExplanation?.explanation.id)
    let decoy = try #require(near.bestExplanation?.explanation.id)
    func pair(_ votes: Int) -> ArenaRules.ExplanationPair? {
      let answers = (0..<votes).map {
        Sample.pick("\($0)", by: Sample.player($0), best, over: decoy, of: plain.id)
      }
      // Neither a unit that is not in the campaign nor the unit itself is a neighbour to ask about.
      let unknown = UnitID(rawValue: "scripted/0/mlp/9999")
      return UnitQuestions(campaign: campaign, book: Sample.book(answers))
        .questions(of: unit([unknown, plain.id, near.id, near.id]), for: []).map(\.pair)
        .first { $0.holds([best, decoy]) }
    }
    #expect(pair(0)?.basis == .open)
    #expect(pair(60)?.basis == .people && pair(60)?.better == best)
  }

  @Test("A hidden text, one that only repeats another and one without a score are not asked about")
  func unfitTexts() throws {
    let unit = campaign.units[0]
    let best = try #require(unit.bestExplanation?.explanation.text.description)
    let writer = Sample.player(1)
    let questions = UnitQuestions(
      campaign: campaign,
      book: Sample.book(
        [],
        [
          try Sample.text("w1", "hidden words", of: unit.id, by: writer, isHidden: true),
          try Sample.text("w2", "unscored words", of: unit.id, by: writer, score: nil),
          try Sample.text("w3", best.uppercased(), of: unit.id, by: writer),
        ]))
    let asked = questions.questions(of: unit, for: [])
      .flatMap { [$0.pair.better.rawValue, $0.pair.worse.rawValue] }
    #expect(!asked.contains("w1") && !asked.contains("w2"))
    let repeated = questions.questions(of: unit, for: []).map(\.pair).filter {
      $0.holds([ExplanationID(rawValue: "w3"), unit.explanations[0].explanation.id])
    }
    #expect(repeated.isEmpty)
  }
}
