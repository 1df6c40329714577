import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct CampaignVerifierTests {
  /// A campaign of the toy model, as built.
  private static let built: Campaign? = {
    guard let corpus = try? ToyCorpus() else { return nil }
    var plan = CampaignPlan(
      id: CampaignID(rawValue: "toy"), title: "Toy", corpusFolder: corpus.folder,
      workFolder: corpus.workFolder, layers: [0, 1, 2], seed: 3, unitCount: 6, reserved: [],
      startedAt: Timestamp(millisecondsSinceEpoch: 1_000))
    plan.surveyTokenCount = 8_000
    plan.candidateCount = 15
    return withExtendedLifetime(corpus) {
      try? CampaignBuilder(plan: plan, model: ToyModel(), embedder: ToyEmbedder()).build()
    }
  }()

  private func built() throws -> Campaign { try #require(Self.built) }

  private func findings(
    reserved: Set<UnitID> = [], _ change: (CampaignUnit) -> CampaignUnit
  ) throws -> [String] {
    let campaign = try built()
    var units = campaign.units
    units[0] = change(units[0])
    let changed = Campaign(
      info: campaign.info, contentHash: "", units: units, baseline: campaign.baseline)
    return CampaignVerifier(reserved: reserved).findings(in: changed).map(\.what)
  }

  private func copy(
    _ unit: CampaignUnit, id: UnitID? = nil, polarity: Polarity? = nil, rest: Float? = nil,
    density: Double? = nil,
    clues: [ClueExcerpt]? = nil,
    reveals: [RevealExcerpt]? = nil, heldOut: [HeldOutExcerpt]? = nil
  ) -> CampaignUnit {
    CampaignUnit(
      id: id ?? unit.id, polarity: polarity ?? unit.polarity, rest: rest ?? unit.rest,
      density: density ?? unit.density, top20MeanPeak: unit.top20MeanPeak,
      isLexical: unit.isLexical, clues: clues ?? unit.clues,
      heldOut: heldOut ?? unit.heldOut, reveals: reveals ?? unit.reveals,
      peakWords: unit.peakWords, promoted: unit.promoted, suppressed: unit.suppressed,
      neighbours: unit.neighbours, explanations: unit.explanations, pairs: unit.pairs,
      scoring: unit.scoring)
  }

  private func excerpt(_ excerpt: Excerpt, id: String? = nil, activations: [Float]) -> Excerpt {
    Excerpt(
      id: id.map(ExcerptID.init) ?? excerpt.id, kind: excerpt.kind, source: excerpt.source,
      tokenIDs: excerpt.tokenIDs, tokens: excerpt.tokens, activations: activations,
      isExplicit: false)
  }

  @Test func `a campaign that was built is as it should be, on the model too`() throws {
    let campaign = try built()
    #expect(CampaignVerifier().findings(in: campaign) == [])
    let again = try CampaignVerifier().rerun(
      campaign, on: ToyModel(), units: campaign.units.count, seed: 1)
    #expect(again.unitCount == campaign.units.count)
    #expect(again.excerptCount > 60 * campaign.units.count)
    #expect(again.findings == [])
    #expect(again.worstError > 0 && again.worstError < 0.01)
  }

  @Test func `the shipped campaign is as it should be`() throws {
    let campaign = try #require(RealModels.campaign)
    #expect(CampaignVerifier().findings(in: campaign) == [])
  }

  @Test func `activations that are not the model's are found`() throws {
    let campaign = try built()
    let units = campaign.units.map { unit in
      let first = unit.clues[0].excerpt
      var activations = first.activations
      activations[3] += 0.05 * unit.top20MeanPeak
      return copy(
        unit,
        clues: [ClueExcerpt(excerpt(first, activations: activations))] + unit.clues.dropFirst())
    }
    let changed = Campaign(
      info: campaign.info, contentHash: "", units: units, baseline: campaign.baseline)
    let again = try CampaignVerifier().rerun(changed, on: ToyModel(), units: 99, seed: 2)
    #expect(again.findings.count == campaign.units.count)
    #expect(again.findings.allSatisfy { $0.place.hasSuffix("token 3") })
  }

  @Test func `pools that share a text are found`() throws {
    let found = try findings { unit in
      let clue = unit.clues[0].excerpt
      return copy(
        unit,
        reveals: unit.reveals + [
          RevealExcerpt(excerpt(clue, id: "other", activations: clue.activations))
        ])
    }
    #expect(found.contains { $0.hasPrefix("shares 16 tokens in a row with ") })
  }

  @Test func `names that name two things, or nothing, are found`() throws {
    let doubled = try findings { unit in
      copy(unit, clues: unit.clues + [unit.clues[0]])
    }
    #expect(doubled.contains { $0.hasSuffix("has the name of another one") })
    let wrong = try findings { copy($0, id: UnitID(rawValue: "toy/0/mlp/01")) }
    #expect(wrong == ["is no name of a unit"])
    let foreign = try findings { copy($0, id: UnitID(rawValue: "other/9/head/0")) }
    #expect(foreign.contains("is of another model than toy"))
    #expect(foreign.contains("is of a layer that the campaign leaves out"))
    let negative = try findings { unit in
      let clue = unit.clues[0].excerpt
      return copy(
        unit, id: UnitID(rawValue: "toy/0/head/0"), polarity: .positive,
        clues: [ClueExcerpt(excerpt(clue, activations: clue.activations.map { -$0 }))]
          + unit.clues.dropFirst())
    }
    #expect(negative == ["has a negative activation, which such a unit can't have"])
  }

  @Test func `numbers that are none, and empty pools, are found`() throws {
    let nan = try findings { unit in
      let clue = unit.clues[0].excerpt
      let activations = [Float.nan] + clue.activations.dropFirst()
      return copy(
        unit, density: 1.5,
        clues: [ClueExcerpt(excerpt(clue, activations: activations))] + unit.clues.dropFirst())
    }
    #expect(nan.contains("has an activation that is no number"))
    #expect(nan.contains("has a density of 1.5"))
    #expect(
      try findings { copy($0, rest: 1) } == ["has a rest, though such a unit can be silent"])
    #expect(try findings { copy($0, rest: -1) } == ["has a rest of -1.0"])
    #expect(try findings { copy($0, rest: .infinity) }.contains("has a rest of inf"))
    let empty = try findings { copy($0, clues: [], reveals: [], heldOut: []) }
    #expect(empty.contains("has no clue"))
    #expect(empty.contains("has an empty second half of the held-out pool"))
    let none = Campaign(
      info: try built().info, contentHash: "", units: [], baseline: try built().baseline)
    #expect(CampaignVerifier().findings(in: none).map(\.what) == ["has no unit"])
  }

  @Test func `reserved units are found, and another model is told apart`() throws {
    let unit = try built().units[0].id
    #expect(try findings(reserved: [unit]) { $0 } == ["is reserved and must not be used"])
    let scripted = ScriptedCampaign.make(unitCount: 2)
    let again = try CampaignVerifier().rerun(scripted, on: ToyModel(), units: 2, seed: 1)
    #expect(again.findings.map(\.what) == ["was built with another model file than toy"])
  }
}
