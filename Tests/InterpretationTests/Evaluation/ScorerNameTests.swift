import ArenaTypes
import Testing

@testable import Interpretation

/// Every scorer that can be asked for by name, on the real models and the shipped campaign.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct ScorerNameTests {
  @Test(arguments: ScorerName.allCases)
  func `a scorer gives one text the same scores at once as one by one`(name: ScorerName) throws {
    let campaign = try #require(RealModels.campaign)
    let models = try #require(RealModels.judging)
    let scorer = try name.scorer(for: campaign, models: models)
    let units = [campaign.units[2], campaign.units[20]]
    let text = try #require(units[0].explanations.first { $0.role == .intended }).explanation.text
    let together = try scorer.scores(text, units: units.map(\.id))
    #expect(try scorer.score(text, unit: units[1].id) == together[1])
    for score in together {
      #expect(score.low <= score.value && score.value <= score.high)
      #expect((0...100).contains(score.low) && (0...100).contains(score.high))
      #expect(score.scorer == scorer.name && scorer.name.hasPrefix(name.rawValue))
    }
    #expect(try scorer.tokenCount(of: text, unit: units[0].id) != nil)
    #expect(throws: InterpretationError.self) {
      try scorer.score(text, unit: UnitID(rawValue: "x/1/mlp/1"))
    }
    let excerpts = units[0].reveals.prefix(1).map(\.excerpt)
    let predicted = try scorer.predict(text, unit: units[0].id, on: excerpts)
    #expect(predicted.map(\.count) == excerpts.map(\.tokens.count))
    #expect(predicted.joined().allSatisfy { (0...1).contains($0) })
  }

  @Test func `words are found by their stems, and empty ones are not looked for`() throws {
    let excerpt = Excerpt(
      id: ExcerptID(rawValue: "e"), kind: .top, source: "", tokenIDs: [1, 2, 3, 4, 5],
      tokens: ["The", " ri", "vers", " of", " Eden"], activations: [0, 0, 1, 0, 0],
      isExplicit: false)
    let found = try WordPredictor().predictions(
      ExplanationText("the river of a garden | Eden"), on: [excerpt])
    #expect(found == [[0, 1, 1, 0, 1]])
  }

  @Test func `a score of predictions is a squashed correlation`() throws {
    struct Given: TokenPredictor {
      let name = "given/1"
      let readsTextOnce = true
      let values: [Float]
      func predictions(_ text: ExplanationText, on excerpts: [Excerpt])
        throws(InterpretationError) -> [[Float]]
      { excerpts.map { Array(values.prefix($0.tokens.count)) } }
    }
    let labelled = try LabelledCampaign(
      ToyLabels.set(), embedder: ToyEmbedder(), subject: ToyModel())
    let unit = labelled.campaign.units[1]
    let real = unit.heldOut.flatMap(\.excerpt.activations)
    for seed in 0..<4 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let values = (0..<18).map { _ in Float(generator.nextUnit()) }
      let scorer = PredictionScorer(
        campaign: labelled.campaign, predictor: Given(values: values))
      let r = try #require(
        EvaluationStatistics.correlation(
          Array(repeatElement(values, count: unit.heldOut.count).joined()), real))
      let score = try scorer.score(ExplanationText("a text"), unit: unit.id)
      #expect(abs(score.value - 100 * logistic((r - 0.25) / 0.1)) < 0.06)
    }
  }
}
