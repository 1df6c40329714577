import ArenaRules
import ArgumentParser

/// `neuronarena bench board`: what a leaderboard of a million costs.
///
/// All in one process and on one thread; times are CPU times. The raw baseline is a dictionary of the
/// same entries, which keeps no order: what one pays for ranks is the ratio. The naive board of the
/// comparison is a sorted array with binary search, at a size that it can bear; there the board is
/// measured anew.
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
        rawUpdatesPerCPUSecond    the same updates of a dictionary by player, which keeps no order
        rawRatio                  the board's by the dictionary's
        naiveEntries              entries of the comparison
        naiveUpdatesPerCPUSecond  updates of a sorted array with binary search
        boardUpdatesPerCPUSecond  updates of the board with as many entries
        ratio                     the second by the first
      With --watchers a whole server sends a contest's board to players who stand on it, instead:
        watchers                  how many
        versionsPerSecond         how often the board moves, everybody's own place with it
        deliveries                versions that reached watchers
        ownPlaces                 own places that reached watchers, behind the version
        microsecondsPerDelivery   server CPU a version sent to a watcher with its own place
        bytesPerDelivery          bytes of both
        allEndedOnLastVersion     whether every watcher's last version was the last
      """)

  @Option(help: "How many entries.")
  var entries = 1_000_000

  @Option(help: "How many entries in the comparison with a sorted array.")
  var naiveEntries = 100_000

  @Option(help: "How many updates, and how many ranks.")
  var operations = 400_000

  @Option(help: "Send a board to so many players who watch it, each with its own place.")
  var watchers: Int?

  @Option(help: "How often the watched board moves, in versions a second.")
  var rate = 2.0

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
    var rawUpdatesPerCPUSecond = 0.0
    var rawRatio = 0.0
    let naiveEntries: Int
    var naiveUpdatesPerCPUSecond = 0.0
    var boardUpdatesPerCPUSecond = 0.0
    var ratio = 0.0
  }

  func validate() throws {
    guard (1_000...20_000_000).contains(entries), (1_000...1_000_000).contains(naiveEntries),
      (1_000...50_000_000).contains(operations), (1...100_000).contains(watchers ?? 1),
      (0.1...4).contains(rate)
    else {
      throw ValidationError(
        """
        --entries, --naive-entries and --operations take at least 1,000 each, --watchers 1 to 100,000, \
        --rate 0.1 to 4 (a board moves no oftener).
        """)
    }
  }

  private func watch(_ count: Int) throws {
    let watching = BoardWatching(watcherCount: count, versionCount: 20, versionsPerSecond: rate)
    let result = try watching.measure()
    if json { return try BenchReport.print(result) }
    print(
      """
      \(count) watchers, \(rate) versions a second: \
      \(BenchReport.rounded(result.microsecondsPerDelivery)) us of CPU a delivery with one's own \
      place (\(result.deliveries) versions, \(result.ownPlaces) own places, \
      \(Int(result.bytesPerDelivery)) bytes each), all on the last version: \
      \(result.allEndedOnLastVersion)
      """)
  }

  func run() throws {
    if let watchers { return try watch(watchers) }
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
      a dictionary without an order: \(Int(report.rawUpdatesPerCPUSecond)) updates a CPU second, the \
      board has \(BenchReport.rounded(report.rawRatio)) of that
      \(naiveEntries) entries: \(Int(report.boardUpdatesPerCPUSecond)) updates a CPU second, a sorted \
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
    BenchReport.note("a dictionary beside it")
    report.rawUpdatesPerCPUSecond = load.dictionaryUpdatesPerCPUSecond(operations)
    report.rawRatio = report.updatesPerCPUSecond / report.rawUpdatesPerCPUSecond
    BenchReport.note("publishing")
    report.microsecondsPerPublish = load.microsecondsPerPublish(count: 1_000)
  }

  private func measureNaive(_ report: inout Report) {
    BenchReport.note("a sorted array of \(naiveEntries) beside it")
    var load = BoardLoad(entryCount: naiveEntries)
    report.boardUpdatesPerCPUSecond = load.updatesPerCPUSecond(operations / 2)
    var naive = SortedArrayBoard(load.board.top(naiveEntries))
    report.naiveUpdatesPerCPUSecond = load.updatesPerCPUSecond(1_000, of: &naive)
    report.ratio = report.boardUpdatesPerCPUSecond / report.naiveUpdatesPerCPUSecond
  }
}
