import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct AttackTests {
  private func attacks(unitCount: Int) throws -> (LabelledSet, Campaign, [[Attack]]) {
    let set = ToyLabels.set()
    let campaign = try LabelledCampaign(set, embedder: ToyEmbedder(), subject: ToyModel()).campaign
    return (
      set, campaign,
      Attack.all(on: set, campaign: campaign, unitCount: unitCount, seed: SeededGenerator(seed: 1))
    )
  }

  @Test func `every attack is made on every unit, and only on as many as wanted`() throws {
    let (set, _, attacks) = try attacks(unitCount: 12)
    for unit in attacks { #expect(unit.map(\.kind) == Attack.Kind.allCases) }
    let some = try self.attacks(unitCount: 5).2
    #expect(some.count == set.units.count && some.count { !$0.isEmpty } == 5)
  }

  @Test func `pasted clues and invisible characters are refused, a stranger's text is not`() throws
  {
    let (_, _, attacks) = try attacks(unitCount: 12)
    for attack in attacks.joined() {
      switch attack.kind {
      case .invisible: #expect(attack.text == nil && attack.isRefused)
      case .pastedClue, .pastedWindows: #expect(attack.isRefused && attack.text != nil)
      case .stuffing, .length, .instructions, .languages, .either:
        #expect(!attack.isRefused && attack.text != nil && attack.limit == 100, "\(attack.kind)")
      case .peakWords, .lookAlikes: #expect(attack.text != nil && !attack.isRefused)
      }
    }
  }

  @Test func `a list of peak words is held down unless the unit is lexical, look-alikes too`()
    throws
  {
    let (set, campaign, _) = try attacks(unitCount: 1)
    let words = ["storm", "rain", "thunder"]
    for isLexical in [false, true] {
      let unit = campaign.units[0].with(peakWords: words, isLexical: isLexical)
      let other = Campaign(
        info: campaign.info, contentHash: "", units: [unit] + campaign.units.dropFirst(),
        baseline: campaign.baseline)
      let attacks = Attack.all(
        on: set, campaign: other, unitCount: 1, seed: SeededGenerator(seed: 1))
      for kind in [Attack.Kind.peakWords, .lookAlikes] {
        let attack = try #require(attacks[0].first { $0.kind == kind })
        #expect(attack.limit == (isLexical ? 100 : 49), "\(kind)")
      }
    }
  }
}

extension CampaignUnit {
  fileprivate func with(peakWords: [String], isLexical: Bool) -> CampaignUnit {
    CampaignUnit(
      id: id, polarity: polarity, density: density, top20MeanPeak: top20MeanPeak,
      isLexical: isLexical, clues: clues, heldOut: heldOut, reveals: [], peakWords: peakWords,
      promoted: [], suppressed: [], neighbours: [], explanations: [], pairs: [], scoring: scoring)
  }
}
