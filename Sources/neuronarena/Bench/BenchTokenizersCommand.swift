import ArgumentParser
import TransformerEngine

/// `neuronarena bench tokenizers`: how fast texts become tokens.
struct BenchTokenizersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizers",
    abstract: "Megabytes of a text that become tokens in a second, by each tokenizer, on one core.")

  @Option(help: "The text, a file; some megabytes say the most.")
  var text: String
  @Option(help: "How often each one encodes the text; the best round counts.")
  var rounds = 5
  @Flag(help: "Print one JSON object.")
  var json = false
  @Argument(help: "Files ending in .gguf, .json or .txt; else both installed models.")
  var files: [String] = []
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `tokenizers`.
    let bench: String
    /// Bytes of the text.
    let byteCount: Int
    /// What merely checking the text's UTF-8 reaches.
    let validatedMegabytesPerSecond: Double
    /// One for each file.
    let tokenizers: [Row]
  }

  /// One tokenizer.
  struct Row: Encodable {
    /// The file.
    let file: String
    /// CPU time of reading it.
    let secondsToLoad: Double
    /// The first round, no word met before.
    let firstMegabytesPerSecond: Double
    /// The best round.
    let megabytesPerSecond: Double
    /// Tokens of the text.
    let tokenCount: Int
  }

  func run() throws {
    guard rounds > 0 else { throw ValidationError("--rounds must be 1 or more") }
    let contents = try FileContents(path: text)
    let decoded = contents.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    guard !decoded.isEmpty else { throw ValidationError("\(text) is empty") }
    let megabytes = Double(decoded.utf8.count) / 1e6
    let validation = (0..<rounds).map { _ in
      cpuSeconds {
        contents.withUnsafeBytes { bytes in
          _ = String(validating: bytes, as: UTF8.self)?.utf8.count
        }
      }
    }
    let report = Report(
      bench: "tokenizers", byteCount: decoded.utf8.count,
      validatedMegabytesPerSecond: BenchReport.rounded(megabytes / (validation.min() ?? 1)),
      tokenizers: try paths().map { try row($0, decoded, megabytes) })
    if json { return try BenchReport.print(report) }
    print("\(Int(report.validatedMegabytesPerSecond)) MB/s to check its UTF-8")
    for row in report.tokenizers {
      print(
        """
        \(row.file)
          \(row.megabytesPerSecond) MB/s, \(row.firstMegabytesPerSecond) at first; \
        \(row.tokenCount) tokens; \(BenchReport.rounded(row.secondsToLoad * 1000)) ms to load
        """)
    }
  }

  private func paths() throws -> [String] {
    guard files.isEmpty else { return files }
    let folder = try ModelStore(folder: models.explicit).checkedFolder()
    return ["\(folder)/\(ModelLock.languageModel)", "\(folder)/\(ModelLock.embeddingVocabulary)"]
  }

  private func row(_ path: String, _ text: String, _ megabytes: Double) throws -> Row {
    var made: (any Tokenizer)?
    let load = try cpuSeconds { made = try Self.tokenizer(path) }
    guard let made else { throw ValidationError("\(path) has no tokenizer") }
    var count = 0
    let times = (0..<rounds).map { _ in cpuSeconds { count = made.encode(text).count } }
    return Row(
      file: path, secondsToLoad: load,
      firstMegabytesPerSecond: BenchReport.rounded(megabytes / (times.first ?? 1)),
      megabytesPerSecond: BenchReport.rounded(megabytes / (times.min() ?? 1)), tokenCount: count)
  }

  /// The tokenizer of a file, by how its name ends.
  private static func tokenizer(_ path: String) throws -> any Tokenizer {
    if path.hasSuffix(".gguf") { return try GGUFFile(path: path).tokenizer() }
    if path.hasSuffix(".txt") { return try WordPiece(vocabulary: FileContents(path: path)) }
    return try TokenizerFile(FileContents(path: path)).tokenizer()
  }

  private func cpuSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ProcessFigures.cpuSeconds()
    try body()
    return max(ProcessFigures.cpuSeconds() - start, 1e-9)
  }
}
