import ArenaProtocol
import ArenaRules
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("What odd-one-out and predict rounds are made of")
struct ExcerptRoundTests {
  /// A scripted unit with these activations in its pools; the texts have as many tokens.
  private func unit(
    clues: [[Float]], reveals: [[Float]], explicit: Set<String> = []
  ) -> CampaignUnit {
    let scripted = ScriptedCampaign.make(unitCount: 1).units[0]
    func excerpt(_ name: String, _ activations: [Float]) -> Excerpt {
      Excerpt(
        id: ExcerptID(rawValue: name), kind: .top, source: "", tokenIDs: activations.map { _ in 1 },
        tokens: activations.map { _ in " word" }, activations: activations,
        isExplicit: explicit.contains(name))
    }
    return CampaignUnit(
      id: scripted.id, polarity: .positive, density: 0.1, top20MeanPeak: 10, isLexical: false,
      clues: clues.enumerated().map { ClueExcerpt(excerpt("c\($0)", $1)) },
      heldOut: (0..<4).map {
        HeldOutExcerpt(excerpt("h\($0)", [0, 9]), settlesContests: false)
      },
      reveals: reveals.enumerated().map { RevealExcerpt(excerpt("r\($0)", $1)) },
      peakWords: ["storm"], promoted: [], suppressed: [], neighbours: [],
      explanations: scripted.explanations, pairs: scripted.pairs, scoring: scripted.scoring)
  }

