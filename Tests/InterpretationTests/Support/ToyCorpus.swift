import ArenaTypes
import FoundationEssentials

/// A folder of invented text for the toy model, removed with its owner.
final class ToyCorpus {
  let folder: String
  let workFolder: String

  init(documentCount: Int = 30, sentenceCount: Int = 60) throws {
    let root = FileManager.default.temporaryDirectory.path + "/corpus-\(UUID().uuidString)"
    folder = root + "/texts"
    workFolder = root + "/work"
    try FileManager.default.createDirectory(
      atPath: folder + "/tales", withIntermediateDirectories: true)
    var generator = SeededGenerator(seed: 5)
    for document in 0..<documentCount {
      let sentences = (0..<sentenceCount).map { _ in Self.sentence(using: &generator) }
      let text = sentences.joined(separator: " ")
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/tales/\(100 + document).txt"))
    }
    let sources = """
      [{"folder": "tales", "title": "Tales", "licence": "none", "origin": "invented"}]
      """
    try Data(sources.utf8).write(to: URL(filePath: folder + "/SOURCES.json"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder + "/..") }

  private static func sentence(using generator: inout SeededGenerator) -> String {
    var words = (0..<12).map { _ in ToyModel.fillers.randomElement(using: &generator) ?? "the" }
    // Two in three sentences speak of a topic; some of these deny it, which makes near misses.
    if Int.random(in: 0..<3, using: &generator) > 0 {
      let topic = ToyModel.topics.randomElement(using: &generator) ?? []
      let position = Int.random(in: 2..<11, using: &generator)
      words[position] = topic.randomElement(using: &generator) ?? "storm"
      if Int.random(in: 0..<4, using: &generator) == 0 { words[position - 1] = "not" }
    }
    words[0] = words[0].prefix(1).uppercased() + words[0].dropFirst()
    return words.joined(separator: " ") + "."
  }
}
