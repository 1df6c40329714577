import ArgumentParser
import Interpretation

/// `neuronarena campaign diff`.
struct CampaignDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell what differs between two campaigns.",
    discussion: """
      Ends with 0 where nothing differs, with 1 where something does and with 2 where a campaign can't \
      be read, as diff does.
      """)

  @Argument(help: "The one campaign file or its folder.")
  var old: String
  @Argument(help: "The other one.")
  var new: String
  @Flag(help: "Say nothing; the exit status tells.")
  var quiet = false

  /// Prints the differences.
  func run() async throws {
    let diff: CampaignDiff
    do {
      diff = CampaignDiff(from: try Campaign.load(from: old), to: try Campaign.load(from: new))
    } catch {
      Diagnostics.write("Error: \(error)")
      throw ExitCode(2)
    }
    if !quiet { for line in Self.lines(diff) { print(line) } }
    if !diff.isEmpty { throw ExitCode(1) }
  }

  /// The differences as lines.
  static func lines(_ diff: CampaignDiff) -> [String] {
    var lines = diff.facts.map { "campaign \($0.what): \($0.how)" }
    lines += diff.removed.map { "- \($0)" }
    lines += diff.added.map { "+ \($0)" }
    for unit in diff.changed {
      lines.append("~ \(unit.id)")
      lines += unit.changes.map { "    \($0.what): \($0.how)" }
    }
    if !diff.isEmpty {
      lines.append(
        "\(diff.removed.count) units gone, \(diff.added.count) new, \(diff.changed.count) changed")
    }
    return lines.map(VisibleText.of)
  }
}
