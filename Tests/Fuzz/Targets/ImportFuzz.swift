import ArenaTypes
import FoundationEssentials
import Interpretation

/// Records that others have published, as one file: of lines, of values, or compressed.
enum ImportFuzz: FuzzTarget {
  static let name = "import"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let names = ["records.jsonl", "records.json", "records.json.gz"]
    let skipsBadRecords = input.decision() % 2 == 0
    let file = "\(folder)/\(names[Int(input.decision()) % names.count])"
    guard FileManager.default.createFile(atPath: file, contents: Data(input.bytes)) else {
      throw FuzzFinding("can't write \(file)")
    }
    defer { try? FileManager.default.removeItem(atPath: file) }
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

  /// A folder of this process's own.
  private static let folder: String = {
    let path = FileManager.default.temporaryDirectory.path + "/import-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }()
}

/// Embeds a text by its length: what matters is what is read, not what it means.
private struct LengthEmbedder: SentenceEmbedder {
  let dimension = 4

  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    texts.map { text in (0..<dimension).map { $0 == text.utf8.count % dimension ? 1 : 0 } }
  }
}
