import ArgumentParser
import Interpretation

/// `neuronarena campaign blind`.
struct CampaignBlindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blind",
    abstract:
      "Write what a second reader needs to rate explanations without knowing their authors.",
    discussion: """
      The pages show held-out excerpts of the first half and each unit's texts in an order of the \
      reader's own. The reader answers with a JSON object a line: \
      {"item": "j1-001", "reader": "j1", "ratings": {"a": 80, "b": 20}, "note": "why"}.
      """)

  @Option(help: "The campaign file.")
  var campaign: String
  @Option(help: "Files with explanations, one JSON object a line.")
  var explanations: [String]
  @Option(help: "The reader's name: 1 to 8 of a-z and 0-9.")
  var reader: String
  @Option(help: "The folder to write blind-01.md, blind-02.md ... to.")
  var out: String
  @Option(help: "How many units a page holds.")
  var unitsPerPage = 15

  /// Writes the pages.
  func run() async throws {
    try ReaderName.check(reader)
    let loaded = try Campaign.load(from: campaign)
    let written = try WrittenExplanations(files: TextFiles.read(explanations), campaign: loaded)
    let pages = BlindReading(campaign: loaded, explanations: written, reader: reader)
      .pages(itemCount: unitsPerPage)
    try Pages.write(pages, to: out, name: "blind")
    print("\(pages.count) pages in \(out)")
  }
}
