import ArenaTypes
import ArgumentParser
import Interpretation
import TransformerEngine

/// `neuronarena campaign verify`.
struct CampaignVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check a campaign: its checksum, pools, numbers and names, and some units on the model.",
    discussion: """
      Ends with 0 where all is well, with 1 where something is wrong and with 2 where the campaign \
      can't be read at all.
      """)

  @Option(help: "The campaign file or its folder; by default the shipped one.")
  var campaign: String?
  @Option(
    help: "A JSON file with neurons that must not be used: {\"units\": [[layer, neuron], ...]}.")
  var reserved: String?
  @Option(help: "How many units to run through the model again; 0 for none.")
  var rerun = 8
  @Option(help: "The seed that draws them.")
  var seed: UInt64 = 1
  @OptionGroup var source: ModelOptions
  @OptionGroup var models: ModelsFolder

  func validate() throws {
    guard (0...100_000).contains(rerun) else {
      throw ValidationError("--rerun takes a number from 0 to 100000.")
    }
  }

  /// Checks and prints what is wrong.
  func run() async throws {
    let loaded = try load()
    let taken = try reserved.map(NeuronList.read) ?? []
    let verifier = CampaignVerifier(
      reserved: Set(
        taken.map {
          UnitID(model: loaded.info.model, layer: $0.layer, kind: .mlp, index: $0.neuron)
        }))
    var findings = verifier.findings(in: loaded)
    if rerun > 0 { findings += try rerunSome(of: loaded, with: verifier) }
    for finding in findings { print(VisibleText.of("\(finding)")) }
    print(
      """
      \(VisibleText.of(loaded.info.title)): \(loaded.units.count) units, checksum \
      \(loaded.contentHash.prefix(16)) fits, \(findings.count) findings
      """)
    if !findings.isEmpty { throw ExitCode(1) }
  }

  private func load() throws -> Campaign {
    do {
      guard let path = campaign ?? SharedFiles.campaign else {
        throw ValidationError("name a campaign with --campaign")
      }
      return try Campaign.load(from: path)
    } catch {
      Diagnostics.write("Error: \(error)")
      throw ExitCode(2)
    }
  }

  private func rerunSome(of campaign: Campaign, with verifier: CampaignVerifier) throws
    -> [CampaignVerifier.Finding]
  {
    guard campaign.info.knowsModelFile else {
      print("the model is not at hand: activations are taken as the records have them")
      return []
    }
    let subject = try source.load(from: models)
    guard subject.digest == campaign.info.modelDigest else {
      print("the model at hand is another one: activations are not run again")
      return []
    }
    let missing = Self.missing(of: campaign, at: subject)
    if !missing.isEmpty {
      print(
        "not at hand, so not run again: \(missing.joined(separator: ", ")) (see --dictionary and "
          + "--directions)")
    }
    let present = Campaign(
      info: campaign.info, contentHash: campaign.contentHash,
      units: campaign.units.filter { !missing.contains(Self.collection(of: $0)) },
      baseline: campaign.baseline)
    if present.units.isEmpty { return [] }
    let meter = ProgressMeter()
    let result = try verifier.rerun(present, on: subject, units: rerun, seed: seed) {
      meter.show("running", done: $0, total: $1)
    }
    meter.finish()
    print(
      """
      \(result.unitCount) units with \(result.excerptCount) texts run again: the worst activation is \
      \(VisibleText.percent(Double(result.worstError))) of the usual peak away from what is stored
      """)
    return result.findings
  }

  /// What the campaign's units are of that the caller has not named; sorted.
  private static func missing(of campaign: Campaign, at subject: LanguageSubject) -> [String] {
    let units = campaign.units.filter { unit in
      guard let parts = unit.id.parts, parts.kind.collection != nil else { return false }
      return subject.group(parts.kind, layer: parts.layer) == nil
    }
    return Set(units.map(collection)).sorted()
  }

  /// The kind and layer of a unit, which a dictionary or a set of directions has.
  private static func collection(of unit: CampaignUnit) -> String {
    unit.id.parts.map { "\($0.kind.rawValue) of layer \($0.layer)" } ?? ""
  }
}
