import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

/// The single scores that an evaluation keeps, and what a quick one leaves out.
@Suite struct ScoredTextTests {
  /// Tells parts, and predicts whole excerpts: everything where the unit fires somewhere, else nothing.
  private struct ExcerptScorer: Scorer {
    let name = "excerpts/1"

    func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
      Score(value: 50, low: 40, high: 60, cap: nil, scorer: name)
    }

    func partedScores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError)
      -> [PartedScore]
    {
      try scores(text, units: units).map {
        PartedScore(score: $0, parts: ScoreParts(correlation: 0.25, formula: 2))
      }
    }

    func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
      throws(InterpretationError) -> [[Float]]
    {
      excerpts.map { excerpt in
        let value: Float = (excerpt.activations.max() ?? 0) > 4 ? 1 : 0
        return excerpt.tokens.map { _ in value }
      }
    }
  }

  private func found(isQuick: Bool) throws -> (
    report: EvaluationReport, scores: [ScoredText], predictions: [PredictedExcerpt]
  ) {
    let set = ToyLabels.set()
    var plan = EvaluationPlan(
      readsTextOnce: false, unitCount: set.units.count, isQuick: isQuick)
    plan.resampleCount = 60
    let evaluation = try ScorerEvaluation(
      of: set, embedder: ToyEmbedder(), subject: ToyModel(), plan: plan
    ) { _ throws(InterpretationError) in ExcerptScorer() }
    return try evaluation.found { 0 }
  }

  @Test func `every score is kept with what the text is to the unit`() throws {
    let set = ToyLabels.set()
    let scores = try found(isQuick: false).scores
    for unit in set.units {
      let own = scores.filter { $0.unit == unit.id }
      #expect(own.filter { $0.role == .truth }.map(\.text) == [unit.explanation])
      #expect(own.filter { $0.role == .rival }.map(\.kind) == unit.rivals.map(\.kind))
      #expect(own.filter { $0.role == .mismatch }.count == 10)
      #expect(own.count { $0.role == .paraphrase } == 1 && own.count { $0.role == .halfRight } == 1)
      #expect(Set(own.filter { $0.role == .hard }.map(\.kind)) == ["meaning", "text"])
      #expect(own.contains { $0.role == .attack && $0.kind == "other languages" })
      #expect(own.allSatisfy { $0.about == unit.kind && $0.value == 50 })
    }
    let first = try #require(scores.first)
    let line = String(decoding: try JSONEncoder().encode(first), as: UTF8.self)
    for part in ["\"role\":\"truth\"", "\"parts\":{", "\"correlation\":0.25", "\"formula\":2"] {
      #expect(line.contains(part), "\(line)")
    }
  }

  @Test func `a quick evaluation leaves out what no fit needs`() throws {
    let (report, scores, predictions) = try found(isQuick: true)
    #expect(predictions.isEmpty)
    let titles = report.sections.map(\.title)
    #expect(titles.contains("Puzzles") && titles.contains("The scale"))
    for title in ["Attacks", "Sanity", "Predicted against real, per token"] {
      #expect(!titles.contains(title))
    }
    #expect(!scores.contains { $0.role == .attack } && scores.contains { $0.role == .rival })
  }

  @Test func `what is predicted is kept beside what the unit did`() throws {
    let predictions = try found(isQuick: false).predictions
    #expect(Set(predictions.map(\.unit)) == Set(ToyLabels.set().units.map(\.id)))
    #expect(predictions.contains { $0.predicted.contains(1) })
    for excerpt in predictions {
      #expect(excerpt.predicted.count == excerpt.real.count)
      #expect(excerpt.real.allSatisfy { $0 >= 0 })
      let fires = (excerpt.real.max() ?? 0) > 4
      #expect(excerpt.predicted.allSatisfy { $0 == (fires ? 1 : 0) })
    }
    let first = try #require(predictions.first)
    let line = String(decoding: try JSONEncoder().encode(first), as: UTF8.self)
    #expect(line.contains("\"kind\":\"\(first.kind.rawValue)\""), "\(line)")
  }

  @Test func `who knows the excerpts but no token is at chance when tokens are shuffled`() throws {
    let report = try found(isQuick: false).report
    let real = try #require(
      report.figure("Predicted against real, per token", "correlation, top and random")?.value)
    #expect(real > 0.1)
    let shuffled = try #require(
      report.figure("Sanity", "correlation with activations shuffled among a unit's tokens"))
    #expect(try abs(#require(shuffled.value)) < 0.05, "\(shuffled)")
  }
}
