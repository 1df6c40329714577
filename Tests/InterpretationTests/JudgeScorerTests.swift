import ArenaTypes
import FoundationEssentials
import Testing
import TransformerEngine

@testable import Interpretation

/// The trained judge: what it computes beside PyTorch, and the scores that are made of it.
///
/// `Fixtures/judge/judge-fixture.json` is made by `Tests/Training/judge/export.py`, `judge-scores.json`
/// by `score_fixture.py`.
@Suite(.enabled(if: RealModels.judging != nil, "needs the models: make models"), .serialized)
struct JudgeScorerTests {
  private struct LogitCase: Decodable {
    let explanation: String
    let tokens: [String]
    let window: [Int]
    let pieces: [Int]
    let logits: [Float]
  }

  private struct UnitCase: Decodable {
    struct Text: Decodable {
      let kind: String
      let tokens: [String]
      let activations: [Float]
    }
    let unit: String
    let usualPeak: Float
    let excerpts: [Text]
    let windows: [[Int]]
    let texts: [String]
    let correlations: [Double]
  }

  private static func fixture<Value: Decodable>(_ name: String) throws -> Value {
    let path = Repository.path("Tests/InterpretationTests/Fixtures/judge/" + name)
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private func models() throws -> InterpretationModels { try #require(RealModels.judging) }

  private func judge() throws -> Judge { try #require(try models().judge) }

  private static func excerpt(
    _ name: String, _ tokens: [String], _ activations: [Float], kind: Excerpt.Kind = .top
  ) -> Excerpt {
    Excerpt(
      id: ExcerptID(rawValue: name), kind: kind, source: "", tokenIDs: tokens.map { _ in 0 },
      tokens: tokens, activations: activations, isExplicit: false)
  }

  // MARK: Beside PyTorch

  @Test func `logits of the trained judge are PyTorch's`() throws {
    let judge = try judge()
    let cases: [LogitCase] = try Self.fixture("judge-fixture.json")
    #expect(cases.count >= 6)
    for reference in cases {
      let excerpt = JudgeExcerpt(reference.tokens, tokenizer: judge.tokenizer)
      // Windows of the fixture were laid in PyTorch; find the center that gives the same.
      let windows = reference.tokens.indices.map {
        JudgeWindow(
          excerpt, around: $0, piecesBefore: judge.configuration.piecesBefore,
          piecesAfter: judge.configuration.piecesAfter)
      }
      let window = try #require(
        windows.first {
          [$0.tokens.lowerBound, $0.tokens.upperBound] == reference.window
        })
      #expect([window.pieces.lowerBound, window.pieces.upperBound] == reference.pieces)
      let logits = try judge.logits(
        of: judge.questions([reference.explanation]), on: judge.read([window]))[0]
      #expect(logits.count == reference.logits.count)
      let worst = zip(logits, reference.logits).map { abs($0 - $1) }.max() ?? 1
      #expect(worst < 1e-3, "\(worst) off: \(reference.explanation)")
    }
  }

  @Test func `windows and correlations of labelled units are PyTorch's`() throws {
    let judge = try judge()
    let cases: [UnitCase] = try Self.fixture("judge-scores.json")
    #expect(cases.count >= 3)
    for reference in cases {
      let excerpts = reference.excerpts.enumerated().map {
        Self.excerpt("\($0)", $1.tokens, $1.activations)
      }
      let unit = try JudgedUnit(excerpts, usualPeak: reference.usualPeak, judge: judge)
      #expect(
        unit.windows.map { [$0.window.tokens.lowerBound, $0.window.tokens.upperBound] }
          == reference.windows)
      for (raw, expected) in zip(reference.texts, reference.correlations) {
        let questions = try judge.questions(ExplanationText(raw).meanings)
        let logits = try judge.logits(of: questions, on: unit.windows)
        let r = unit.evidence(logits, of: excerpts.count, by: judge.readout).reduce(
          CorrelationSums(), +
        ).correlation
        #expect(abs(r - expected) < 1e-3, "\(r) for \(expected): \(raw)")
      }
    }
  }

  // MARK: Scores

  @Test func `a score is the mixture of its parts, the same each time and in any company`() throws {
    let campaign = try #require(RealModels.campaign)
    let models = try models()
    let scorer = try JudgeScorer(campaign: campaign, models: models)
    let alone = try JudgeScorer(campaign: campaign, models: models, isAlone: true)
    let formula = try GenWindowScorer(campaign: campaign, models: models)
    let units = [campaign.units[3], campaign.units[40]]
    let text = try #require(units[0].explanations.first { $0.role == .intended }).explanation.text
    let mixture = try #require(try judge().mixture)
    let readout = try judge().readout
    let made = try scorer.partedScores(text, units: units.map(\.id))
    let other = try JudgeScorer(campaign: campaign, models: models, readingByteCountMax: 0)
    let byFormula = try formula.partedScores(text, units: units.map(\.id))
    let byJudge = try alone.partedScores(text, units: units.map(\.id))
    for (index, unit) in units.enumerated() {
      let parts = try #require(made[index].parts)
      let (r, s) = (try #require(parts.correlation), try #require(parts.formula))
      #expect(try abs(s - #require(byFormula[index].parts?.formula)) < 1e-4)
      #expect(byJudge[index].parts?.correlation == r)
      let score = made[index].score
      if score.cap == nil {
        #expect(abs(score.value - mixture.score(correlation: r, formula: s)) <= 0.051)
        let expected = 100 * logistic((r - readout.center) / readout.width)
        #expect(abs(byJudge[index].score.value - expected) <= 0.051)
      }
      #expect(score.low <= score.value && score.value <= score.high)
      #expect((0...100).contains(score.low) && (0...100).contains(score.high))
      // Read anew, and one by one.
      #expect(try other.score(text, unit: unit.id) == score)
    }
    let version = try judge().version
    #expect(scorer.name == "judge/\(version)" && alone.name == "judge-alone/\(version)")
    let provisional = try #require(try scorer.provisionalScore(text, unit: units[0].id))
    #expect(provisional.scorer == "judge/\(version)-provisional")
    #expect((provisional.low...provisional.high).contains(provisional.value))
  }

  @Test func `the scores of the shipped campaign are what comes out here too`() throws {
    let campaign = try #require(RealModels.campaign)
    let scorer = try JudgeScorer(campaign: campaign, models: models())
    for unit in [campaign.units[3], campaign.units[200]] {
      let stored = try #require(unit.explanations.first)
      let again = try scorer.score(stored.explanation.text, unit: unit.id)
      #expect(again.scorer == stored.score?.scorer)
      #expect(abs(again.value - (stored.score?.value ?? -1)) <= 0.2)
    }
  }

  @Test func `an explanation's own unit gets most`() throws {
    let campaign = try #require(RealModels.campaign)
    let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
    let units = (0..<6).map { campaign.units[$0 * campaign.units.count / 6] }
    var wins = 0.0
    for unit in units {
      let text = try #require(unit.explanations.first { $0.role == .intended }).explanation.text
      let values = try scorer.scores(text, units: units.map(\.id)).map(\.value)
      let own = try #require(zip(units, values).first { $0.0.id == unit.id }).1
      wins += Double(values.count { $0 < own }) / Double(units.count - 1) / Double(units.count)
    }
    #expect(wins > 0.75, "\(wins)")
  }

  @Test func `a mere list of peak words is capped`() throws {
    let campaign = try #require(RealModels.campaign)
    let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
    let unit = try #require(
      campaign.units.first { unit in
        guard !unit.isLexical, unit.peakWords.count >= 4,
          let text = try? ExplanationText(unit.peakWords.prefix(4).joined(separator: ", "))
        else { return false }
        return TextChecks().isPeakWordList(text, peakWords: unit.peakWords)
      })
    let text = try ExplanationText(unit.peakWords.prefix(4).joined(separator: ", "))
    let score = try scorer.score(text, unit: unit.id)
    #expect(score.cap == .peakWordList && score.value <= 49 && score.high <= 49)
  }

  // MARK: Predictions

  @Test func `every token is predicted, in whatever company`() throws {
    let campaign = try #require(RealModels.campaign)
    let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
    let unit = campaign.units[3]
    let text = try #require(unit.explanations.first { $0.role == .intended }).explanation.text
    let excerpts = unit.reveals.prefix(2).map(\.excerpt)
    let together = try scorer.predict(text, unit: unit.id, on: excerpts)
    #expect(together.map(\.count) == excerpts.map(\.tokens.count))
    #expect(together.joined().allSatisfy { (0...1).contains($0) })
    #expect(Set(together.joined()).count > excerpts[0].tokens.count / 2)
    let single = try scorer.predict(text, unit: unit.id, on: [excerpts[1]])
    #expect(single[0] == together[1])
    #expect(try scorer.predict(text, unit: unit.id, on: []) == [])
  }

  @Test func `windows lie so that each token has context on both sides`() throws {
    let judge = try judge()
    let texts = [
      (0..<64).map { " word\($0)" }, (0..<64).map { _ in " a" }, ["one"], [" ", "two"],
      (0..<20).map { $0.isMultiple(of: 2) ? " \n" : " antidisestablishmentarianism" },
    ]
    for tokens in texts {
      let cover = judge.cover(tokens)
      #expect(cover.owners.count == tokens.count)
      let spans = JudgeExcerpt(tokens, tokenizer: judge.tokenizer).spans
      for (token, owner) in cover.owners.enumerated() {
        let window = cover.windows[owner]
        #expect(window.tokens.contains(token))
        if tokens.count < 64 { continue }
        let before = spans[token].lowerBound - window.pieces.lowerBound
        let after = window.pieces.upperBound - 1 - spans[token].upperBound
        #expect(window.tokens.lowerBound == 0 || before >= 3, "\(token) of \(tokens.count)")
        #expect(
          window.tokens.upperBound == tokens.count || after >= 2, "\(token) of \(tokens.count)")
      }
    }
  }

