import ArenaTypes
import ArgumentParser
import Interpretation

/// `neuronarena campaign inspect`.
struct CampaignInspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a campaign holds, or one of its units with its texts in colour.",
    discussion: """
      Without --unit it lists the units, one a line. Colours follow NO_COLOR, COLORTERM and whether \
      standard output is a terminal; without them firing tokens stand between > and <.
      """)

  @Option(help: "The campaign file or its folder; by default the shipped one.")
  var campaign: String?
  @Option(help: "A unit to show, such as smollm2-135m/14/mlp/703, or its end: 14/mlp/703.")
  var unit: String?
  @Flag(help: "Show the held-out excerpts too: what a player must never see.")
  var heldOut = false
  @Option(help: "How to paint: none, 256 or 24bit; by default what the terminal can show.")
  var colour: TerminalColour?
  @OptionGroup var filter: UnitFilter

  /// Prints the campaign or the unit.
  func run() async throws {
    guard let path = campaign ?? SharedFiles.campaign else {
      throw ValidationError("name a campaign with --campaign")
    }
    let loaded = try Campaign.load(from: path)
    guard let name = unit else { return show(loaded) }
    let portrait = PrintedUnit(
      unit: try Self.find(name, in: loaded), info: loaded.info, colour: colour ?? .detected,
      showsHeldOut: heldOut)
    for line in portrait.lines { print(line) }
  }

  /// The unit of that name, or the only one whose name ends so.
  static func find(_ name: String, in campaign: Campaign) throws -> CampaignUnit {
    if let exact = campaign.unit(UnitID(rawValue: name)) { return exact }
    let found = campaign.units.filter { $0.id.rawValue.hasSuffix("/" + name) }
    guard found.count < 2 else {
      let names = found.prefix(8).map(\.id.rawValue).joined(separator: ", ")
      throw ValidationError("\(found.count) units end in \(name): \(names)")
    }
    guard let only = found.first else { throw ValidationError("the campaign has no unit \(name)") }
    return only
  }

  private func show(_ campaign: Campaign) {
    let info = campaign.info
    let title = VisibleText.of(info.title)
    print(
      "\(title) (\(VisibleText.of(info.id.rawValue))), \(campaign.units.count) units of \(VisibleText.of(info.model))"
    )
    print("content \(campaign.contentHash)")
    if let source = info.importedFrom {
      print("imported from \(VisibleText.of(source)); the model is not at hand: no fire rounds")
    }
    for source in info.sources {
      let terms = VisibleText.of("\(source.title) - \(source.licence), \(source.origin)")
      print("  \(source.tokenCount) tokens: \(terms)")
    }
    let units = filter.units(of: campaign)
    for line in UnitFilter.table(of: units) { print(line) }
    if units.count < campaign.units.count {
      print("\(units.count) of \(campaign.units.count) units")
    }
  }
}
