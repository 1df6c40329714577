import ArgumentParser
import Interpretation

/// `neuronarena score checks`.
struct ScoreChecksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks",
    abstract: "How often duplicates and explicit texts are told, on texts judged by hand.",
    discussion: """
      Files have a JSON object a line, such as those in Tests/Training/Data: {"a", "b", "same"} of pairs, \
      {"text", "label"} of texts, with block, review or fine for a label. Prints a Markdown table. Exits \
      with status 1 where a file is faulty, naming line and place.
      """)

  @Option(help: "A file of pairs; may be given several times.")
  var duplicates: [String] = []
  @Option(help: "A file of texts; may be given several times.")
  var explicit: [String] = []
  @OptionGroup var models: ModelsFolder

  func validate() throws {
    if duplicates.isEmpty, explicit.isEmpty {
      throw ValidationError("say what to look at: --duplicates FILE or --explicit FILE")
    }
  }

  /// Asks and prints.
  func run() async throws {
    let evaluation = try CheckEvaluation(embedder: models.load().embedder)
    print("| | of | a yes is right | found of those due |\n|---|---|---|---|")
    for path in duplicates { show(path, try evaluation.duplicates(path: path)) }
    for path in explicit { show(path, try evaluation.explicit(path: path)) }
  }

  private func show(_ path: String, _ figures: [CheckEvaluation.Figure]) {
    print("| **\(path.split(separator: "/").last ?? "")** | | | |")
    for figure in figures { print(figure.row) }
  }
}
