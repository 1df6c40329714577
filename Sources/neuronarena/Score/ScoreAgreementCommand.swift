import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena score agreement`.
struct ScoreAgreementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "How often blind readers of a campaign prefer the text that scores higher.",
    discussion: """
      By what two texts are to each other and by the gap between their scores; a pair that readers \
      can't decide counts half. Where nobody has read a pair, the scorer may settle it in pick rounds \
      if it agrees in nine of ten at that gap and at all wider ones, over twenty pairs or more; the \
      table says from which gap on. --out writes what the server goes by, agreement.json of the \
      judge's folder.
      """)

  @Option(help: "The campaign file, with readers' verdicts and scores.")
  var campaign: String
  @Option(
    help: """
      A JSON file with the units that count: {"units": [[layer, neuron], ...]}. Leave those out whose \
      explanations the scorer was trained on.
      """)
  var only: String?
  @Option(help: "The file to write.")
  var out: String?

  /// Counts, prints and writes.
  func run() async throws {
    let loaded = try Campaign.load(from: campaign)
    let units = try only.map { path in
      let wanted = Set(try NeuronList.read(path))
      return Set(
        loaded.units.map(\.id).filter { id in
          id.parts.map {
            wanted.contains(CampaignPlan.Neuron(layer: $0.layer, neuron: $0.index))
          } ?? false
        })
    }
    let agreement = try PairAgreement(of: loaded, units: units)
    print(Self.table(agreement))
    guard let out else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(agreement).write(to: URL(filePath: out), options: .atomic)
  }

  private static func table(_ agreement: PairAgreement) -> String {
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }
    let rows = agreement.rows.map { row in
      "| \(name(row.kind)) | \(Int(row.gapFrom)) to \(Int(row.gapTo)) | \(row.count) "
        + "| \(percent(row.share)) % (\(percent(row.low)) to \(percent(row.high))) |"
    }
    let settled = PairAgreement.Kind.allCases.map { kind in
      let from = agreement.gapMin(kind).map { "from \(Int($0)) points on" } ?? "never"
      return "\(name(kind)): \(from)"
    }
    return """
      | \(agreement.scorer): the two texts | gap | pairs | readers prefer the higher |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      The scorer may settle \(settled.joined(separator: "; ")).
      """
  }

  private static func name(_ kind: PairAgreement.Kind) -> String {
    switch kind {
    case .tooBroad: "truth, too broad"
    case .tooNarrow: "truth, too narrow"
    case .wrong: "truth, wrong and tempting"
    case .twoRivals: "two false ones"
    }
  }
}
