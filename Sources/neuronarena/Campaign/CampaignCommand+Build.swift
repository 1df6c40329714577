import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation
import TransformerEngine

/// `neuronarena campaign build`.
struct CampaignBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Run a corpus through the model and write one campaign file.",
    discussion: """
      The corpus is any folder of .txt files, 200,000 tokens or more; a SOURCES.json beside them \
      names titles and licences. A build that was stopped goes on where it was when it is started \
      again with the same options. The same corpus, models and seed give the same file.
      """)

  @Option(help: "The folder with the texts.")
  var corpus: String
  @Option(help: "The file to write.")
  var out: String
  @Option(help: "The layers to look for units in, such as 5,10-12.")
  var layers = IndexList([5, 10, 14, 18, 22, 26])
  @Option(
    help: """
      The kinds of units to look for in each of them, separated by commas: mlp, head, residual:NAME \
      and feature:NAME, with --directions and --dictionary for the latter two.
      """)
  var kinds = "mlp"
  @Option(
    help: """
      A file to draw machine explanations from: word, tab, meaning a line. By default CONCEPTS.tsv \
      of the corpus, where there is one.
      """)
  var concepts: String?
  @Option(help: "The seed of all sampling.")
  var seed: UInt64 = 1
  @Option(help: "How many units to choose.")
  var units = 160
  @Option(help: "A JSON file with units to leave out: {\"units\": [[layer, neuron], ...]}.")
  var reserved: String?
  @Option(
    help: """
      A JSON file of the same shape with the neurons to take, all that have enough texts, instead of \
      the best --units of the layers.
      """)
  var only: String?
  @Option(help: "The campaign's name on the wire.")
  var id = "campaign"
  @Option(help: "The campaign's name for people.")
  var title = "Campaign"
  @Option(help: "The moment that the file states as its birth, in milliseconds since 1970.")
  var builtAt: Int64?
  @Flag(help: "Keep the checkpoints after the build.")
  var keepWork = false
  @OptionGroup var source: ModelOptions
  @OptionGroup var models: ModelsFolder

  /// Builds and writes.
  func run() async throws {
    let loaded = try models.load()
    let moment = builtAt ?? Int64(Date.now.timeIntervalSince1970 * 1_000)
    var plan = CampaignPlan(
      id: CampaignID(rawValue: id), title: title, corpusFolder: corpus, workFolder: out + ".work",
      layers: layers.values, seed: seed, unitCount: units,
      reserved: try reserved.map(NeuronList.read) ?? [],
      startedAt: Timestamp(millisecondsSinceEpoch: moment))
    plan.kinds = try KindList.parse(kinds)
    plan.only = try only.map(NeuronList.read)
    let meter = ProgressMeter()
    let builder = CampaignBuilder(
      plan: plan, model: try source.load(threads: EngineThreads()) { loaded.subject },
      embedder: loaded.embedder, progress: meter.progress)
    let finisher = CampaignFinisher(
      models: loaded, concepts: try conceptBank(), progress: meter.progress)
    let campaign = try finisher.finish(try builder.build())
    meter.finish()
    try campaign.write(to: out)
    if !keepWork { try builder.removeCheckpoints() }
    print("\(out): \(campaign.units.count) units, \(campaign.info.tokenCount) tokens of text")
  }
}

extension CampaignBuildCommand {
  fileprivate func conceptBank() throws -> ConceptBank {
    let own = corpus + "/CONCEPTS.tsv"
    guard let path = concepts ?? (FileManager.default.fileExists(atPath: own) ? own : nil) else {
      return .patternsAlone
    }
    return try ConceptBank(content: try TextFiles.content(path))
  }
}

/// Reads lists of neurons: those that must stay out of campaigns, and those that are wanted.
enum NeuronList {
  private struct File: Decodable { let units: [[Int]] }

  static func read(_ path: String) throws -> [CampaignPlan.Neuron] {
    guard let contents = FileManager.default.contents(atPath: path) else {
      throw ValidationError("can't read \(path)")
    }
    return try JSONDecoder().decode(File.self, from: contents).units.map { pair in
      guard pair.count == 2 else {
        throw ValidationError("\(path): each unit must be [layer, neuron]")
      }
      return CampaignPlan.Neuron(layer: pair[0], neuron: pair[1])
    }
  }
}
