import Interpretation
import Testing

/// What scoring keeps in a campaign.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct KeptBaselineTests {
  @Test func `scoring keeps the baseline in the campaign, for the servers that start on it`() throws
  {
    let models = try #require(RealModels.shared)
    let shipped = try #require(RealModels.campaign)
    let units = shipped.units.prefix(9).map { unit in
      var unit = unit
      unit.pairs = []
      unit.explanations = Array(unit.explanations.prefix(1))
      return unit
    }
    let bare = try shipped.replacing(
      units: units, baseline: ScoringBaseline(meanLogProbabilities: []))
    let scored = try CampaignFinisher(models: models, concepts: .patternsAlone).scored(bare)
    let kept = try #require(scored.baseline.meanLogProbabilities.first)
    let known = try #require(shipped.baseline.meanLogProbabilities.first)
    #expect(kept.count == models.subject.vocabularyCount)
    // Kept in steps of 1/128; another machine may round to the next one.
    #expect(zip(kept, known).allSatisfy { abs($0 - $1) < 1.01 / 128 })
    #expect(scored.units.allSatisfy { $0.explanations.allSatisfy { $0.score != nil } })
  }
}