  // MARK: What nobody meant to be read

  /// A campaign of one unit with these held-out excerpts.
  private func campaign(_ excerpts: [Excerpt], usualPeak: Float = 1) throws -> Campaign {
    let shipped = try #require(RealModels.campaign)
    let unit = shipped.units[0]
    return Campaign(
      info: shipped.info, contentHash: "",
      units: [
        CampaignUnit(
          id: unit.id, polarity: .positive, density: 0.1, top20MeanPeak: usualPeak,
          isLexical: false, clues: [],
          heldOut: excerpts.map { HeldOutExcerpt($0, settlesContests: false) }, reveals: [],
          peakWords: [], promoted: [], suppressed: [], neighbours: [], explanations: [], pairs: [],
          scoring: ScoringProfile(windows: [], meanWindow: []))
      ], baseline: shipped.baseline)
  }

  @Test func `excerpts of all sorts give numbers`() throws {
    let odd: [[String]] = [
      ["\u{200B}", "\u{200D}"], [" "], ["\u{FFFD}", "\u{FFFD}"], ["👩‍👩‍👧", " 🎉", "é"],
      (0..<256).map { " word\($0)" }, (0..<256).map { _ in "🎉" },
      [String(repeating: "x", count: 4_000)], [" ", "\n\n", "\t"],
    ]
    let excerpts = odd.enumerated().map { index, tokens in
      Self.excerpt(
        "\(index)", tokens, tokens.indices.map { Float($0 % 7) / 7 - 0.2 },
        kind: index.isMultiple(of: 2) ? .top : .random)
    }
    let campaign = try campaign(excerpts + [Self.excerpt("none", [], [])])
    let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
    let unit = campaign.units[0].id
    let texts = [
      "birds", "e" + String(repeating: "\u{301}", count: 80), "👩 🎉", "٣٤ ½ Ⅷ",
      "a | b | \"\" '' ``", "日本語 の 言葉",
    ]
    for raw in texts {
      let text = try ExplanationText(raw)
      let score = try scorer.score(text, unit: unit)
      #expect((0...100).contains(score.value), "\(score) for \(raw)")
      #expect(score.low <= score.value && score.value <= score.high)
      let predicted = try scorer.predict(text, unit: unit, on: campaign.units[0].scored)
      #expect(predicted.map(\.count) == campaign.units[0].scored.map(\.tokens.count))
      #expect(predicted.joined().allSatisfy { (0...1).contains($0) })
    }
  }

