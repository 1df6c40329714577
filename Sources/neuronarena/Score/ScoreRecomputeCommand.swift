import ArenaStorage
import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation
import SQLiteStorage

/// `neuronarena score recompute`.
struct ScoreRecomputeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recompute",
    abstract: "Compute old scores anew under the present scorer, and tell what changed.",
    discussion: """
      In a campaign file each explanation keeps its earlier scores beside the new one; without --out \
      nothing is written; pairs stay as they were settled, by whomever. In a database new scores stand beside the old ones, under their scorer's name, \
      and only with --apply; duels, contests, answers and ratings never change. Whoever is interrupted \
      runs it again: a file is written whole at the end or not at all, and a database goes on where it \
      was. --apply needs the database to itself; looking works beside a running server.
      """)

  @Option(
    help: """
      The campaign file or its folder; with --database the one whose units were played, by default \
      the shipped one.
      """)
  var campaign: String?
  @Option(help: "The campaign file to write.")
  var out: String?
  @Option(help: "The database file or its folder, instead of a campaign's scores.")
  var database: String?
  @Flag(help: "With --database: keep the new scores.")
  var apply = false
  @Option(help: ScorerName.help)
  var scorer: ScorerName?
  @Option(help: "Also write what changed to this file as JSON.")
  var json: String?
  @OptionGroup var models: ModelsFolder

  func validate() throws {
    if database == nil, campaign == nil {
      throw ValidationError("say what to recompute: --campaign FILE or --database PATH")
    }
    if database != nil, out != nil {
      throw ValidationError("--out goes with a campaign; new scores of a database stay in it")
    }
    if apply, database == nil {
      throw ValidationError("--apply goes with --database; a campaign is written to --out")
    }
  }

  /// Scores, writes and prints.
  func run() async throws {
    let meter = ProgressMeter()
    let report: RescoreReport
    let end: String
    if let database {
      // What is wrong with the database is told before models are loaded.
      let path = try Self.file(of: database)
      let store = try SQLiteStore(path: path, access: apply ? .server : .reading)
      do {
        report = try await recompute(in: store, meter)
      } catch {
        await store.close()
        throw error
      }
      await store.close()
      end =
        apply
        ? "\(path): \(report.scoredCount) scores added, all else as it was"
        : "nothing was written: --apply keeps the new scores beside the old ones"
    } else {
      let loaded = try Campaign.load(from: campaign ?? "")
      let (rescored, found) = try CampaignRescore(
        campaign: loaded, scorer: presentScorer(for: loaded), progress: meter.progress
      ).run()
      meter.finish()
      report = found
      if let out { try rescored.write(to: out) }
      end = out.map { "\($0): written, with the earlier scores" } ?? "nothing was written"
    }
    if let json { try Self.write(report, to: json) }
    for line in report.lines + ["", end] { print(VisibleText.of(line)) }
  }

  private func recompute(in store: SQLiteStore, _ meter: ProgressMeter) async throws
    -> RescoreReport
  {
    let path = campaign ?? SharedFiles.campaign ?? "Sources/neuronarena/Campaigns"
    let loaded = try Campaign.load(from: path)
    let report = try await DatabaseRescore(store: store, campaign: loaded).run(
      scorer: presentScorer(for: loaded), apply: apply, now: { .systemNow },
      progress: { meter.show(BuildProgress.Stage.scoring.rawValue, done: $0, total: $1) })
    meter.finish()
    return report
  }

  private func presentScorer(for campaign: Campaign) throws -> any Scorer {
    let both = try models.load()
    return try (scorer ?? .standard(for: both)).scorer(for: campaign, models: both)
  }

  /// The database file at `path`, or in the folder at `path`.
  ///
  /// - Throws: Where there is none: opening would make an empty one.
  static func file(of path: String) throws -> String {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ValidationError("there is no database at \(path)")
    }
    guard isFolder else { return path }
    let file = path + "/arena.sqlite"
    guard FileManager.default.fileExists(atPath: file) else {
      throw ValidationError("there is no arena.sqlite in \(path)")
    }
    return file
  }

  private static func write(_ report: RescoreReport, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try encoder.encode(report).write(to: URL(filePath: path), options: .atomic)
  }
}
