import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct CampaignDiffTests {
  private func campaign(_ change: (inout [CampaignUnit]) -> Void = { _ in }) throws -> Campaign {
    let made = ScriptedCampaign.make(unitCount: 4)
    var units = made.units
    change(&units)
    return try made.replacing(units: units)
  }

  private func changes(_ change: (inout [CampaignUnit]) -> Void) throws -> [String] {
    let diff = CampaignDiff(from: try campaign(), to: try campaign(change))
    return diff.changed.flatMap { unit in unit.changes.map { "\($0.what): \($0.how)" } }
  }

  @Test func `a campaign does not differ from itself`() throws {
    #expect(CampaignDiff(from: try campaign(), to: try campaign()).isEmpty)
  }

  @Test func `units that come and go are told`() throws {
    let (whole, less) = (try campaign(), try campaign { $0.remove(at: 2) })
    let gone = CampaignDiff(from: whole, to: less)
    #expect(gone.removed == [whole.units[2].id])
    #expect(gone.added.isEmpty && gone.changed.isEmpty && !gone.isEmpty)
    let come = CampaignDiff(from: less, to: whole)
    #expect(come.added == [whole.units[2].id])
  }

  @Test func `changed words, scores and pairs are told`() throws {
    #expect(
      try changes { $0[0].explanations.removeLast() }.filter { $0.hasPrefix("explanations: -") }
        .count
        == 1)
    let scored = try changes { units in
      units[1].explanations[0].score = Score(
        value: 12, low: 10, high: 14, cap: nil, scorer: "test/1")
    }
    #expect(scored.count == 1)
    #expect(scored[0].hasPrefix("score of \""))
    #expect(scored[0].hasSuffix("-> 12.0 (10.0 to 14.0, test/1)"))
    let pairs = try changes { $0[3].pairs.removeAll() }
    #expect(!pairs.isEmpty && pairs.allSatisfy { $0.hasPrefix("pairs: - ") })
  }

  @Test func `changed pools and numbers are told`() throws {
    let found = try changes { units in
      let unit = units[0]
      let clue = unit.clues[0].excerpt
      let louder = Excerpt(
        id: clue.id, kind: clue.kind, source: clue.source, tokenIDs: clue.tokenIDs,
        tokens: clue.tokens, activations: clue.activations.map { $0 * 2 }, isExplicit: false)
      units[0] = CampaignUnit(
        id: unit.id, polarity: unit.polarity, density: unit.density / 2,
        top20MeanPeak: unit.top20MeanPeak, isLexical: !unit.isLexical,
        clues: [ClueExcerpt(louder)] + unit.clues.dropFirst(),
        heldOut: Array(unit.heldOut.dropLast()), reveals: unit.reveals,
        peakWords: unit.peakWords + ["more"], promoted: unit.promoted,
        suppressed: unit.suppressed, neighbours: [], explanations: unit.explanations,
        pairs: unit.pairs, scoring: unit.scoring)
    }
    #expect(found.contains("clues: 1 texts with other activations"))
    #expect(found.contains("held-out: 1 texts gone, 0 new"))
    #expect(found.contains("peak words: + more"))
    #expect(found.contains { $0.hasPrefix("density: ") })
    #expect(found.contains { $0.hasPrefix("lexical: ") })
  }

  @Test func `what campaigns say of themselves is compared`() throws {
    let made = ScriptedCampaign.make(unitCount: 2)
    let info = CampaignInfo(
      id: made.info.id, title: "Another", model: made.info.model,
      modelDigest: made.info.modelDigest, architecture: made.info.architecture,
      layers: made.info.layers, sources: made.info.sources, seed: 99, builtAt: made.info.builtAt)
    let other = try CampaignFile.sealed(info: info, units: made.units, baseline: made.baseline)
    let diff = CampaignDiff(from: try made.replacing(units: made.units), to: other)
    #expect(diff.facts.map(\.what) == ["title", "seed"])
    #expect(diff.changed.isEmpty)
  }
}
