import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct CampaignBuilderTests {
  private func plan(_ corpus: ToyCorpus, seed: UInt64 = 3) -> CampaignPlan {
    var plan = CampaignPlan(
      id: CampaignID(rawValue: "toy"), title: "Toy", corpusFolder: corpus.folder,
      workFolder: corpus.workFolder, layers: [0, 1, 2], seed: seed, unitCount: 8,
      reserved: [CampaignPlan.Neuron(layer: 1, neuron: 2)],
      startedAt: Timestamp(millisecondsSinceEpoch: 1_000))
    plan.surveyTokenCount = 8_000
    plan.candidateCount = 20
    plan.shardExcerptCount = 50
    return plan
  }

  private func build(_ plan: CampaignPlan, model: ToyModel = ToyModel()) throws -> Campaign {
    try CampaignBuilder(plan: plan, model: model, embedder: ToyEmbedder()).build()
  }

  private func build(
    _ corpus: ToyCorpus, seed: UInt64 = 3, model: ToyModel = ToyModel()
  ) throws -> Campaign {
    // The folder goes when the corpus does.
    try withExtendedLifetime(corpus) { try build(plan(corpus, seed: seed), model: model) }
  }

  @Test func `the same corpus and seed give the same campaign, another seed another one`() throws {
    let first = try build(ToyCorpus())
    #expect(try build(ToyCorpus()).contentHash == first.contentHash)
    #expect(try build(ToyCorpus(), seed: 4).contentHash != first.contentHash)
  }

  @Test(arguments: [1, 9, 30, 40])
  func `a build that is stopped and taken up again ends the same`(captures: Int) throws {
    let whole = try build(ToyCorpus())
    let corpus = try ToyCorpus()
    #expect(throws: CampaignError.model(.engine("out of order"))) {
      try build(corpus, model: ToyModel(captureCountMax: captures))
    }
    var later = plan(corpus)
    later.startedAt = Timestamp(millisecondsSinceEpoch: 99_000)
    let resumed = try withExtendedLifetime(corpus) { try build(later) }
    #expect(resumed.contentHash == whole.contentHash)
    #expect(resumed.info.builtAt == Timestamp(millisecondsSinceEpoch: 1_000))
  }

  @Test func `units have full pools that share no text, and reserved units are left out`() throws {
    let campaign = try build(ToyCorpus())
    #expect(campaign.units.count >= 4)
    #expect(!campaign.units.contains { $0.id.rawValue == "toy/1/mlp/2" })
    for unit in campaign.units {
      try PoolRules.check(unit)
      #expect(unit.polarity == ((unit.id.parts?.index ?? 0) % 2 == 0 ? .positive : .negative))
      #expect(unit.neighbours.count == 6)
    }
  }

  @Test func `who names neurons gets those, the same units as when they are found`() throws {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    let found = try build(plan(corpus)).units
    let wanted = try found.dropFirst().prefix(3).map { unit in
      let parts = try #require(unit.id.parts)
      return CampaignPlan.Neuron(layer: parts.layer, neuron: parts.index)
    }
    var named = plan(corpus)
    named.only = wanted + named.reserved
    let units = try build(named).units
    #expect(units.map(\.id) == found.dropFirst().prefix(3).map(\.id))
    #expect(units.map(\.polarity) == found.dropFirst().prefix(3).map(\.polarity))
    for unit in units { try PoolRules.check(unit) }
  }

  @Test func `neurons that are nowhere to be found are told, and so is a list of reserved ones`()
    throws
  {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    var plan = plan(corpus)
    plan.only = [
      .init(layer: 1, neuron: 3), .init(layer: 1, neuron: 1_000), .init(layer: 7, neuron: 0),
    ]
    #expect {
      try build(plan)
    } throws: { error in
      "\(error)".contains("2 of the neurons") && "\(error)".contains("neuron 1000 of layer 1")
    }
    plan.only = plan.reserved
    #expect(throws: CampaignError.build("all neurons that are wanted are reserved")) {
      try build(plan)
    }
    plan.only = [.init(layer: 1, neuron: 3)]
    plan.kinds = [.head]
    #expect(throws: CampaignError.self) { try build(plan) }
  }

  @Test(arguments: [
    UnitKind.mlp, .head, .feature(dictionary: "toy"), .residual(directions: "truth"),
  ])
  func `units of every kind are found, each by its own name`(kind: UnitKind) throws {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    var plan = plan(corpus)
    plan.layers = [1]
    plan.kinds = [kind]
    plan.reserved = []
    let campaign = try build(plan)
    #expect(campaign.units.count >= 2)
    for unit in campaign.units {
      #expect(unit.id.parts?.kind == kind)
      try PoolRules.check(unit)
      if kind.isNonNegative { #expect(unit.polarity == .positive) }
      #expect((unit.rest > 0) == (kind == .head))
      #expect(kind == .head ? unit.promoted.isEmpty : unit.promoted.count == 10)
      let byWeights = unit.neighbours.filter { $0.relation == .weights }
      #expect(byWeights.allSatisfy { $0.unit.parts?.kind == kind })
      #expect(byWeights.isEmpty == (kind == .head))
      #expect(unit.id.rawValue != "toy/1/feature:toy/11", "it never fires")
    }
    #expect(CampaignVerifier().findings(in: campaign) == [])
    let again = try CampaignVerifier().rerun(campaign, on: ToyModel(), units: 99, seed: 1)
    #expect(again.findings == [])
    #expect(again.unitCount == campaign.units.count)
  }

  @Test func `kinds are mixed, and what is after the last block can be read`() throws {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    var plan = plan(corpus)
    plan.kinds = [.mlp, .head]
    let mixed = try build(plan)
    #expect(Set(mixed.units.map(\.id)).count == mixed.units.count)
    #expect(mixed.units.count >= 4)
    let counts = [UnitKind.mlp, .head].map { kind in
      mixed.units.count { $0.id.parts?.kind == kind }
    }
    #expect(counts.reduce(0, +) == mixed.units.count)
    #expect(counts.allSatisfy { $0 >= 1 }, "\(counts)")
    plan.layers = [3]
    plan.kinds = [.residual(directions: "truth")]
    #expect(try build(plan).units.isEmpty == false)
  }

  @Test func `what is never silent fires above its usual level alone`() throws {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    var plan = plan(corpus)
    plan.kinds = [.head]
    for unit in try build(plan).units {
      // The toy's heads do 3 on every token.
      #expect(unit.rest > 3)
      #expect(unit.density > 0 && unit.density < 0.5)
      let shown = unit.clues.flatMap(\.excerpt.activations)
      #expect(shown.contains(0) && shown.allSatisfy { $0 >= 0 })
    }
  }

  @Test func `kinds take turns, the best of each first`() {
    let ranked = [
      UnitKind.mlp, .mlp, .feature(dictionary: "a"), .mlp, .head, .feature(dictionary: "a"),
    ].enumerated().map { $0 }
    #expect(ranked.inTurns { $0.element }.map(\.offset) == [0, 2, 4, 1, 5, 3])
    #expect(ranked.filter { $0.element == .mlp }.inTurns { $0.element }.map(\.offset) == [0, 1, 3])
    #expect([UnitKind]().inTurns { $0 } == [])
  }

  @Test func `near misses hold the words of the peaks and leave the unit silent`() throws {
    let campaign = try build(ToyCorpus())
    for unit in campaign.units {
      for held in unit.heldOut where held.excerpt.kind == .nearMiss {
        #expect((held.excerpt.activations.max() ?? 9) < 0.2 * unit.top20MeanPeak)
      }
    }
  }

  @Test func `what can't be built is refused with a reason`() throws {
    let corpus = try ToyCorpus()
    defer { withExtendedLifetime(corpus) {} }
    var wrong = plan(corpus)
    wrong.layers = [7]
    #expect(throws: CampaignError.self) { try build(wrong) }
    wrong.layers = [1]
    for kinds: [UnitKind] in [[], [.mlp, .mlp], [.feature(dictionary: "none")]] {
      wrong.kinds = kinds
      #expect(throws: CampaignError.self) { try build(wrong) }
    }
    var missing = plan(corpus)
    missing.corpusFolder = corpus.folder + "/nowhere"
    #expect(throws: CampaignError.self) { try build(missing) }
    let small = try ToyCorpus(documentCount: 1, sentenceCount: 5)
    #expect(throws: CampaignError.self) { try build(small) }
  }
}
