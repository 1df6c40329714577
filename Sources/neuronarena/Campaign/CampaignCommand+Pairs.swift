import ArgumentParser
import Interpretation

/// `neuronarena campaign pairs`.
struct CampaignPairsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "Have pairs in play checked by fresh readers, or tell what they answered.",
    discussion: """
      With --reader it writes pages with pairs drawn at random, shown on the second sealed half of the \
      held-out excerpts, without scores and authors. The reader answers with a JSON object a line: \
      {"item": "r1-p1", "reader": "r1", "choice": "a", "note": "why"}; the choice is a, b or neither. \
      With --answers it tells how often readers chose what counts as right, and the higher score, by \
      the gap between the two scores.
      """)

  @Option(help: "The campaign file.")
  var campaign: String
  @Option(help: "How many pairs are drawn; the same for pages and answers.")
  var count = 60
  @Option(help: "The reader's name: 1 to 8 of a-z and 0-9.")
  var reader: String?
  @Option(help: "The folder to write pairs-01.md, pairs-02.md ... to.")
  var out: String?
  @Option(help: "How many pairs a page holds.")
  var pairsPerPage = 15
  @Option(help: "Files with answers, one JSON object a line.")
  var answers: [String] = []

  /// One of the two must be asked for.
  func validate() throws {
    if answers.isEmpty, reader == nil || out == nil {
      throw ValidationError("give --reader and --out for pages, or --answers")
    }
    if let reader { try ReaderName.check(reader) }
  }

  /// Writes pages or prints the table.
  func run() async throws {
    let loaded = try Campaign.load(from: campaign)
    guard answers.isEmpty else {
      print(
        Self.table(
          try PairAnswers(files: TextFiles.read(answers), campaign: loaded, count: count).rows))
      return
    }
    guard let reader, let out else { return }
    let pages = PairReading(campaign: loaded, count: count, reader: reader)
      .pages(itemCount: pairsPerPage)
    try Pages.write(pages, to: out, name: "pairs")
    print("\(pages.count) pages in \(out)")
  }

  private static func table(_ rows: [PairAnswers.Row]) -> String {
    let lines = rows.filter { $0.answerCount > 0 }.map { row in
      let gap = row.gap.map { "\(Int($0.lowerBound)) to \(Int($0.upperBound))" } ?? "any"
      let chose = row.answerCount - row.neitherCount
      func share(_ count: Int, of all: Int) -> String {
        all > 0 ? "\(count * 100 / all) % (\(count) of \(all))" : ""
      }
      return "| \(gap) | \(row.pairCount) | \(share(row.rightCount, of: chose)) "
        + "| \(share(row.higherCount, of: chose)) | \(row.neitherCount) |"
    }
    return """
      | gap | pairs | readers chose what counts as right | the higher score | could not tell |
      |---|---|---|---|---|
      \(lines.joined(separator: "\n"))
      """
  }
}

/// The names under which readers answer.
enum ReaderName {
  static func check(_ name: String) throws {
    guard (1...8).contains(name.count),
      name.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isLowercase) })
    else { throw ValidationError("--reader must be 1 to 8 of a-z and 0-9") }
  }
}
