import ArenaTypes
import ArgumentParser
import Glibc
import Interpretation

/// `neuronarena campaign inspect`.
struct CampaignInspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a campaign holds, or one of its units.")

  @Option(help: "The campaign file or its folder.")
  var campaign: String = "Sources/neuronarena/Campaigns"
  @Option(help: "A unit to show, such as smollm2-135m/14/mlp/703.")
  var unit: String?
  @Flag(help: "Show the held-out excerpts too: what a player must never see.")
  var heldOut = false

  /// Prints the campaign or the unit.
  func run() async throws {
    let loaded = try Campaign.load(from: campaign)
    guard let name = unit else {
      show(loaded)
      return
    }
    guard let found = loaded.unit(UnitID(rawValue: name)) else {
      throw ValidationError("the campaign has no unit \(name)")
    }
    show(found)
  }

  private func show(_ campaign: Campaign) {
    let info = campaign.info
    print("\(info.title) (\(info.id)), \(campaign.units.count) units of \(info.model)")
    print("content \(campaign.contentHash)")
    for source in info.sources {
      print("  \(source.tokenCount) tokens: \(source.title) - \(source.licence), \(source.origin)")
    }
    for unit in campaign.units {
      let best = unit.explanations.max { ($0.score?.value ?? 0) < ($1.score?.value ?? 0) }
      let score = best?.score.map { " [\(Int($0.value.rounded()))]" } ?? ""
      print("\(unit.id)\t\(best?.explanation.text.description ?? "")\(score)")
    }
  }

  private func show(_ unit: CampaignUnit) {
    let paints = isatty(STDOUT_FILENO) == 1
    print("\(unit.id)  density \(unit.density)  usual peak \(unit.top20MeanPeak)")
    if unit.isLexical { print("lexical") }
    print("promotes \(unit.promoted.joined(separator: "|"))")
    print("suppresses \(unit.suppressed.joined(separator: "|"))")
    for neighbour in unit.neighbours {
      print("near \(neighbour.unit) by \(neighbour.relation.rawValue), \(neighbour.similarity)")
    }
    for entry in unit.explanations {
      let score = entry.score.map { "\($0.value) (\($0.low) to \($0.high))" } ?? "-"
      print("\(entry.role.rawValue)\t\(score)\t\(entry.explanation.text)")
    }
    for clue in unit.clues { print("clue    " + line(clue.excerpt, of: unit, paints: paints)) }
    for reveal in unit.reveals {
      print("reveal  " + line(reveal.excerpt, of: unit, paints: paints))
    }
    guard heldOut else { return }
    for held in unit.heldOut { print("held out " + line(held.excerpt, of: unit, paints: paints)) }
  }

  /// The excerpt, each token on a ground that is the redder the more it fires.
  private func line(_ excerpt: Excerpt, of unit: CampaignUnit, paints: Bool) -> String {
    let text = zip(excerpt.tokens, excerpt.activations).map { token, activation -> String in
      let shown = token.replacing("\n", with: " ")
      let share = max(0, min(1, activation / max(unit.top20MeanPeak, 1e-6)))
      guard share > 0.15 else { return shown }
      guard paints else { return share > 0.5 ? ">>\(shown)<<" : shown }
      let fade = Int(255 * (1 - share))
      return "\u{1B}[48;2;255;\(fade);\(fade)m\u{1B}[30m\(shown)\u{1B}[0m"
    }.joined()
    return "\(excerpt.kind.rawValue)\t\(text)"
  }
}
