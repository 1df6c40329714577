import ArenaTypes
import Interpretation
import Testing

@Suite struct ScriptedCampaignTests {
  @Test func `the same arguments make the same campaign`() {
    let first = ScriptedCampaign.make(unitCount: 4, seed: 9)
    let second = ScriptedCampaign.make(unitCount: 4, seed: 9)
    #expect(first.units.map(\.clues) == second.units.map(\.clues))
    #expect(
      first.units.map(\.clues) != ScriptedCampaign.make(unitCount: 4, seed: 8).units.map(\.clues))
  }

  @Test func `held-out excerpts can't be looked up by name`() throws {
    let campaign = ScriptedCampaign.make(unitCount: 3)
    let unit = try #require(campaign.units.first)
    let hidden = try #require(unit.heldOut.first)
    let clue = try #require(unit.clues.first)
    #expect(campaign.excerpt(hidden.excerpt.id) == nil)
    #expect(campaign.excerpt(clue.excerpt.id) == clue.excerpt)
    #expect(campaign.unit(unit.id)?.id == unit.id)
  }

  @Test func `scripted answers follow from the question alone`() throws {
    let unit = UnitID(model: "scripted", layer: 0, kind: .mlp, index: 0)
    let text = try ExplanationText("names of storms")
    let scorer = ScriptedScorer()
    #expect(try scorer.score(text, unit: unit) == scorer.score(text, unit: unit))
    let probe = try ScriptedProbe(activations: ["storm": 9])
      .activations(of: "a storm", unit: unit, tokenCountMax: 24)
    #expect(probe.peak == 9)
    #expect(throws: InterpretationError.tooManyTokens(count: 3, max: 2)) {
      try ScriptedProbe().activations(of: "a b c", unit: unit, tokenCountMax: 2)
    }
  }
}
