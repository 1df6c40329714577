import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena campaign import`.
struct CampaignImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a campaign from activations that others have published.",
    discussion: """
      It reads OpenAI's neuron records and explanations \
      (collated-activations/LAYER/NEURON.json, explanations/LAYER/NEURON.jsonl) and Neuronpedia's \
      features: what /api/feature answers, and the exports' features, activations and explanations. \
      Files may be compressed by gzip; of a folder all JSON files below it are read, in little memory \
      however many there are. The model is not run: fire rounds can't be played on the result.

      neuronarena campaign import collated-activations/6 explanations/6 --model gpt2-small --out FILE
      """)

  @Argument(help: "Files and folders.")
  var paths: [String]
  @Option(help: "The file to write.")
  var out: String
  @Option(
    name: [.long, .customLong("model-name")],
    help: "The model's name, for records that leave it out; the model itself is not opened.")
  var model = "gpt2-small"
  @Option(help: "The layers to take units of, such as 5,10-14; by default all.")
  var layers: IndexList?
  @Option(help: "The most units to take.")
  var units = 400
  @Option(
    help: "Which ones, where there are more: score (the best explained) or random.",
    transform: { text in
      guard let order = ImportPlan.Order(rawValue: text) else {
        throw ValidationError("--order takes score or random, not \(text).")
      }
      return order
    })
  var order = ImportPlan.Order.score
  @Option(help: "The seed of all drawing.")
  var seed: UInt64 = 1
  @Option(help: "A JSON file with neurons to leave out: {\"units\": [[layer, neuron], ...]}.")
  var reserved: String?
  @Option(help: "The campaign's name on the wire.")
  var id = "imported"
  @Option(help: "The campaign's name for people.")
  var title = "Imported"
  @Option(help: "The terms under which the records are used.")
  var licence = "not stated"
  @Option(help: "The moment that the file states as its birth, in milliseconds since 1970.")
  var builtAt: Int64?
  @Flag(help: "Skip bad records instead of ending at them; they are told either way.")
  var skipBad = false
  @Flag(help: "Leave out the pairs of explanations that pick rounds ask about.")
  var noPairs = false
  @Flag(help: "Leave out scores; then only the sentence model is needed.")
  var skipScores = false
  @OptionGroup var modelFiles: ModelsFolder

  func validate() throws {
    guard (1...100_000).contains(units) else {
      throw ValidationError("--units takes a number from 1 to 100000.")
    }
  }

  /// Imports, writes and tells what became of the records.
  func run() async throws {
    let plan = try planned()
    let meter = ProgressMeter()
    let models: InterpretationModels? = try skipScores ? nil : modelFiles.load()
    var importer = CampaignImporter(
      plan: plan, embedder: try models?.embedder ?? modelFiles.loadEmbedder(),
      progress: meter.progress)
    var (campaign, report) = try importer.run()
    if let models {
      campaign = try CampaignFinisher(
        models: models, concepts: .patternsAlone, progress: meter.progress
      ).scored(campaign)
    }
    meter.finish()
    try campaign.write(to: out)
    for fault in report.faults { Diagnostics.write("skipped \(fault)") }
    if report.faultCount > report.faults.count {
      Diagnostics.write("skipped \(report.faultCount - report.faults.count) more bad records")
    }
    for line in Self.summary(report) { print(line) }
    print("\(out): \(report.unitCount) units of \(campaign.info.model)")
  }

  private func planned() throws -> ImportPlan {
    let moment = builtAt ?? Int64(Date.now.timeIntervalSince1970 * 1_000)
    var plan = ImportPlan(
      paths: paths, model: model, id: CampaignID(rawValue: id), title: title,
      startedAt: Timestamp(millisecondsSinceEpoch: moment))
    plan.licence = licence
    plan.unitCountMax = units
    plan.order = order
    plan.seed = seed
    plan.layers = layers.map { Set($0.values) }
    plan.reserved = Set(
      try reserved.map(NeuronList.read)?.map {
        UnitID(model: model, layer: $0.layer, kind: .mlp, index: $0.neuron)
      } ?? [])
    plan.skipsBadRecords = skipBad
    plan.makesPairs = !noPairs
    return plan
  }

  /// What became of the records, a line each.
  static func summary(_ report: ImportReport) -> [String] {
    [
      "\(report.recordCount) records of \(report.fileCount) files, \(report.faultCount) of them bad",
      "\(report.foundUnitCount) units with texts: \(report.reservedCount) reserved, "
        + "\(report.poorCount) with too few texts in which they fire",
      "\(report.oneSidedCount) units have no silent text, since the records show none",
      "\(report.explanationCount) explanations, \(report.shortenedExplanationCount) shortened to "
        + "their first clauses, \(report.droppedExplanationCount) too long or not fit to be shown",
      "\(report.pairCount) pairs of explanations in play",
    ]
  }
}
