import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite struct ScorerEvaluationTests {
  /// A scorer that looks at nothing but the text.
  private struct TextScorer: Scorer {
    let name = "text/1"
    let value: @Sendable (String) -> Double

    func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
      let value = value(text.description)
      return Score(value: value, low: value, high: value, cap: nil, scorer: name)
    }

    func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
      throws(InterpretationError) -> [[Float]]
    {
      excerpts.map { $0.tokens.map { _ in 0.5 } }
    }
  }

  private func report(
    _ set: LabelledSet = ToyLabels.set(), plan: EvaluationPlan? = nil,
    _ make: @escaping (Campaign) -> any Scorer
  ) throws -> EvaluationReport {
    let readsTextOnce = make(ScriptedCampaign.make(unitCount: 1)).readsTextOnce
    var plan =
      plan ?? EvaluationPlan(readsTextOnce: readsTextOnce, unitCount: set.units.count)
    // Fewer draws than are worth publishing, for the sake of debug builds.
    plan.resampleCount = 60
    let evaluation = try ScorerEvaluation(
      of: set, embedder: ToyEmbedder(), subject: ToyModel(), plan: plan
    ) { campaign throws(InterpretationError) in make(campaign) }
    var seconds = 0.0
    return try evaluation.report {
      seconds += 0.25
      return seconds
    }
  }

  private func words(_ plan: EvaluationPlan? = nil) throws -> EvaluationReport {
    try report(plan: plan) { PredictionScorer(campaign: $0, predictor: WordPredictor()) }
  }

  private func value(_ report: EvaluationReport, _ title: String, _ name: String) throws -> Double {
    let figure = try #require(report.figure(title, name), "no figure \(title), \(name)")
    return try #require(figure.value, "\(title), \(name)")
  }

  @Test func `puzzles are counted apart for each group that a set names`() throws {
    let set = ToyLabels.set()
    let truths = Set(set.units.filter { $0.group != nil }.map(\.explanation.description))
    let report = try report(set) { _ in TextScorer { truths.contains($0) ? 90 : 50 } }
    let figure = try #require(report.figure("Puzzles", "truth first, thirds"))
    #expect(figure.value == 1 && figure.count == set.units.count { $0.group == "thirds" })
    #expect(try value(report, "Puzzles", "truth first, all") < 1)
  }

  @Test func `a scorer that always says the same comes out at chance everywhere`() throws {
    let report = try report { _ in TextScorer { _ in 50 } }
    var compared = 0
    for section in report.sections {
      for figure in section.figures {
        guard let chance = figure.chance, let value = figure.value else { continue }
        // What doesn't predict has no correlation; a share of ties is chance itself.
        #expect(abs(value - chance) < 1e-6, "\(section.title), \(figure.name): \(value)")
        compared += 1
      }
    }
    #expect(compared >= 30)
    #expect(
      try value(
        report, "Attacks", "three strangers' explanations in one: at least as good as the truth")
        == 1)
    #expect(
      report.figure("Predicted against real, per token", "correlation, top and random")?.value
        == nil)
  }

  @Test func `a scorer that finds the word is right wherever the words tell`() throws {
    let report = try words()
    #expect(report.sampledMismatchCount == nil)
    for name in [
      "AUC, all", "AUC, meaning", "AUC, form", "right one first of 10, all",
      "right one first of all",
    ] {
      #expect(try value(report, "Matched against mismatched", name) == 1, "\(name)")
    }
    #expect(try value(report, "Puzzles", "truth first, all") == 1)
    #expect(try value(report, "Puzzles", "truth before list") == 1)
    #expect(try value(report, "Hard negatives", "right one first, both") == 1)
    #expect(try value(report, "Graded quality", "true before too broad") == 1)
    #expect(try value(report, "Graded quality", "true before paraphrase") == 0.5)
    #expect(
      try value(report, "Predicted against real, per token", "correlation, top and random") > 0.95)
    #expect(
      try value(
        report, "Predicted against real, per token", "AUROC of tokens that fire, top and random")
        == 1)
  }

  @Test func `where excerpts are shuffled nothing is left of it`() throws {
    let report = try words()
    let auc = try value(report, "Sanity", "AUC with excerpts shuffled among units")
    let interval = try #require(report.figure("Sanity", "AUC with excerpts shuffled among units"))
    #expect(abs(auc - 0.5) < 0.15, "\(auc)")
    #expect(try #require(interval.low) <= 0.5 && #require(interval.high) >= 0.5)
    let puzzles = try value(report, "Sanity", "puzzles with excerpts shuffled among units")
    #expect(abs(puzzles - 0.2) < 0.25, "\(puzzles)")
    let tokens = try value(
      report, "Sanity", "correlation with activations shuffled among a unit's tokens")
    #expect(abs(tokens) < 0.1)
  }

  @Test func `missing and extra labels lower a score that reads activations`() throws {
    let report = try words()
    #expect(try value(report, "Sanity", "score falls where half of the labels are missing") == 1)
    #expect(try value(report, "Sanity", "score falls where half of the labels are extra") == 1)
    let blind = try self.report { _ in TextScorer { Double($0.count) } }
    #expect(try value(blind, "Sanity", "score falls where half of the labels are missing") == 0.5)
  }

  @Test func `solving puzzles by the looks of their texts shows in the shuffled ones`() throws {
    let report = try report { _ in TextScorer { $0.hasPrefix("the ") ? 90 : 10 } }
    #expect(try value(report, "Puzzles", "truth first, all") == 1)
    #expect(try value(report, "Sanity", "puzzles with excerpts shuffled among units") == 1)
    #expect(try value(report, "Matched against mismatched", "AUC, all") == 0.5)
  }

  @Test func `a scorer that reads pairs is compared on samples, and the table says so`() throws {
    let report = try report { _ in TextScorer { _ in 50 } }
    #expect(report.sampledMismatchCount == 10)
    #expect(report.markdown.contains("10 mismatched explanations a unit, drawn at random"))
    #expect(try words().markdown.contains("every explanation on every unit"))
  }

  @Test func `the same set, scorer and seed give the same report`() throws {
    #expect(try words() == words())
    var plan = EvaluationPlan(seed: 2, readsTextOnce: true, unitCount: 12)
    plan.mismatchCount = 5
    #expect(try words(plan) != words())
  }

  @Test func `the table is well formed and the figures survive JSON`() throws {
    let report = try words()
    let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count > 60)
    for row in rows { #expect(row.count(where: { $0 == "|" }) == 7, "\(row)") }
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(EvaluationReport.self, from: data) == report)
    for figure in report.sections.flatMap(\.figures) {
      guard let low = figure.low, let high = figure.high, let value = figure.value else { continue }
      #expect(
        low <= value + 1e-9 && value <= high + 1e-9, "\(figure.name): \(low) \(value) \(high)")
    }
  }

  @Test func `units without variants are measured on what they have`() throws {
    let bare = ToyLabels.set().units.map { unit in
      LabelledUnit(
        id: unit.id, polarity: unit.polarity, explanation: unit.explanation, kind: nil,
        isLexical: false, paraphrase: nil, halfRight: nil, tooBroad: nil, rivals: [],
        top20MeanPeak: nil, excerpts: unit.excerpts.filter(\.isHidden))
    }
    let report = try report(LabelledSet(name: "bare", units: bare)) {
      PredictionScorer(campaign: $0, predictor: WordPredictor())
    }
    #expect(try value(report, "Matched against mismatched", "AUC, all") == 1)
    #expect(report.figure("Puzzles", "truth first, all")?.value == nil)
    #expect(report.figure("Matched against mismatched", "AUC, form")?.count == 0)
    #expect(report.markdown.contains("| none |"))
  }

  @Test func `a scorer that fails ends the evaluation with its reason`() throws {
    #expect(throws: InterpretationError.engine("out of order")) {
      try report { _ in ScriptedScorer(failure: .engine("out of order")) }
    }
  }
}
