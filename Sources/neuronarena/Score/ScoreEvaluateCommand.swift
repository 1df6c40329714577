public import ArgumentParser
import FoundationEssentials
public import Interpretation

/// `neuronarena score evaluate`.
struct ScoreEvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a scorer on units whose explanations are known; print one Markdown table.",
    discussion: """
      The labelled file has a JSON object a line, and may be compressed by gzip: a unit with its \
      explanation, excerpts with activations, and where there are any a paraphrase, half-right and \
      too-broad variants and false rivals. The format is described with the Interpretation library \
      (LabelledUnits). The subject model is loaded for scoring only. A set of fifty units takes a few \
      minutes on two cores. Exits with status 1 where the file is faulty, naming line and place.
      """)

  @Option(help: "The file of labelled units.")
  var labelled: String
  @Option(help: ScorerName.help)
  var scorer: ScorerName?
  @Option(help: "Also write every figure to this file as JSON.")
  var json: String?
  @Option(
    help: """
      Also write every score to this file, a JSON object a line: unit, text, role, kind, value, low, \
      high and parts.
      """)
  var pairs: String?
  @Option(
    help: """
      Also write what each unit's own explanation predicts to this file, a JSON object an excerpt: \
      unit, kind, predicted and real, one a token.
      """)
  var tokens: String?
  @Flag(help: "Leave out attacks, sanity checks and predictions of single tokens.")
  var quick = false
  @Flag(
    help: """
      Also have the engine write an explanation of each unit from its visible clues, as campaign \
      build does, and measure it beside the labelled ones.
      """)
  var explainer = false
  @Option(
    help: """
      With --explainer: the file that it draws from, word, tab, meaning a line, such as CONCEPTS.tsv \
      of a corpus. By default it knows patterns of grammar alone.
      """)
  var concepts: String?
  @Option(help: "The seed of all drawing.")
  var seed: UInt64 = 1
  @OptionGroup var models: ModelsFolder

  func validate() throws {
    if concepts != nil, !explainer { throw ValidationError("--concepts goes with --explainer") }
    if tokens != nil, quick { throw ValidationError("--quick leaves out what --tokens writes") }
  }

  /// Measures and prints.
  func run() async throws {
    let set = try LabelledSet(path: labelled)
    let bank = try concepts.map { try ConceptBank(content: TextFiles.content($0)) }
    let loaded = try models.load()
    let meter = ProgressMeter()
    let origin = ContinuousClock.now
    let name = scorer ?? .standard(for: loaded)
    let evaluation = try ScorerEvaluation(
      of: set, embedder: loaded.embedder, subject: loaded.subject, seed: seed, isQuick: quick,
      explainer: explainer
        ? ConceptExplainer(
          subject: loaded.subject, embedder: loaded.embedder, concepts: bank ?? .patternsAlone,
          progress: meter.progress) : nil,
      progress: meter.progress
    ) { campaign throws(InterpretationError) in
      try name.scorer(for: campaign, models: loaded)
    }
    let found = try evaluation.found { (ContinuousClock.now - origin) / .seconds(1) }
    let report = found.report
    meter.finish()
    if let pairs { try Self.write(found.scores, to: pairs) }
    if let tokens { try Self.write(found.predictions, to: tokens) }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      try encoder.encode(report).write(to: URL(filePath: json), options: .atomic)
    }
    print(report.markdown, terminator: "")
  }

  /// Writes a JSON object a line.
  private static func write(_ entries: [some Encodable], to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = Data()
    for entry in entries {
      lines += try encoder.encode(entry)
      lines.append(UInt8(ascii: "\n"))
    }
    try lines.write(to: URL(filePath: path), options: .atomic)
  }
}

extension ScorerName: ExpressibleByArgument {
  /// What is to be said of an option that takes one.
  static var help: ArgumentHelp {
    """
    The scorer: \(allCases.map(\.rawValue).joined(separator: ", ")); by default judge, or gen-window \
    where there is no judge.
    """
  }
}
