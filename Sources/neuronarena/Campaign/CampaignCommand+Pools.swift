import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation
import TransformerEngine

/// `neuronarena campaign pools`.
struct CampaignPoolsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pools",
    abstract: "Draw the excerpts of many units, to have them explained as labelled data.",
    discussion: """
      Unlike a build it chooses no units by meaning and scores nothing: of every layer it takes those \
      that peak highest. OUT.texts.jsonl gets the corpus in tokens, OUT.units.jsonl the units with \
      their excerpts. What is made of them is told in Tests/Training/Labelling. A run that was \
      stopped goes on where it was when it is started again with the same options.
      """)

  @Option(help: "The folder with the texts.")
  var corpus: String
  @Option(help: "The files to write, without their endings.")
  var out: String
  @Option(help: "The layers to take neurons of, such as 5,10-12.")
  var layers = IndexList([2, 4, 7, 9, 11, 13, 16, 19, 21, 23, 25, 27])
  @Option(help: "How many neurons to record, the same number of each layer.")
  var units = 4_200
  @Option(help: "The seed of all sampling.")
  var seed: UInt64 = 1
  @Option(help: "A JSON file with neurons to leave out: {\"units\": [[layer, neuron], ...]}.")
  var reserved: String?
  @OptionGroup var models: ModelsFolder

  /// Draws and writes.
  func run() async throws {
    let loaded = try models.load()
    let moment = Int64(Date.now.timeIntervalSince1970 * 1_000)
    var plan = CampaignPlan(
      id: CampaignID(rawValue: "pools"), title: "Pools", corpusFolder: corpus,
      workFolder: out + ".work", layers: layers.values, seed: seed, unitCount: units,
      reserved: try reserved.map(NeuronList.read) ?? [],
      startedAt: Timestamp(millisecondsSinceEpoch: moment))
    plan.candidateCount = units
    let meter = ProgressMeter()
    let builder = CampaignBuilder(
      plan: plan, model: loaded.subject, embedder: loaded.embedder, progress: meter.progress)
    var file = JSONLines()
    let texts = try builder.drawPools { try file.append($0) }
    meter.finish()
    try file.write(to: out + ".units.jsonl")
    print("\(out).units.jsonl: \(file.count) units")
    var library = JSONLines()
    for text in texts { try library.append(text) }
    try library.write(to: out + ".texts.jsonl")
    try builder.removeCheckpoints()
    print("\(out).texts.jsonl: \(library.count) texts")
  }
}

/// Values as JSON, one a line.
private struct JSONLines {
  private var bytes = Data()
  private(set) var count = 0
  private let encoder = JSONEncoder()

  init() { encoder.outputFormatting = [.sortedKeys] }

  mutating func append(_ value: some Encodable) throws {
    bytes += try encoder.encode(value) + Data("\n".utf8)
    count += 1
  }

  func write(to path: String) throws { try bytes.write(to: URL(filePath: path), options: .atomic) }
}
