import ArenaTypes
import Testing

@testable import Interpretation

/// What an evaluation says of a program's explanations.
@Suite struct MachineFiguresTests {
  /// Says what its script has for each unit, in their order.
  private struct ScriptedExplainer: Explainer {
    let name = "scripted-explainer/1"
    let texts: [[ExplanationText]]

    func explanations(of campaign: Campaign) throws(InterpretationError) -> [[ExplanationText]] {
      texts
    }
  }

  private struct FailingExplainer: Explainer {
    let name = "failing/1"

    func explanations(of campaign: Campaign) throws(InterpretationError) -> [[ExplanationText]] {
      throw .engine("no words")
    }
  }

  private let set = ToyLabels.set()

  private func found(_ explainer: (any Explainer)?) throws
    -> (report: EvaluationReport, scores: [ScoredText], predictions: [PredictedExcerpt])
  {
    var plan = EvaluationPlan(readsTextOnce: true, unitCount: set.units.count, isQuick: true)
    plan.resampleCount = 60
    let evaluation = try ScorerEvaluation(
      of: set, embedder: ToyEmbedder(), subject: ToyModel(), explainer: explainer, plan: plan
    ) { campaign throws(InterpretationError) in
      PredictionScorer(campaign: campaign, predictor: WordPredictor())
    }
    return try evaluation.found { 0 }
  }

  private func value(_ report: EvaluationReport, _ name: String) throws -> Double {
    let figure = try #require(report.figure("Machine explanations", name), "no figure \(name)")
    return try #require(figure.value, "\(name)")
  }

  @Test func `a program that knows the truth is as good as it, and better than the false`() throws {
    let report = try found(ScriptedExplainer(texts: set.units.map { [$0.explanation] })).report
    #expect(report.explainer == "scripted-explainer/1")
    for name in ["the truth", "the too broad", "a rival", "the best rival", "another unit's truth"]
    {
      #expect(try value(report, "at least as good as \(name)") == 1, "\(name)")
    }
    #expect(
      try value(report, "mean score of the truth")
        == value(report, "mean score of the program's first text"))
    let figures = report.sections.first { $0.title == "Machine explanations" }?.figures ?? []
    #expect(figures.count == 10 && figures.allSatisfy { $0.low != nil && $0.high != nil })
  }

  @Test func `the first text counts, and the better one where the figure says so`() throws {
    let wrong = try ExplanationText("nothing that anybody said")
    let report = try found(ScriptedExplainer(texts: set.units.map { [wrong, $0.explanation] }))
      .report
    #expect(try value(report, "at least as good as the truth") == 0)
    #expect(try value(report, "the better of its texts at least as good as the truth") == 1)
    #expect(
      try value(report, "mean score of the better of its texts")
        > value(report, "mean score of the program's first text"))
  }

  @Test func `units of which the program says nothing are left out`() throws {
    let texts = set.units.enumerated().map { $0 == 0 ? [$1.explanation] : [] }
    let (report, scores, _) = try found(ScriptedExplainer(texts: texts))
    let figure = try #require(
      report.figure("Machine explanations", "at least as good as the truth"))
    #expect(figure.count == 1 && figure.value == 1)
    let machine = scores.filter { $0.role == .machine }
    #expect(machine.map(\.unit) == [set.units[0].id] && machine.map(\.kind) == ["1"])
    #expect(scores.allSatisfy { !$0.scorer.isEmpty })
    let none = try found(ScriptedExplainer(texts: set.units.map { _ in [] })).report
    let rival = try #require(none.figure("Machine explanations", "at least as good as a rival"))
    #expect(rival.value == nil && rival.count == 0)
    #expect(none.markdown.contains("| **Machine explanations** |"))
  }

  @Test func `without a program there is no such section, and one that fails says why`() throws {
    let report = try found(nil).report
    #expect(report.explainer == nil)
    #expect(!report.sections.contains { $0.title == "Machine explanations" })
    #expect(throws: InterpretationError.engine("no words")) { try found(FailingExplainer()) }
  }
}
