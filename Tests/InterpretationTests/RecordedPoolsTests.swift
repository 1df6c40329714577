import ArenaTypes
import Interpretation
import Testing

@Suite struct RecordedPoolsTests {
  private struct Drawn {
    var units: [RecordedUnit] = []
    var texts: [RecordedText] = []
  }

  private func draw(_ corpus: ToyCorpus, model: ToyModel = ToyModel()) throws -> Drawn {
    var plan = CampaignPlan(
      id: CampaignID(rawValue: "toy"), title: "Toy", corpusFolder: corpus.folder,
      workFolder: corpus.workFolder, layers: [0, 1, 2], seed: 3, unitCount: 15,
      reserved: [CampaignPlan.Neuron(layer: 1, neuron: 2)],
      startedAt: Timestamp(millisecondsSinceEpoch: 1_000))
    plan.surveyTokenCount = 8_000
    plan.candidateCount = 15
    plan.shardExcerptCount = 50
    var drawn = Drawn()
    drawn.texts = try withExtendedLifetime(corpus) {
      try CampaignBuilder(plan: plan, model: model, embedder: ToyEmbedder())
        .drawPools { drawn.units.append($0) }
    }
    return drawn
  }

  @Test func `units come evenly from all layers, without the reserved ones`() throws {
    let drawn = try draw(ToyCorpus())
    #expect(Set(drawn.units.map(\.layer)) == [0, 1, 2])
    for layer in 0..<3 { #expect(drawn.units.count { $0.layer == layer } <= 5) }
    #expect(!drawn.units.contains { $0.layer == 1 && $0.neuron == 2 })
    for unit in drawn.units { #expect(unit.sign == (unit.neuron.isMultiple(of: 2) ? 1 : -1)) }
  }

  @Test func `no text is in two pools, and only some near misses are seen`() throws {
    let drawn = try draw(ToyCorpus())
    for unit in drawn.units {
      #expect(Set(unit.excerpts.map(\.text)).count == unit.excerpts.count)
      for (pool, kind, count) in [
        ("clue", "top", 10), ("clue", "quantile", 4), ("clue", "nearMiss", 4),
        ("heldOut", "top", 10), ("heldOut", "quantile", 10), ("heldOut", "random", 10),
        ("heldOut", "nearMiss", 10), ("reveal", "top", 5), ("reveal", "nearMiss", 0),
      ] {
        #expect(unit.excerpts.count { $0.pool == pool && $0.kind == kind } == count)
      }
      for excerpt in unit.excerpts where excerpt.kind == "nearMiss" {
        let peak = Float(excerpt.activations.max() ?? 127) / 127 * excerpt.scale
        #expect(peak < 0.2 * unit.top20MeanPeak)
      }
    }
  }

  @Test func `excerpts have one activation a token of their text`() throws {
    let drawn = try draw(ToyCorpus())
    for excerpt in drawn.units.flatMap(\.excerpts) {
      let text = drawn.texts[excerpt.text]
      #expect(text.tokens.count == excerpt.activations.count)
      #expect(text.tokenIDs.count == excerpt.activations.count)
      #expect(text.source == "Tales")
    }
  }

  @Test func `moments are those of the recorded activations`() throws {
    let drawn = try draw(ToyCorpus())
    for unit in drawn.units {
      #expect(unit.deviation > abs(unit.mean) / 4)
      #expect(unit.thousandth > unit.top20MeanPeak * 0.8)
      #expect(unit.thousandth <= unit.top20MeanPeak * 1.05)
      // A topic is about one word in eighteen.
      #expect((0.002...0.1).contains(unit.density))
    }
  }

  @Test func `a run that is stopped goes on and ends the same`() throws {
    let whole = try draw(ToyCorpus())
    let corpus = try ToyCorpus()
    #expect(throws: InterpretationError.engine("out of order")) {
      try draw(corpus, model: ToyModel(captureCountMax: 20))
    }
    let resumed = try draw(corpus)
    #expect(resumed.units.map(\.neuron) == whole.units.map(\.neuron))
    #expect(
      resumed.units.map { $0.excerpts.map(\.text) } == whole.units.map { $0.excerpts.map(\.text) })
  }
}
