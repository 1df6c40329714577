import ArenaServer
import ArenaStorage
import ArgumentParser
import FoundationEssentials
import Glibc
import Interpretation
import SQLiteStorage

/// `neuronarena export`: what was learnt from play, for research.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what was learnt from play as JSON Lines, without personal data.",
    discussion: """
      A header, then a line for each unit that anybody met: explanations with scores and Bradley-Terry \
      strengths with 95 % intervals, pairs with how many chose which, and all answers. Players are \
      pseudonyms that are drawn anew each time. It may run beside a server.
      """)

  @Option(
    name: .customLong("campaign"),
    help: "A campaign file; may be given several times. By default the shipped one.")
  var campaigns: [String] = []
  @Option(
    help: "The file with the gold questions of the first campaign; by default the shipped ones.")
  var gold: String?
  @Option(help: "The file to write; by default standard output.")
  var out: String?
  @Option(help: "The licence that the header states.")
  var licence = ResearchExport.licence

  @OptionGroup var data: DataFolder

  func run() async throws {
    let store = try data.open(.reading)
    let loaded = try ServedFiles(campaigns: campaigns, gold: gold).load()
    let licence = licence
    let export = try await store.read { reader throws(StorageError) in
      try ResearchExport(campaigns: loaded, licence: licence, reader: reader)
    }
    await store.close()
    guard let out else {
      return try export.write { try Self.write($0, to: STDOUT_FILENO, "standard output") }
    }
    let descriptor = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw ValidationError("\(out) can't be written: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    try export.write { try Self.write($0, to: descriptor, out) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ place: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        throw ValidationError("\(place) can't be written: \(String(cString: strerror(errno))).")
      }
      rest = rest.dropFirst(count)
    }
  }
}

/// The campaign files of a server.
struct ServedFiles {
  let campaigns: [String]
  let gold: String?

  /// The campaigns, the first one with its gold units.
  ///
  /// - Throws: What is wrong with a file, or that there is none.
  func load() throws -> [Campaign] {
    let paths = campaigns.isEmpty ? [SharedFiles.campaign].compactMap { $0 } : campaigns
    guard !paths.isEmpty else {
      throw ValidationError(
        "The campaign is not found: start from the project's folder or name one with --campaign.")
    }
    var loaded = try paths.map { try Campaign.load(from: $0) }
    if let gold = gold ?? (campaigns.isEmpty ? SharedFiles.gold : nil) {
      loaded[0] = loaded[0].adding(gold: try Campaign.load(from: gold))
    }
    return loaded
  }
}
