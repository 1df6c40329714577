import ArenaTypes
import Interpretation

/// Records that others have published, as one file: of lines, of values, or compressed.
enum ImportFuzz: FuzzTarget {
  static let name = "import"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let names = ["records.jsonl", "records.json", "records.json.gz"]
    let skipsBadRecords = input.decision() % 2 == 0
    let name = names[Int(input.decision()) % names.count]
    try TemporaryFolder.with([(name, input.bytes)]) { folder throws(FuzzFinding) in
      try read(folder[name], skipsBadRecords: skipsBadRecords)
    }
  }

  private static func read(_ file: String, skipsBadRecords: Bool) throws(FuzzFinding) {
    var plan = ImportPlan(
      paths: [file], model: "model", id: CampaignID(rawValue: "fuzzed"), title: "Fuzzed",
      startedAt: Timestamp(millisecondsSinceEpoch: 0))
    plan.skipsBadRecords = skipsBadRecords
    var importer = CampaignImporter(plan: plan, embedder: LengthEmbedder())
    guard let (campaign, report) = try? importer.run() else { return }
    try hold(report.unitCount == campaign.units.count, "\(report.unitCount) units")
    try hold(skipsBadRecords || report.faultCount == 0, "\(report.faultCount) faults passed by")
    for unit in campaign.units {
      for excerpt in unit.clues.map(\.excerpt) + unit.heldOut.map(\.excerpt) {
        try hold(
          excerpt.tokens.count == excerpt.activations.count
            && excerpt.activations.allSatisfy(\.isFinite), "\(unit.id): \(excerpt)")
      }
    }
  }
}

/// Embeds a text by its length: what matters is what is read, not what it means.
private struct LengthEmbedder: SentenceEmbedder {
  let dimension = 4

  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    texts.map { text in (0..<dimension).map { $0 == text.utf8.count % dimension ? 1 : 0 } }
  }
}