  @Test func `a unit that never changes says nothing`() throws {
    let tokens = ["The", " river", " runs", " on", "."]
    let constants: [Float] = [0, 0.5, -3]
    for constant in constants {
      let excerpts = (0..<4).map {
        Self.excerpt("\($0)", tokens, tokens.map { _ in constant }, kind: $0 < 2 ? .top : .random)
      }
      let campaign = try campaign(excerpts)
      let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
      let score = try scorer.score(ExplanationText("rivers"), unit: campaign.units[0].id)
      #expect(score.low == 0 && score.high == 100 && (0...100).contains(score.value))
      let nothing = try self.campaign(excerpts, usualPeak: 0)
      let scorerOfNothing = try JudgeScorer(campaign: nothing, models: models(), isAlone: true)
      #expect(
        try scorerOfNothing.score(ExplanationText("rivers"), unit: nothing.units[0].id).high == 100)
    }
    let none = try campaign([])
    let scorer = try JudgeScorer(campaign: none, models: models(), isAlone: true)
    let score = try scorer.score(ExplanationText("rivers"), unit: none.units[0].id)
    #expect(score.low == 0 && score.high == 100)
    #expect(try scorer.provisionalScore(ExplanationText("rivers"), unit: none.units[0].id) != nil)
    #expect(throws: InterpretationError.unknownUnit(UnitID(rawValue: "x/1/mlp/1"))) {
      try scorer.score(ExplanationText("rivers"), unit: UnitID(rawValue: "x/1/mlp/1"))
    }
  }

  @Test func `what is cancelled is not scored`() throws {
    let campaign = try #require(RealModels.campaign)
    let scorer = try JudgeScorer(campaign: campaign, models: models(), isAlone: true)
    let handle = InferenceHandle()
    handle.cancel()
    InferenceTerms.withCurrent(InferenceTerms(handle: handle)) {
      let error = #expect(throws: InterpretationError.self) {
        try scorer.score(ExplanationText("storms"), unit: campaign.units[0].id)
      }
      #expect(error == .engine(InferenceRefusal.cancelled.description))
    }
  }
}
