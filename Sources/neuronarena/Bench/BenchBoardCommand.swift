import ArenaRules
import ArgumentParser

/// `neuronarena bench board`: what a leaderboard of a million costs.
///
/// All in one process and on one thread; times are CPU times. The naive board of the comparison is a
/// sorted array with binary search, at a size that it can bear; there the tree is measured anew.
struct BenchBoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "A board of 1,000,000: updates, ranks and neighbours per CPU second, bytes an entry.",
    discussion: """
      --json prints one object:
        bench                     board
        entries                   entries of the board
        updatesPerCPUSecond       entries put to a new place, a second of CPU
        ranksPerCPUSecond         places of random players asked for, a second of CPU
        neighboursPerCPUSecond    five entries to either side of random players, a second of CPU
        microsecondsPerPublish    CPU time of a version of the top 100, with the step towards it
        bytesPerEntry             memory of the board itself, without the heap parts of names and ids
        residentBytesPerEntry     growth of resident memory, names and ids included
        naiveEntries              entries of the comparison
        naiveUpdatesPerCPUSecond  updates of a sorted array with binary search
        treeUpdatesPerCPUSecond   updates of the board with as many entries
        ratio                     the second by the first
      """)

  @Option(help: "How many entries.")
  var entries = 1_000_000

  @Option(help: "How many entries in the comparison with a sorted array.")
  var naiveEntries = 100_000

  @Option(help: "How many updates, and how many ranks.")
  var operations = 400_000

  @Flag(help: "Print one JSON object.")
  var json = false

  /// What is printed with `--json`; the fields are those of the command's discussion.
  struct Report: Encodable {
    let bench: String
    let entries: Int
    var updatesPerCPUSecond = 0.0
    var ranksPerCPUSecond = 0.0
    var neighboursPerCPUSecond = 0.0
    var microsecondsPerPublish = 0.0
    var bytesPerEntry = 0.0
    var residentBytesPerEntry = 0.0
    let naiveEntries: Int
    var naiveUpdatesPerCPUSecond = 0.0
    var treeUpdatesPerCPUSecond = 0.0
    var ratio = 0.0
  }

  func validate() throws {
    guard (1_000...20_000_000).contains(entries), (1_000...1_000_000).contains(naiveEntries),
      (1_000...50_000_000).contains(operations)
    else {
      throw ValidationError(
        "--entries, --naive-entries and --operations take at least 1,000 each.")
    }
  }

  func run() throws {
    var report = Report(bench: "board", entries: entries, naiveEntries: naiveEntries)
    measureBoard(&report)
    measureNaive(&report)
    if json { return try BenchReport.print(report) }
    print(
      """
      \(entries) entries: \(Int(report.updatesPerCPUSecond)) updates, \
      \(Int(report.ranksPerCPUSecond)) ranks, \(Int(report.neighboursPerCPUSecond)) neighbourhoods \
      a CPU second; \(BenchReport.rounded(report.microsecondsPerPublish)) us to publish the top 100
      \(BenchReport.rounded(report.bytesPerEntry)) bytes an entry, \
      \(BenchReport.rounded(report.residentBytesPerEntry)) with names and ids
      \(naiveEntries) entries: \(Int(report.treeUpdatesPerCPUSecond)) updates a CPU second, a sorted \
      array \(Int(report.naiveUpdatesPerCPUSecond)), ratio \(BenchReport.rounded(report.ratio))
      """)
  }

  private func measureBoard(_ report: inout Report) {
    BenchReport.note("filling a board of \(entries)")
    let before = ProcessFigures.residentByteCount()
    var load = BoardLoad(entryCount: entries)
    report.bytesPerEntry = Double(load.board.byteCount) / Double(entries)
    report.residentBytesPerEntry =
      Double(ProcessFigures.residentByteCount() - before) / Double(entries)
    BenchReport.note("updates")
    report.updatesPerCPUSecond = load.updatesPerCPUSecond(operations)
    BenchReport.note("ranks and neighbours")
    report.ranksPerCPUSecond = load.ranksPerCPUSecond(operations)
    report.neighboursPerCPUSecond = load.neighboursPerCPUSecond(operations / 4)
    BenchReport.note("publishing")
    report.microsecondsPerPublish = load.microsecondsPerPublish(count: 1_000)
  }

  private func measureNaive(_ report: inout Report) {
    BenchReport.note("a sorted array of \(naiveEntries) beside it")
    var load = BoardLoad(entryCount: naiveEntries)
    report.treeUpdatesPerCPUSecond = load.updatesPerCPUSecond(operations / 2)
    var naive = SortedArrayBoard(load.board.top(naiveEntries))
    report.naiveUpdatesPerCPUSecond = load.updatesPerCPUSecond(1_000, of: &naive)
    report.ratio = report.treeUpdatesPerCPUSecond / report.naiveUpdatesPerCPUSecond
  }
}
