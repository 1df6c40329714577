import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena campaign sheet`.
struct CampaignSheetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Write what readers need to explain a campaign's units: the visible clues alone.")

  @Option(help: "The campaign file.")
  var campaign: String
  @Option(help: "The folder to write sheet-01.md, sheet-02.md ... to.")
  var out: String
  @Option(help: "How many units a sheet holds.")
  var unitsPerSheet = 15

  /// Writes the sheets.
  func run() async throws {
    let pages = ReaderSheet(try Campaign.load(from: campaign)).pages(unitCount: unitsPerSheet)
    try Pages.write(pages, to: out, name: "sheet")
    print("\(pages.count) sheets in \(out)")
  }
}

/// Writes numbered pages.
enum Pages {
  static func write(_ pages: [String], to folder: String, name: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (index, page) in pages.enumerated() {
      let number = index + 1 < 10 ? "0\(index + 1)" : "\(index + 1)"
      let url = URL(filePath: "\(folder)/\(name)-\(number).md")
      try Data(page.utf8).write(to: url, options: .atomic)
    }
  }
}
