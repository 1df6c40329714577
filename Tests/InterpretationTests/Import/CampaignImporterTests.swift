import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite struct CampaignImporterTests {
  private func planned(_ paths: [String]) -> ImportPlan {
    ImportPlan(
      paths: paths, model: "gpt2-small", id: CampaignID(rawValue: "imported"), title: "Imported",
      startedAt: Timestamp(millisecondsSinceEpoch: 1_000))
  }

  private func run(_ plan: ImportPlan) throws -> (campaign: Campaign, report: ImportReport) {
    var importer = CampaignImporter(plan: plan, embedder: ToyEmbedder())
    return try importer.run()
  }

  private static let explanations = [
    "storm and rain", "father and mother", "hammer and saw", "iron and copper",
  ]

  /// The folder that OpenAI's files make, for neurons 0..<count of layer 6.
  private func openAI(count: Int) throws -> PublishedRecords {
    let files = try PublishedRecords()
    for neuron in 0..<count {
      let topic = neuron % 4
      try files.write(
        "collated-activations/6/\(neuron).json",
        files.openAINeuron(layer: 6, neuron: neuron, topic: topic))
      try files.write(
        "explanations/6/\(neuron).jsonl",
        files.openAIExplanations(
          layer: 6, neuron: neuron,
          [(" \(Self.explanations[topic]).", 0.1 * Double(neuron)), ("words in a text", nil)])
          + "\n")
    }
    return files
  }

  @Test func `neuron records and explanations become a campaign that keeps the rules`() throws {
    let files = try openAI(count: 6)
    let (campaign, report) = try run(planned([files.folder]))
    #expect(report.fileCount == 12)
    #expect(report.recordCount == 12)
    #expect(report.faultCount == 0)
    #expect(campaign.units.map(\.id.rawValue) == (0..<6).map { "gpt2-small/6/mlp/\($0)" })
    for unit in campaign.units {
      try PoolRules.check(unit)
      #expect(unit.polarity == .positive)
      #expect((0.001...0.1).contains(unit.density))
      let topic = ToyModel.topics[(unit.id.parts?.index ?? 0) % 4]
      #expect(unit.peakWords.allSatisfy(topic.contains))
      #expect(unit.explanations.contains { $0.sourceScore?.name == "ev_correlation_score" })
      #expect(!unit.scoring.windows.isEmpty)
    }
    #expect(campaign.info.importedFrom == "openai/automated-interpretability")
    #expect(!campaign.info.knowsModelFile)
    #expect(CampaignVerifier().findings(in: campaign) == [])
  }

  @Test func `each unit gets another one's explanation to choose against`() throws {
    let files = try openAI(count: 8)
    let (campaign, report) = try run(planned([files.folder]))
    let pairs = campaign.units.flatMap { unit in unit.pairs.map { (unit, $0) } }
    #expect(pairs.count >= 4)
    #expect(report.pairCount == pairs.count { $0.1.isInPlay })
    for (unit, pair) in pairs {
      let own = try #require(unit.explanations.first { $0.explanation.id == pair.better })
      let other = try #require(unit.explanations.first { $0.explanation.id == pair.worse })
      let topic = (unit.id.parts?.index ?? 0) % 4
      #expect(own.explanation.text.description == Self.explanations[topic])
      #expect(other.explanation.text != own.explanation.text)
      #expect(pair.verdicts.map(\.reader) == ["source"])
    }
    var alone = planned([files.folder])
    alone.makesPairs = false
    #expect(try run(alone).campaign.units.allSatisfy { $0.pairs.isEmpty })
  }

  @Test func `the same files and seed give the same campaign`() throws {
    let files = try openAI(count: 4)
    let first = try run(planned([files.folder])).campaign
    #expect(try run(planned([files.folder])).campaign.contentHash == first.contentHash)
    var other = planned([files.folder])
    other.seed = 2
    #expect(try run(other).campaign.contentHash != first.contentHash)
  }

  @Test func `of more units than wanted the best explained are taken, or a sample`() throws {
    let files = try openAI(count: 8)
    var best = planned([files.folder])
    best.unitCountMax = 3
    best.reserved = [UnitID(rawValue: "gpt2-small/6/mlp/6")]
    let (campaign, report) = try run(best)
    #expect(campaign.units.compactMap(\.id.parts?.index) == [4, 5, 7])
    #expect(report.reservedCount == 1)
    #expect(report.foundUnitCount == 8)
    best.order = .random
    let sample = try run(best).campaign.units.map(\.id)
    #expect(sample.count == 3)
    #expect(try run(best).campaign.units.map(\.id) == sample)
    best.layers = [5]
    #expect(throws: CampaignError.self) { try run(best) }
  }

  @Test func `a bad record ends the import with its place, or is skipped when asked`() throws {
    let files = try openAI(count: 3)
    let broken = try files.write(
      "collated-activations/6/1.json", "{\"neuron_id\": {\"layer_index\": 6}}")
    let cut = try files.write(
      "collated-activations/6/7.json",
      String(files.openAINeuron(layer: 6, neuron: 7, topic: 0).dropLast(40)))
    let words = try files.write("explanations/6/9.jsonl", "{}\n{\"neuron_id\": 5}\n")
    let uneven = try files.write(
      "collated-activations/6/8.json",
      """
      {"neuron_id": {"layer_index": 6, "neuron_index": 8}, "most_positive_activation_records": [
        {"tokens": ["a"], "activations": [1]}, {"tokens": ["a", "b"], "activations": [1]}]}
      """)
    var plan = planned([files.folder])
    do throws(CampaignError) {
      var importer = CampaignImporter(plan: plan, embedder: ToyEmbedder())
      _ = try importer.run()
      Issue.record("bad records were taken")
    } catch {
      let text = "\(error)"
      #expect(text.contains("\(broken):1: /neuron_id/neuron_index is missing"))
      #expect(text.contains("\(cut):1:"))
      #expect(text.contains("\(words):1: has neither neuron_id nor modelId"))
      #expect(text.contains("\(words):2: /neuron_id is not an object"))
    }
    plan.skipsBadRecords = true
    let (campaign, report) = try run(plan)
    #expect(campaign.units.compactMap(\.id.parts?.index) == [0, 2])
    #expect(report.faultCount == 5)
    #expect(
      report.faults.contains {
        $0.file == uneven && $0.path == "/most_positive_activation_records/1/activations"
      })
  }

  @Test func `a feature as Neuronpedia answers it becomes a unit of its dictionary`() throws {
    let files = try PublishedRecords()
    for index in 0..<2 {
      try files.write(
        "feature-\(index).json",
        files.neuronpediaFeature(
          layer: "6-res-jb", index: 4_321 + index, topic: index, explanation: "weather, mostly bad")
      )
    }
    let (campaign, report) = try run(planned([files.folder]))
    #expect(report.faultCount == 0)
    let unit = try #require(campaign.units.first)
    #expect(unit.id.rawValue == "gpt2-small/6/feature:res-jb/4321")
    #expect(unit.density == 0.00125)
    #expect(unit.promoted == [" rain", " snow"])
    #expect(unit.suppressed == [" dry"])
    #expect(unit.top20MeanPeak < 9, "the activation on the first token is no peak")
    let explanation = try #require(unit.explanations.first { $0.role == .machine })
    #expect(explanation.explanation.author == .machine("gpt-4o-mini"))
    #expect(explanation.sourceScore == SourceScore(name: "recall_alt", value: 0.61))
    for excerpt in CampaignVerifier.excerpts(of: unit).map(\.excerpt) {
      #expect(!excerpt.tokens.contains("<|endoftext|>"))
      #expect(excerpt.tokens.count <= Excerpt.tokenCountMax)
    }
    #expect(CampaignVerifier().findings(in: campaign) == [])
  }

  @Test func `an export's tables are put together, compressed or not and in any order`() throws {
    let files = try PublishedRecords()
    var activations: [String] = []
    var features: [String] = []
    var explanations: [String] = []
    for index in 0..<3 {
      let rows = files.neuronpediaRows(
        layer: "6-res-jb", index: index, topic: index, explanation: Self.explanations[index])
      features.append(rows.features)
      activations += rows.activations
      explanations.append(rows.explanations)
    }
    var generator = SeededGenerator(seed: 1)
    activations.shuffle(using: &generator)
    func table(_ rows: [String]) -> [UInt8] { Array((rows.joined(separator: "\n") + "\n").utf8) }
    try files.write("features/batch-0.jsonl.gz", StoredGzip.compress(table(features)))
    try files.write("activations/batch-0.jsonl.gz", StoredGzip.compress(table(activations)))
    try files.write("explanations/batch-0.jsonl", table(explanations))
    try files.write("model.jsonl", "{\"id\": \"gpt2-small\"}\n")
    try files.write(
      "source.jsonl",
      "{\"id\": \"6-res-jb\", \"modelId\": \"gpt2-small\", \"setName\": \"res-jb\", \"dataset\": \"Skylion007/openwebtext\"}\n"
    )
    let (campaign, report) = try run(planned([files.folder]))
    #expect(report.faultCount == 0)
    #expect(campaign.units.count == 3)
    #expect(campaign.units.allSatisfy { $0.density == 0.002 && $0.promoted == [" rain"] })
    #expect(campaign.info.sources[0].title == "Skylion007/openwebtext")
    for (index, unit) in campaign.units.enumerated() {
      #expect(
        unit.explanations.contains { $0.explanation.text.description == Self.explanations[index] })
    }
  }

  @Test func `units with few texts get small pools, and those with too few are left out`() throws {
    let files = try PublishedRecords()
    let whole = files.openAINeuron(layer: 0, neuron: 1, topic: 1, topCount: 12)
    try files.write("1.json", whole)
    try files.write(
      "2.json",
      """
      {"neuron_id": {"layer_index": 0, "neuron_index": 2}, "most_positive_activation_records": []}
      """)
    let (campaign, report) = try run(planned([files.folder]))
    #expect(campaign.units.count == 1)
    #expect(report.poorCount == 1)
    #expect(CampaignVerifier().findings(in: campaign) == [])
  }

  @Test func `without anything to import the reason is told`() throws {
    let files = try PublishedRecords()
    #expect(throws: CampaignError.self) { try run(planned([files.folder])) }
    #expect(throws: CampaignError.self) { try run(planned(["/nowhere/at/all"])) }
    try files.write("1.json", "[]")
    #expect(throws: CampaignError.build("the files hold no unit with texts")) {
      try run(planned([files.folder]))
    }
    var plan = planned([files.folder])
    plan.model = "a/b"
    #expect(throws: CampaignError.self) { try run(plan) }
  }

  @Test func `an imported campaign comes back from its file as it was`() throws {
    let files = try openAI(count: 2)
    let campaign = try run(planned([files.folder])).campaign
    let path = files.folder + "/out.narena"
    try campaign.write(to: path)
    let again = try Campaign.load(from: path)
    #expect(again.contentHash == campaign.contentHash)
    #expect(again.info == campaign.info)
    #expect(CampaignDiff(from: campaign, to: again).isEmpty)
    #expect(again.units[0].explanations == campaign.units[0].explanations)
  }
}
