import ArenaCrypto
import ArenaTypes
import FoundationEssentials

/// The files that let a build go on where it was stopped.
///
/// Each file is written under another name and then renamed, so it is whole or not there; each starts
/// with the digest of its content and is made anew where that does not fit.
struct Checkpoint {
  let folder: String

  /// Opens the folder; clears it where it belongs to another plan.
  ///
  /// - Returns: The checkpoint, and the moment at which the build was first started.
  static func open(_ plan: CampaignPlan, corpusDigest: String, modelDigest: String)
    throws(CampaignError) -> (Checkpoint, Timestamp)
  {
    func list(_ neurons: [CampaignPlan.Neuron]) -> String {
      neurons.map { "\($0.layer):\($0.neuron)" }.sorted().joined(separator: ",")
    }
    let key =
      [
        "campaign-build/4", corpusDigest, modelDigest, "\(plan.seed)",
        plan.layers.map(String.init).joined(separator: ","),
        plan.kinds.map(\.rawValue).joined(separator: ","), "\(plan.unitCount)",
        "\(plan.candidateCount)", "\(plan.surveyTokenCount)", "\(plan.shardExcerptCount)",
        list(plan.reserved), plan.only.map(list) ?? "any",
      ].joined(separator: "\n")
    let checkpoint = Checkpoint(folder: plan.workFolder)
    if let saved = checkpoint.read("plan") {
      let lines = String(decoding: saved, as: UTF8.self).split(separator: "\n", maxSplits: 1)
      if lines.count == 2, lines[1] == key, let moment = Int64(lines[0]) {
        return (checkpoint, Timestamp(millisecondsSinceEpoch: moment))
      }
      try checkpoint.remove()
    }
    do {
      try FileManager.default.createDirectory(
        atPath: plan.workFolder, withIntermediateDirectories: true)
    } catch {
      throw .file("can't make \(plan.workFolder): \(error)")
    }
    let moment = plan.startedAt.millisecondsSinceEpoch
    try checkpoint.write("plan", Array("\(moment)\n\(key)".utf8))
    return (checkpoint, plan.startedAt)
  }

  /// What was saved under `name`; nil where nothing whole was.
  func read(_ name: String) -> [UInt8]? {
    guard let data = FileManager.default.contents(atPath: path(name)),
      data.count >= SHA256.digestByteCount
    else { return nil }
    let bytes = Array(data)
    let content = Array(bytes.dropFirst(SHA256.digestByteCount))
    guard let digest = try? SHA256.hash(content),
      digest.elementsEqual(bytes.prefix(SHA256.digestByteCount))
    else { return nil }
    return content
  }

  /// Saves `content` under `name`.
  func write(_ name: String, _ content: [UInt8]) throws(CampaignError) {
    do {
      let digest = try SHA256.hash(content)
      try Data(digest + content).write(to: URL(filePath: path(name)), options: .atomic)
    } catch {
      throw .file("can't write \(path(name)): \(error)")
    }
  }

  /// Removes the folder with all that was saved.
  func remove() throws(CampaignError) {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      throw .file("can't remove \(folder): \(error)")
    }
  }

  private func path(_ name: String) -> String { "\(folder)/\(name).part" }
}