  @Test("Reveal excerpts come first, clues fill up, and no held-out one is used")
  func oddPools() {
    let unit = unit(
      clues: [[0, 9], [8, 1], [0, 6], [0, 4.9], [0.1, 1.9], [-1, -2]],
      reveals: [[0, 12, 3], [5, 0], [0, 2.5]])
    let material = unit.oddOneOutMaterial(showsExplicit: true)
    #expect(material.firing.map(\.excerpt.rawValue) == ["r0", "r1", "c0", "c1"])
    #expect(material.firing.map(\.focus) == [1, 0, 1, 0])
    #expect(material.firing.map(\.tokenCount) == [3, 2, 2, 2])
    #expect(material.silent.map(\.excerpt.rawValue) == ["c4", "c5"])
    #expect(material.silent.map(\.tokenCount) == [2, 2])
    let many = self.unit(
      clues: [[0, 9], [0, 0]], reveals: Array(repeating: [0, 8], count: 5))
    #expect(
      many.oddOneOutMaterial(showsExplicit: true).firing.map(\.excerpt.rawValue)
        == ["r0", "r1", "r2", "r3", "r4"])
  }

  @Test("A predict round has reveal excerpts in which the unit fires, and the best explanation")
  func predictPool() throws {
    let unit = unit(
      clues: [[0, 9]], reveals: [[0, 12, 6, 5.9], [0, 1.9], [2, 0], [3, 3]])
    let material = try #require(unit.predictMaterial(showsExplicit: true))
    #expect(material.excerpts.map(\.excerpt.rawValue) == ["r0", "r2", "r3"])
    #expect(material.excerpts.map(\.firing) == [[1, 2], [0], [0, 1]])
    #expect(material.explanation == unit.explanations[0].explanation.id)
  }

  @Test("Explicit excerpts are asked about only where both players want to see them")
  func explicitTexts() {
    let unit = unit(
      clues: [[0, 9], [0, 8], [0, 0], [0, 1]], reveals: [[0, 9], [0, 8], [0, 9]],
      explicit: ["r1", "c2"])
    let hidden = unit.oddOneOutMaterial(showsExplicit: false)
    #expect(hidden.firing.map(\.excerpt.rawValue) == ["r0", "r2", "c0", "c1"])
    #expect(hidden.silent.map(\.excerpt.rawValue) == ["c3"])
    #expect(
      unit.predictMaterial(showsExplicit: false)?.excerpts.map(\.excerpt.rawValue) == ["r0", "r2"])
    let shown = unit.oddOneOutMaterial(showsExplicit: true)
    #expect(shown.firing.map(\.excerpt.rawValue) == ["r0", "r1", "r2", "c0"])
    #expect(shown.silent.map(\.excerpt.rawValue) == ["c2", "c3"])
  }

  @Test("A unit that nothing explains is not predicted")
  func unexplained() {
    let scripted = ScriptedCampaign.make(unitCount: 1).units[0]
    let unit = CampaignUnit(
      id: scripted.id, polarity: .positive, density: 0.1, top20MeanPeak: 6, isLexical: false,
      clues: scripted.clues, heldOut: [], reveals: scripted.reveals, peakWords: [], promoted: [],
      suppressed: [], neighbours: [], explanations: [], pairs: [], scoring: scripted.scoring)
    #expect(unit.predictMaterial(showsExplicit: true) == nil)
  }

  @Test("A format is on offer where each of its kinds suits enough units")
  func offers() {
    let scripted = ScriptedCampaign.make(unitCount: 5)
    func campaign(_ units: [CampaignUnit]) -> Campaign {
      Campaign(
        info: scripted.info, contentHash: "", units: units, baseline: scripted.baseline)
    }
    func formats(_ units: [CampaignUnit]) -> [ArenaRules.DuelFormat] {
      ArenaRules.DuelFormat.allCases.filter { DuelFactory.offers($0, of: campaign(units)) }
    }
    #expect(formats(scripted.units) == ArenaRules.DuelFormat.allCases)
    // Without silent texts there is no odd one out.
    let loud = scripted.units.map { unit in
      CampaignUnit(
        id: unit.id, polarity: unit.polarity, density: unit.density,
        top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
        clues: unit.clues.filter { $0.excerpt.kind != .random }, heldOut: unit.heldOut,
        reveals: unit.reveals, peakWords: unit.peakWords, promoted: [], suppressed: [],
        neighbours: [], explanations: unit.explanations, pairs: unit.pairs, scoring: unit.scoring)
    }
    #expect(formats(loud) == [.pick, .write, .fire])
    #expect(formats(Array(scripted.units.prefix(4))) == [.write, .fire])
    #expect(formats(Array(scripted.units.prefix(2))) == [])
  }

  @Test("Every unit of the shipped campaign can be asked about in both kinds")
  func shipped() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let campaign = try Campaign.load(
      from: root + "/Sources/neuronarena/Campaigns/campaign.narena")
    #expect(DuelFactory.offers(.mixed, of: campaign))
    for unit in campaign.units {
      for kind in [ArenaRules.RoundKind.oddOneOut, .predict] {
        let material = DuelFactory.material(unit, for: kind, showsExplicit: false)
        #expect(material.canBeAsked(as: kind), "\(unit.id) as \(kind)")
        let asked =
          (material.oddOneOut.map { $0.firing.map(\.excerpt) + $0.silent.map(\.excerpt) } ?? [])
          + (material.predict?.excerpts.map(\.excerpt) ?? [])
        #expect(asked.allSatisfy { campaign.excerpt($0) != nil }, "a held-out excerpt is asked")
      }
    }
  }

  @Test("A bot plays rounds that ask about excerpts")
  func bot() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join()
    let duel = DuelID(
      rawValue: try ada.ask(.queueAcceptBot(.init(format: .mixed))).text("duel"))
    try ada.follow(.duel(duel))
    server.advance(by: .seconds(3))
    for number in 1...3 {
      let round = try ada.round(number)
      server.advance(
        by: .milliseconds(try round.count("deadline") - round.count("startedAt")))
      let reveal = try ada.reveal(number)
      let kind = try round.text("kind")
      #expect(try reveal.at("answers", "0") == .null)
      #expect(try reveal.text("answers", "1", "kind") == kind, "the bot sat it out")
      let left = try round.count("deadline") - reveal.count("milliseconds", "1")
      #expect(left > (try round.count("startedAt")))
      try ada.ready(in: duel, round: number)
    }
  }
}
