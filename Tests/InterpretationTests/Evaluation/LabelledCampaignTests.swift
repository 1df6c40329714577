import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct LabelledCampaignTests {
  private let set = ToyLabels.set()

  private func labelled() throws -> LabelledCampaign {
    try LabelledCampaign(set, embedder: ToyEmbedder(), subject: ToyModel())
  }

  private func top(_ unit: CampaignUnit) -> [Excerpt] {
    unit.heldOut.map(\.excerpt).filter { $0.kind == .top }
  }

  @Test func `what was seen are clues, what was hidden is held out and in the first half`() throws {
    let campaign = try labelled().campaign
    for (unit, labels) in zip(campaign.units, set.units) {
      #expect(unit.id == labels.id && unit.isLexical == labels.isLexical)
      #expect(
        unit.clues.map(\.excerpt.tokens) == labels.excerpts.filter { !$0.isHidden }.map(\.tokens))
      #expect(
        unit.heldOut.map(\.excerpt.tokens) == labels.excerpts.filter(\.isHidden).map(\.tokens))
      #expect(unit.heldOut.allSatisfy { !$0.settlesContests })
      #expect(unit.scoring.windows.count == 6 && unit.scoring.meanWindow.count == 8)
      #expect(unit.top20MeanPeak == 8)
    }
    #expect(campaign.info.modelDigest == ToyModel().digest)
    #expect(Set(campaign.units.flatMap { $0.heldOut.map(\.excerpt.id) }).count == 12 * 14)
  }

  @Test func `tokens of another model are known as such`() throws {
    let foreign = set.units.map { unit in
      LabelledUnit(
        id: unit.id, polarity: .positive, explanation: unit.explanation, kind: nil,
        isLexical: false, paraphrase: nil, halfRight: nil, tooBroad: nil, rivals: [],
        top20MeanPeak: nil,
        excerpts: unit.excerpts.map {
          LabelledUnit.LabelledExcerpt(
            kind: $0.kind, isHidden: $0.isHidden, source: "",
            tokenIDs: $0.tokenIDs.map { $0 + 90_000 },
            tokens: $0.tokens, activations: $0.activations)
        })
    }
    let campaign = try LabelledCampaign(
      LabelledSet(name: "foreign", units: foreign), embedder: ToyEmbedder(), subject: ToyModel()
    ).campaign
    #expect(campaign.info.modelDigest.isEmpty)
    // Nobody measured the usual peak: the mean of the strongest excerpts' stands for it.
    #expect(campaign.units.allSatisfy { $0.top20MeanPeak > 7 && $0.top20MeanPeak < 8 })
  }

  @Test func `shuffling deals out the same excerpts, each with its windows`() throws {
    let labelled = try labelled()
    let shuffled = labelled.shuffled(seed: SeededGenerator(seed: 1))
    func all(_ campaign: Campaign) -> [[String]] {
      campaign.units.flatMap { $0.heldOut.map(\.excerpt.tokens) }.sorted {
        $0.description < $1.description
      }
    }
    #expect(all(shuffled) == all(labelled.campaign))
    #expect(shuffled.units.allSatisfy { top($0).count == 6 && $0.scoring.windows.count == 6 })
    let kept = zip(shuffled.units, labelled.campaign.units).reduce(0) { sum, pair in
      sum + Set(top(pair.0).map(\.tokens)).intersection(top(pair.1).map(\.tokens)).count
    }
    #expect(kept < 20, "\(kept) of 72 stayed")
  }

  @Test func `missing labels exchange half of the strongest excerpts`() throws {
    let labelled = try labelled()
    let changed = labelled.withMissingLabels(seed: SeededGenerator(seed: 1))
    for (unit, before) in zip(changed.units, labelled.campaign.units) {
      let own = Set(top(before).map(\.tokens))
      #expect(top(unit).count == 6)
      #expect(top(unit).count { own.contains($0.tokens) } == 3)
    }
  }

  @Test func `extra labels silence half of the strongest excerpts`() throws {
    let labelled = try labelled()
    let changed = labelled.withExtraLabels(seed: SeededGenerator(seed: 1))
    for (unit, before) in zip(changed.units, labelled.campaign.units) {
      #expect(unit.heldOut.map(\.excerpt.tokens) == before.heldOut.map(\.excerpt.tokens))
      let silenced = unit.heldOut.map(\.excerpt).filter { $0.kind == .nearMiss }
      #expect(silenced.count == 3 && top(unit).count == 3 && unit.scoring.windows.count == 3)
      #expect(silenced.allSatisfy { $0.activations.allSatisfy { $0 == 0 } })
    }
  }
}
