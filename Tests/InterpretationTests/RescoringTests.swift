import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite struct RescoringTests {
  /// A scorer of any name that follows from text and unit alone.
  private struct NamedScorer: Scorer {
    let name: String
    var failure: InterpretationError?

    func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
      if let failure { throw failure }
      var generator = SeededGenerator(seed: 5).forked(for: "\(name)|\(unit)|\(text)")
      let value = generator.nextUnit() * 100
      return Score(value: value, low: value, high: value, cap: nil, scorer: name)
    }

    func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
      throws(InterpretationError) -> [[Float]]
    { [] }
  }

  private let campaign = ScriptedCampaign.make(unitCount: 6)
  private let unit = UnitID(rawValue: "m/1/mlp/2")

  private func text(_ text: String) throws -> ExplanationText { try ExplanationText(text) }

  private func rescored(_ campaign: Campaign, _ name: String) throws
    -> (campaign: Campaign, report: RescoreReport)
  {
    try CampaignRescore(campaign: campaign, scorer: NamedScorer(name: name)).run()
  }

  // MARK: Statistics

  @Test func `ranks correlate as Spearman has it, ties share theirs`() throws {
    func rank(_ left: [Double], _ right: [Double]) -> Double? {
      EvaluationStatistics.rankCorrelation(left, right)
    }
    #expect(rank([1, 2, 3], [10, 20, 9_000]) == 1)
    #expect(rank([1, 2, 3], [3, 2, -7]) == -1)
    #expect(rank([1, 1, 1], [1, 2, 3]) == nil)
    #expect(rank([], []) == nil && rank([1], [1]) == nil)
    // By hand: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    #expect(abs(try #require(rank([0, 5, 5, 9], [1, 2, 3, 4])) - 0.9486833) < 1e-6)
  }

  @Test(arguments: [0, 1, 2, 3, 17, 60]) func `reversed pairs are counted as one by one`(
    count: Int
  ) {
    var generator = SeededGenerator(seed: UInt64(count + 1))
    for _ in 0..<20 {
      // Few values, so that there are ties on either side and on both.
      let left = (0..<count).map { _ in Double(Int.random(in: 0..<9, using: &generator)) }
      let right = (0..<count).map { _ in Double(Int.random(in: 0..<9, using: &generator)) }
      var expected = 0
      for first in 0..<count {
        for second in 0..<first
        where (left[first] - left[second]) * (right[first] - right[second]) < 0 { expected += 1 }
      }
      #expect(EvaluationStatistics.reversedPairCount(left, right) == expected)
    }
  }

  @Test func `a comparison tells means, the largest changes and turned pairs of one unit`() throws {
    let changes = try (0..<12).map { index in
      ScoreChange(
        unit: index < 10 ? unit : UnitID(rawValue: "m/1/mlp/9"), text: try text("text \(index)"),
        old: Double(index), new: Double(index == 0 ? 50 : index))
    }
    let comparison = ScoreComparison(scorer: "old/1", changes: changes)
    #expect(comparison.count == 12 && comparison.largestChange == 50)
    #expect(abs(comparison.meanChange - 50.0 / 12) < 1e-9)
    #expect(comparison.meanRise == comparison.meanChange)
    #expect(comparison.pairCount == 45 + 1 && comparison.reversedPairCount == 9)
    #expect(comparison.largest.count == ScoreComparison.listCount)
    #expect(comparison.largest.first?.text == changes[0].text)
    #expect(comparison == ScoreComparison(scorer: "old/1", changes: changes.reversed()))
  }

  // MARK: Gathering

  @Test func `scores of unknown units and of no numbers are left out and counted`() throws {
    var rescoring = Rescoring(scorer: "new/1", units: [unit])
    let other = UnitID(rawValue: "m/9/mlp/9")
    func note(_ unit: UnitID, _ text: String, _ value: Double, _ scorer: String?) throws {
      rescoring.note(
        EarlierScore(unit: unit, text: try self.text(text), value: value, scorer: scorer))
    }
    try note(other, "a", 5, "old/1")
    try note(other, "b", 5, "old/1")
    try note(unit, "c", .nan, "old/1")
    try note(unit, "d", .infinity, nil)
    rescoring.noteOtherCampaign()
    #expect(rescoring.missing.isEmpty)
    let report = rescoring.report
    #expect(report.comparisons.isEmpty && report.scoredCount == 0 && report.presentCount == 0)
    #expect(report.leftOut.unknownUnits == [other: 2])
    #expect(report.leftOut.unreadableCount == 2 && report.leftOut.otherCampaignCount == 1)
    #expect(report.lines.contains { $0.contains("m/9/mlp/9, which the campaign doesn't have") })
    #expect(report.lines.contains("there is no earlier score to compare with"))
  }

  @Test func `a text is scored once, whoever and how many scored it before`() throws {
    var rescoring = Rescoring(scorer: "new/1", units: [unit])
    for scorer in ["old/1", nil, "older/3", "old/1"] as [String?] {
      rescoring.note(EarlierScore(unit: unit, text: try text("a"), value: 20, scorer: scorer))
    }
    rescoring.note(EarlierScore(unit: unit, text: try text("b"), value: 1, scorer: "new/1"))
    #expect(rescoring.missing.map(\.text) == [try text("a")])
    let new = Score(value: 65, low: 60, high: 70, cap: nil, scorer: "new/1")
    for entry in rescoring.missing { rescoring.take(new, of: entry) }
    // What has a score of the present scorer is not given another one.
    rescoring.take(new, of: .init(unit: unit, text: try text("b")))
    let report = rescoring.report
    #expect(report.scoredCount == 1 && report.presentCount == 1)
    #expect(report.comparisons.map(\.scorer) == [nil, "old/1", "older/3"])
    #expect(report.comparisons.allSatisfy { $0.count == 1 && $0.meanRise == 45 })
    let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
    #expect(json.contains("\"scorer\":\"older\\/3\"") && json.contains("\"meanRise\":45"))
  }

  // MARK: Campaigns

  @Test func `a campaign keeps each earlier score beside the new one, in its file too`() throws {
    let first = try rescored(campaign, "old/1")
    let count = campaign.units.reduce(0) { $0 + $1.explanations.count }
    #expect(first.report.scoredCount == count && first.report.comparisons.isEmpty)
    let second = try rescored(first.campaign, "new/1")
    #expect(second.report.scoredCount == count && second.report.presentCount == 0)
    #expect(second.report.comparisons.map(\.scorer) == ["old/1"])
    #expect(second.report.comparisons.first?.count == count)
    let again = try CampaignFile.decode(
      CampaignFile.encode(
        info: second.campaign.info, units: second.campaign.units, baseline: campaign.baseline),
      path: "")
    for (old, new) in zip(first.campaign.units, again.units) {
      for (before, after) in zip(old.explanations, new.explanations) {
        #expect(after.explanation == before.explanation && after.score?.scorer == "new/1")
        #expect(after.earlierScores == [before.score].compactMap { $0 })
      }
      #expect(new.pairs == old.pairs && new.clues == old.clues && new.heldOut == old.heldOut)
    }
  }

  @Test func `scoring twice changes nothing, and going back takes the score that was kept`() throws
  {
    let first = try rescored(campaign, "old/1").campaign
    let second = try rescored(first, "new/1").campaign
    let twice = try rescored(second, "new/1")
    #expect(twice.campaign.contentHash == second.contentHash)
    #expect(twice.report.scoredCount == 0)
    // A scorer that can't score any more is not asked for what is known.
    let back = try CampaignRescore(
      campaign: second, scorer: NamedScorer(name: "old/1", failure: .engine("gone"))
    ).run().campaign
    for (old, new) in zip(first.units, back.units) {
      #expect(new.explanations.map(\.score) == old.explanations.map(\.score))
      #expect(new.explanations.allSatisfy { $0.earlierScores.map(\.scorer) == ["new/1"] })
    }
  }

  @Test func `a file without earlier scores is written as it always was`() throws {
    let stored = try JSONEncoder().encode(StoredWords(campaign.units[0]))
    #expect(!String(decoding: stored, as: UTF8.self).contains("earlierScores"))
  }

  @Test func `a scorer that fails ends it with the reason; an empty campaign is no failure`() throws
  {
    #expect(throws: CampaignError.model(.engine("out of order"))) {
      try CampaignRescore(
        campaign: campaign, scorer: ScriptedScorer(failure: .engine("out of order"))
      ).run()
    }
    let empty = try rescored(ScriptedCampaign.make(unitCount: 0), "new/1")
    #expect(empty.report.lines.contains("there is no earlier score to compare with"))
  }
}
