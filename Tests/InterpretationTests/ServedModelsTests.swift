import ArenaTypes
import Dispatch
import Interpretation
import Testing
import TransformerEngine

/// The scorer and the probe over a queue, on the real models and the shipped campaign.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct ServedModelsTests {
  @Test func `scores and activations don't depend on whose passes they share`() throws {
    let models = try #require(RealModels.shared)
    let campaign = try #require(RealModels.campaign)
    let texts = ["names of storms and winds", "verbs of going", "kings; queens and princes"]
    let units = [campaign.units[3].id, campaign.units[40].id, campaign.units[70].id]
    let questions = try zip(texts, units).map { (try ExplanationText($0), $1) }
    let alone = try GenWindowScorer(campaign: campaign, models: models)
    let expected = try questions.map { try alone.score($0.0, unit: $0.1) }
    let probe = try ModelProbe(campaign: campaign, subject: models.subject)
    let activations = try probe.activations(
      of: "A storm at sea", unit: units[0], tokenCountMax: 24)

    let queue = models.makeQueue()
    defer { queue.stop() }
    let served = models.served(by: queue)
    let scorer = try GenWindowScorer(campaign: campaign, models: served)
    let servedProbe = try ModelProbe(campaign: campaign, subject: served.subject)
    let found = Locked<[Int: Score]>([:])
    let group = DispatchGroup()
    let terms = InferenceTerms(priority: .urgent, patience: .milliseconds(300))
    for (index, question) in questions.enumerated() {
      DispatchQueue(label: "caller").async(group: group) {
        let score = InferenceTerms.withCurrent(terms) {
          try? scorer.score(question.0, unit: question.1)
        }
        found.withLock { $0[index] = score }
      }
    }
    let probed = try servedProbe.activations(
      of: "A storm at sea", unit: units[0], tokenCountMax: 24)
    group.wait()
    for (index, expected) in expected.enumerated() {
      let score = try #require(found.withLock { $0[index] })
      // Scores are given in tenths of a point.
      #expect(abs(score.value - expected.value) < 0.15)
      #expect(abs(score.low - expected.low) < 0.15 && abs(score.high - expected.high) < 0.15)
    }
    #expect(probed.tokenIDs == activations.tokenIDs)
    for (found, expected) in zip(probed.activations, activations.activations) {
      #expect(abs(found - expected) < 1e-4)
    }
    let counters = queue.counters
    #expect(counters.sharedPassCount > 0)
    #expect(counters.prefixMissCount == 2 && counters.prefixHitCount > 0)
  }

  @Test func `a cancelled score says so instead of giving a number`() throws {
    let models = try #require(RealModels.shared)
    let campaign = try #require(RealModels.campaign)
    let queue = models.makeQueue()
    defer { queue.stop() }
    let scorer = try GenWindowScorer(campaign: campaign, models: models.served(by: queue))
    let handle = InferenceHandle()
    handle.cancel()
    let text = try ExplanationText("names of storms")
    InferenceTerms.withCurrent(InferenceTerms(handle: handle)) {
      let error = #expect(throws: InterpretationError.self) {
        try scorer.score(text, unit: campaign.units[0].id)
      }
      #expect(error == .engine(InferenceRefusal.cancelled.description))
    }
    #expect(queue.counters.passCount == 0)
  }
}
