import FoundationEssentials

/// A folder of plain texts.
///
/// Every `.txt` file below the folder is a document. `SOURCES.json`, where there is one, names the
/// sources: one folder each, with title, licence and origin. Elsewhere a folder is its own source.
struct Corpus {
  /// One text of the corpus.
  struct Document {
    /// The position of its source in `sources`.
    let source: Int
    /// The path of the file within the corpus.
    let path: String
    /// Its paragraphs, each a line.
    let paragraphs: [String]
  }

  /// Where documents come from.
  struct Source: Codable {
    let folder: String
    let title: String
    let licence: String
    let origin: String
  }

  /// The largest file that is read, as a guard against what is no text: 64 MiB.
  static let fileByteCountMax = 64 << 20

  let sources: [Source]
  let documents: [Document]

  /// Reads the corpus in `folder`, in the order of the paths.
  ///
  /// - Throws: `corpus` where there is no text or a file can't be read.
  init(folder: String) throws(CampaignError) {
    let manager = FileManager.default
    guard let found = try? manager.subpathsOfDirectory(atPath: folder) else {
      throw .corpus("\(folder) is not a folder that can be read")
    }
    let paths = found.sorted()
    var sources: [Source] = []
    if let described = manager.contents(atPath: folder + "/SOURCES.json") {
      do {
        sources = try JSONDecoder().decode([Source].self, from: described)
      } catch {
        throw .corpus("\(folder)/SOURCES.json is not a list of sources: \(error)")
      }
    }
    var documents: [Document] = []
    for path in paths where path.hasSuffix(".txt") {
      guard let contents = manager.contents(atPath: folder + "/" + path),
        contents.count <= Self.fileByteCountMax
      else { throw .corpus("\(path) can't be read or is larger than 64 MiB") }
      let text = String(decoding: contents, as: UTF8.self)
      let name = path.contains("/") ? String(path.prefix { $0 != "/" }) : ""
      let source = Self.index(of: name, in: &sources)
      documents.append(
        Document(source: source, path: path, paragraphs: Self.paragraphs(of: text)))
    }
    if documents.isEmpty { throw .corpus("\(folder) holds no .txt file") }
    self.sources = sources
    self.documents = documents
  }

  private static func index(of folder: String, in sources: inout [Source]) -> Int {
    if let known = sources.firstIndex(where: { $0.folder == folder }) { return known }
    let title = folder.isEmpty ? "Texts" : folder
    sources.append(Source(folder: folder, title: title, licence: "not stated", origin: "a folder"))
    return sources.count - 1
  }

  /// The paragraphs of a text: runs of lines between blank ones, white space folded.
  static func paragraphs(of text: String) -> [String] {
    var paragraphs: [String] = []
    var words: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let found = line.split(whereSeparator: \.isWhitespace)
      if found.isEmpty, !words.isEmpty {
        paragraphs.append(words.joined(separator: " "))
        words = []
      }
      words += found
    }
    if !words.isEmpty { paragraphs.append(words.joined(separator: " ")) }
    return paragraphs
  }
}
