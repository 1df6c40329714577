import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena campaign merge`.
struct CampaignMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put what readers wrote and judged into a campaign.",
    discussion: """
      A pair is decided where two readers chose the same side, or one did with confidence and the \
      other could not tell. Decided pairs go into play as long as a guesser that sees only the two \
      texts stays at 55 % or less. Units without a decided pair are left out. Without --verdicts the \
      scorer settles pairs, as far as it has been found to agree with readers.
      """)

  @Option(help: "The campaign file.")
  var campaign: String
  @Option(help: "Files with explanations, one JSON object a line.")
  var explanations: [String]
  @Option(help: "Files with blind ratings, one JSON object a line.")
  var verdicts: [String] = []
  @Option(help: "The campaign file to write.")
  var out: String?
  @Flag(help: "Only check the files and say what breaks a rule.")
  var check = false
  @Flag(help: "Leave scores out; they take a minute or two.")
  var skipScores = false
  @OptionGroup var models: ModelsFolder

  /// Checks, merges and writes.
  func run() async throws {
    let loaded = try Campaign.load(from: campaign)
    let written = try WrittenExplanations(files: TextFiles.read(explanations), campaign: loaded)
    let ratings = try BlindRatings(
      files: TextFiles.read(verdicts), campaign: loaded, explanations: written)
    if check {
      print("no rule is broken")
      return
    }
    guard let out else { throw ValidationError("--out or --check is needed") }
    var (merged, report) = try CampaignMerge(
      campaign: loaded, explanations: written, ratings: ratings
    ).merged()
    if !skipScores {
      let meter = ProgressMeter()
      merged = try CampaignFinisher(
        models: try models.load(), concepts: .patternsAlone, progress: meter.progress
      ).scored(merged)
      meter.finish()
    }
    try merged.write(to: out)
    print(
      """
      \(out): \(report.unitCount) units (\(report.droppedCount) left out), \
      \(report.explanationCount) explanations by readers, \(report.pairCount) pairs judged, \
      \(report.decidedCount) decided, \(merged.pairsInPlay.count) in play over \
      \(merged.units.count { $0.pairs.contains(where: \.isInPlay) }) units
      """)
    GuessReport.show(merged)
  }
}

/// `neuronarena campaign guess`.
struct CampaignGuessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guess",
    abstract: "Tell how far guessers come that see only the two texts of each pair in play.")

  @Option(help: "The campaign file.")
  var campaign: String

  /// Prints each guesser's accuracy.
  func run() async throws { GuessReport.show(try Campaign.load(from: campaign)) }
}

/// Prints what guessers reach.
enum GuessReport {
  static func show(_ campaign: Campaign) {
    let pairs = campaign.pairsInPlay
    guard !pairs.isEmpty else {
      print("no pair is in play")
      return
    }
    print("guessers that see only the two texts, over \(pairs.count) pairs (50 % is a coin):")
    for accuracy in [TextGuesser.accuracy(of: pairs)] + TextGuesser.glances(pairs) {
      let tenths = Int((accuracy.share * 1_000).rounded())
      print("  \(tenths / 10).\(tenths % 10) %  \(accuracy.name)")
    }
    let agreement = campaign.scorerAgreement
    guard agreement.of > 0 else { return }
    print(
      """
      the score prefers the readers' choice in \(agreement.agreed) of \(agreement.of) decided pairs \
      (\(agreement.agreed * 100 / agreement.of) %)
      """)
  }
}

/// Reads text files named on the command line.
enum TextFiles {
  static func content(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("can't read \(path)")
    }
    return String(decoding: data, as: UTF8.self)
  }

  static func read(_ paths: [String]) throws -> [(name: String, content: String)] {
    try paths.map { ($0, try content($0)) }
  }
}
