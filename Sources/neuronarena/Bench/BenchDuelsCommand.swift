import ArgumentParser
import Glibc

/// `neuronarena bench duels`: how many duels one node carries, at full speed while its engine is
/// saturated, or so many at once at the pace of people.
///
/// The server runs in a process of its own, with SQLite on disk and `synchronous=FULL`; the bots
/// play over WebSockets on loopback. At full speed duels wait for nothing but their players.
struct BenchDuelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duels",
    abstract:
      "Complete pick duels a second while the engine scores, and answer to acknowledgement.",
    discussion: """
      Countdowns are cut to 1 ms and reveals are skipped; an answer is acknowledged when it is on \
      disk. The engine scores new texts one after another; the heat maps of reveals are made up. \
      Without the models the engine is kept busy by a loop, and the report says so.

      --json prints one object:
        bench                          duels
        pairs                          pairs of bots, each in one duel at a time
        seconds                        how long was measured, after a second of warming up
        engine                         models, busyLoop or idle: what the engine did meanwhile
        duels, duelsPerSecond          complete duels of five rounds or more
        answers, answersPerSecond      answers that were acknowledged
        p50Milliseconds                median time from sending an answer to its acknowledgement
        p99Milliseconds                what 99 of 100 answers keep to
        refusals                       commands of a duel that were refused
        scores                         scores that the engine made from the start to the end
        cpuMillisecondsPerDuel         server CPU time of a duel, the engine's threads left out
        engineCPUSecondsPerSecond      CPU time of the engine's threads, a second
        residentByteCountBefore        resident memory of the server before the bots came
        residentByteCount              resident memory of the server at the end

      With --concurrent N, 2 N players find each other through the queue instead and play at the pace \
      of people, by the game's own clocks and limits: each answers 2 to 8 s after the question and \
      wishes to go on 2 to 6 s after the reveal, both uniform. They come from other processes, 5,000 \
      from each. Every answer must be acknowledged and then revealed as it was given. The engine is \
      idle. The object then has, beside bench, answers, duels and the resident bytes:
        concurrent, hurry              as asked for
        serverCores                    processors that the server may use, a shard on each
        playersPerSecond               how fast they came
        playingMin, playingMean        duels that ran at once, at the least and in the mean
        acknowledged, revealed         answers that were; all of them, if none was refused or lost
        lost                           never acknowledged, or not revealed as given
        refused                        answers refused, by code
        p50, p99, maxMilliseconds      from sending an answer to its acknowledgement
        cpuMicrosecondsPerAnswer       all CPU time of the server, by answer
        coresUsed                      the same, a second
        transactionsPerSecond          commits of the database, each with a flush of the disk
        commitsPerTransaction          commands and the like in each
        rowsPerTransaction             rows written in each
        turnP50, turnP99Milliseconds   how long a shard's turn kept it from its sockets, as the end of \
      a range
        playersTurnP99Milliseconds     how long the players' own turns took: what the load adds
      """)

  @Option(help: "How many pairs of bots play at once.")
  var pairs = 8

  @Option(help: "Play so many duels at once at the pace of people, instead of pairs at full speed.")
  var concurrent: Int?

  @Option(help: "How many times as fast people and clocks of --concurrent are.")
  var hurry = 1

  @Option(help: "How many players of --concurrent come in a second.")
  var playersPerSecond = 300

  @Option(
    help: """
      On how many processors the server of --concurrent runs, the players on the others; by default \
      all on all.
      """)
  var serverCores: Int?

  @Option(help: "How long is measured, in seconds.")
  var seconds = 10

  @Option(help: "The campaign file; by default the shipped one.")
  var campaign: String?

  @Option(help: "The folder in which the database is made and removed again.")
  var temporaryFolder = "/tmp"

  @Flag(help: "Leave the engine idle, for comparison.")
  var noScoring = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`; the fields are those of the command's discussion.
  struct Report: Encodable {
    let bench: String
    let pairs: Int
    let seconds: Int
    let engine: String
    var duels = 0
    var duelsPerSecond = 0.0
    var answers = 0
    var answersPerSecond = 0.0
    var p50Milliseconds = 0.0
    var p99Milliseconds = 0.0
    var refusals = 0
    var scores = 0
    var cpuMillisecondsPerDuel = 0.0
    var engineCPUSecondsPerSecond = 0.0
    let residentByteCountBefore: Int
    var residentByteCount = 0
  }

  func validate() throws {
    guard (1...4_000).contains(pairs), (1...3_600).contains(seconds) else {
      throw ValidationError("--pairs takes 1 to 4,000, --seconds 1 to 3,600.")
    }
    guard (1...9_000).contains(concurrent ?? 1), (1...100).contains(hurry),
      (1...5_000).contains(playersPerSecond), (1...64).contains(serverCores ?? 1)
    else {
      throw ValidationError(
        """
        --concurrent takes 1 to 9,000, --hurry 1 to 100, --players-per-second 1 to 5,000, \
        --server-cores 1 to 64.
        """)
    }
  }

  func run() throws {
    let folder = try TemporaryDataFolder(in: temporaryFolder)
    defer { folder.remove() }
    if let concurrent { return try playPaced(concurrent, folder.path) }
    let report = try measure(dataFolder: folder.path)
    if json { try BenchReport.print(report) } else { print(report) }
  }

  private func playPaced(_ duelCount: Int, _ dataFolder: String) throws {
    let duels = PacedDuels(
      duelCount: duelCount, seconds: seconds, hurry: hurry, playersPerSecond: playersPerSecond,
      serverCores: serverCores, campaign: campaign)
    let report = try duels.measure(dataFolder: dataFolder)
    if json { try BenchReport.print(report) } else { Swift.print(report.text) }
  }

  private func measure(dataFolder: String) throws -> Report {
    BenchReport.note("starting the server")
    var arguments = ["--data", dataFolder]
    if let campaign { arguments += ["--campaign", campaign] }
    if let folder = models.explicit { arguments += ["--models", folder] }
    if noScoring { arguments.append("--no-scoring") }
    let server = try BenchServer(arguments, subcommand: "duel-server")
    guard let engine = server.process.readLine()?.split(separator: " ").last else {
      throw BenchError.noServer
    }
    var report = Report(
      bench: "duels", pairs: pairs, seconds: seconds, engine: String(engine),
      residentByteCountBefore: server.residentByteCount)
    var load = try DuelLoad(port: server.port, pairs: pairs)
    BenchReport.note("playing for \(seconds) s, engine: \(engine)")
    try load.run(seconds: 1)
    let before = (all: server.cpuSeconds, engine: server.niceCPUSeconds)
    try load.run(seconds: Double(seconds))
    let engineCPU = server.niceCPUSeconds - before.engine
    let cpu = server.cpuSeconds - before.all - engineCPU
    report.residentByteCount = server.residentByteCount
    load.close()
    note(load.counts, cpu: cpu, engineCPU: engineCPU, in: &report)
    let last = server.process.end().last { $0.hasPrefix("scores ") }
    report.scores = last.flatMap { Int($0.dropFirst(7)) } ?? 0
    return report
  }

  private func note(
    _ counts: DuelLoad.Counts, cpu: Double, engineCPU: Double, in report: inout Report
  ) {
    report.duels = counts.duels
    report.duelsPerSecond = Double(counts.duels) / Double(seconds)
    report.answers = counts.answers
    report.answersPerSecond = Double(counts.answers) / Double(seconds)
    report.p50Milliseconds = BenchReport.rounded(counts.acknowledgements.quantile(0.5))
    report.p99Milliseconds = BenchReport.rounded(counts.acknowledgements.quantile(0.99))
    report.refusals = counts.refusals
    report.cpuMillisecondsPerDuel = cpu * 1e3 / Double(max(1, counts.duels))
    report.engineCPUSecondsPerSecond = engineCPU / Double(seconds)
  }

  private func print(_ report: Report) {
    Swift.print(
      """
      \(pairs) pairs, engine: \(report.engine) (\(report.scores) scores): \
      \(BenchReport.rounded(report.duelsPerSecond)) duels and \
      \(BenchReport.rounded(report.answersPerSecond)) answers a second
      answer to acknowledgement p50 \(report.p50Milliseconds) ms, p99 \(report.p99Milliseconds) ms, \
      refused: \(report.refusals)
      server CPU \(BenchReport.rounded(report.cpuMillisecondsPerDuel)) ms a duel, engine \
      \(BenchReport.rounded(report.engineCPUSecondsPerSecond)) cores, \
      \(report.residentByteCount >> 20) MiB resident
      """)
  }
}
