import ArenaTypes
import Interpretation
import Testing

/// The scorer and the probe on the real models and the shipped campaign.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct GenWindowScorerTests {
  private func scorer() throws -> GenWindowScorer {
    try GenWindowScorer(
      campaign: #require(RealModels.campaign), models: #require(RealModels.shared))
  }

  /// Units spread over the campaign with an explanation that readers preferred.
  private func sample(_ campaign: Campaign, count: Int) throws -> [(UnitID, ExplanationText)] {
    let known = campaign.units.compactMap { unit -> (UnitID, ExplanationText)? in
      let better = unit.pairs.compactMap(\.better).first
      let text = unit.explanations.first { $0.explanation.id == better }
      return text.map { (unit.id, $0.explanation.text) }
    }
    try #require(known.count >= count)
    return (0..<count).map { known[$0 * known.count / count] }
  }

  @Test func `explanations of a unit beat those of other units`() throws {
    let scorer = try scorer()
    let campaign = try #require(RealModels.campaign)
    let sample = try sample(campaign, count: 10)
    var own = 0.0
    var others = 0.0
    for (unit, text) in sample {
      let scores = try scorer.scores(text, units: sample.map(\.0))
      for (other, score) in zip(sample, scores) {
        if other.0 == unit { own += score.value / 10 } else { others += score.value / 90 }
      }
    }
    #expect(own > others + 25, "own \(own), others \(others)")
  }

  @Test func `a score is the same each time, within its interval`() throws {
    let scorer = try scorer()
    let campaign = try #require(RealModels.campaign)
    let unit = campaign.units[3]
    let stored = try #require(unit.explanations.first)
    let again = try scorer.score(stored.explanation.text, unit: unit.id)
    #expect(try scorer.score(stored.explanation.text, unit: unit.id) == again)
    #expect(again.low <= again.value && again.value <= again.high)
    #expect((0...100).contains(again.low) && (0...100).contains(again.high))
  }

  @Test func `a mere list of peak words is capped, unless the unit is lexical`() throws {
    let scorer = try scorer()
    let campaign = try #require(RealModels.campaign)
    var seenCap = false
    var seenLexical = false
    for unit in campaign.units where unit.peakWords.count >= 4 && !(seenCap && seenLexical) {
      if unit.isLexical ? seenLexical : seenCap { continue }
      guard let text = try? ExplanationText(unit.peakWords.prefix(4).joined(separator: ", ")),
        TextChecks().isPeakWordList(text, peakWords: unit.peakWords)
      else { continue }
      let score = try scorer.score(text, unit: unit.id)
      if unit.isLexical {
        seenLexical = true
        #expect(score.cap == nil)
      } else {
        seenCap = true
        #expect(score.cap == .peakWordList)
        #expect(score.value <= 49 && score.high <= 49)
      }
    }
    #expect(seenCap)
  }

  @Test func `several meanings count as the best of them`() throws {
    let scorer = try scorer()
    let campaign = try #require(RealModels.campaign)
    let (unit, text) = try sample(campaign, count: 5)[2]
    let other = try ExplanationText("\(text.meanings[0]) | the price of fish in a small town")
    let alone = try scorer.score(text, unit: unit).value
    let joined = try scorer.score(other, unit: unit).value
    #expect(abs(alone - joined) < 35)
  }

  @Test func `predictions are highest where the unit fires`() throws {
    let scorer = try scorer()
    let campaign = try #require(RealModels.campaign)
    var atPeaks: Float = 0
    var elsewhere: Float = 0
    for (id, text) in try sample(campaign, count: 6) {
      let reveals = try #require(campaign.unit(id)).reveals.prefix(2).map(\.excerpt)
      let predictions = try scorer.predict(text, unit: id, on: reveals)
      for (excerpt, values) in zip(reveals, predictions) {
        #expect(values.count == excerpt.tokens.count)
        #expect(values.allSatisfy { (0...1).contains($0) })
        let peak = excerpt.peak ?? 0
        atPeaks += values[max(0, peak - 1)...min(values.count - 1, peak + 1)].max() ?? 0
        elsewhere += values.reduce(0, +) / Float(values.count)
      }
    }
    #expect(atPeaks > 1.3 * elsewhere, "\(atPeaks) against \(elsewhere)")
  }

  /// The campaign with tokens numbered anew, as an imported one has them.
  private func foreign(_ campaign: Campaign) -> Campaign {
    func renumbered(_ excerpt: Excerpt) -> Excerpt {
      Excerpt(
        id: excerpt.id, kind: excerpt.kind, source: excerpt.source,
        tokenIDs: excerpt.tokenIDs.map { 1_000_000 - $0 }, tokens: excerpt.tokens,
        activations: excerpt.activations, isExplicit: excerpt.isExplicit)
    }
    let units = campaign.units.map { unit in
      CampaignUnit(
        id: unit.id, polarity: unit.polarity, density: unit.density,
        top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
        clues: unit.clues.map { ClueExcerpt(renumbered($0.excerpt)) },
        heldOut: unit.heldOut.map {
          HeldOutExcerpt(renumbered($0.excerpt), settlesContests: $0.settlesContests)
        },
        reveals: unit.reveals.map { RevealExcerpt(renumbered($0.excerpt)) },
        peakWords: unit.peakWords, promoted: [], suppressed: [], neighbours: [],
        explanations: unit.explanations, pairs: unit.pairs, scoring: unit.scoring)
    }
    let info = CampaignInfo(
      id: campaign.info.id, title: "Foreign", model: "other", modelDigest: "",
      architecture: "not at hand", layers: campaign.info.layers, sources: [], seed: 1,
      builtAt: campaign.info.builtAt, importedFrom: "a test")
    return Campaign(
      info: info, contentHash: "", units: units, baseline: campaign.baseline)
  }

  @Test func `tokens of another model are matched by their texts`() throws {
    let campaign = try #require(RealModels.campaign)
    let models = try #require(RealModels.shared)
    let (own, matched) = (
      try scorer(), try GenWindowScorer(campaign: foreign(campaign), models: models)
    )
    #expect(own.name == "gen-window/1")
    #expect(matched.name == "gen-window/1-matched")
    for (unit, text) in try sample(campaign, count: 5) {
      let (left, right) = (
        try own.score(text, unit: unit).value, try matched.score(text, unit: unit).value
      )
      // Only tokens that are part of a character lose their match.
      #expect(abs(left - right) < 3, "\(unit): \(left) and \(right)")
    }
    #expect(throws: InterpretationError.self) {
      try ModelProbe(campaign: foreign(campaign), subject: models.subject)
    }
  }

  @Test func `the probe reads what the campaign recorded`() throws {
    let campaign = try #require(RealModels.campaign)
    let probe = try ModelProbe(campaign: campaign, subject: #require(RealModels.shared).subject)
    for unit in [campaign.units[0], campaign.units[campaign.units.count - 1]] {
      let clue = try #require(unit.clues.first?.excerpt)
      let text = clue.tokens.joined()
      let probed = try probe.activations(of: text, unit: unit.id, tokenCountMax: 64)
      #expect(probed.tokens.joined() == text)
      if probed.tokenIDs == clue.tokenIDs {
        let scale = clue.activations.map(abs).max() ?? 0
        for (left, right) in zip(probed.activations, clue.activations) {
          #expect(abs(left - right) <= scale * 0.02)
        }
      }
    }
    let unit = campaign.units[0].id
    #expect(throws: InterpretationError.emptyText) {
      try probe.activations(of: "", unit: unit, tokenCountMax: 24)
    }
    #expect(throws: InterpretationError.self) {
      try probe.activations(
        of: String(repeating: "word ", count: 40), unit: unit, tokenCountMax: 24)
    }
    #expect(throws: InterpretationError.unknownUnit(UnitID(rawValue: "x/1/mlp/1"))) {
      try probe.activations(of: "a", unit: UnitID(rawValue: "x/1/mlp/1"), tokenCountMax: 24)
    }
  }
}
