import ArenaTypes
import ArgumentParser
import Interpretation

/// `neuronarena bench score`: how long an explanation's score takes, alone and beside others.
struct BenchScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Seconds a score, the median over texts and units; scores a second at once.")

  @Option(help: "How many scores.")
  var rounds = 20
  @Option(help: "The campaign file or its folder.")
  var campaign: String = "Sources/neuronarena/Campaigns"
  @Option(help: "How many callers at once, such as 1,2,4: their requests share passes.")
  var callers = "1,2,3,4"
  @Option(help: "How many scores are asked for at the same moment, such as 8; several with commas.")
  var batch = "8"
  @Option(help: "How long a request waits for company while the engine is idle, in milliseconds.")
  var patience = 2.0
  @Option(help: ScorerName.help)
  var scorer: ScorerName?
  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `score`.
    let bench: String
    /// The scorer's name and version.
    let scorer: String
    /// How many scores.
    let rounds: Int
    /// Wall time of loading the campaign.
    let secondsToLoadCampaign: Double
    /// Wall time of making the scorer.
    let secondsToMakeScorer: Double
    /// Median wall time of the first score of a unit, nothing of it cached.
    let secondsPerFirstScore: Double
    /// Median wall time of a score of a unit that was scored before, with a text that was not.
    let secondsPerScore: Double
    /// The slowest score.
    let secondsPerScoreMax: Double
    /// Median wall time of a provisional score; nil for a scorer that gives none.
    let secondsPerProvisionalScore: Double?
    /// The slowest of these.
    let secondsPerProvisionalScoreMax: Double?
    /// Median CPU time of a score over all threads.
    let cpuSecondsPerScore: Double
    /// Resident memory after all scores.
    let residentByteCount: Int
    /// Through a queue, by the number of callers at once.
    let throughput: [ScoreThroughput.Row]
    /// Through a queue, by the number of scores that are asked for at the same moment.
    let batches: [ScoreThroughput.Batch]
  }

  func run() throws {
    guard rounds > 0, (0...1_000).contains(patience) else {
      throw ValidationError("--rounds takes 1 or more, --patience 0 to 1,000")
    }
    let callerCounts = try Self.counts(callers, of: "--callers")
    let batchSizes = try Self.counts(batch, of: "--batch")
    let start = ContinuousClock.now
    let loaded = try Campaign.load(from: campaign)
    let loadSeconds = (ContinuousClock.now - start) / .seconds(1)
    let both = try models.load()
    let made = ContinuousClock.now
    let name = scorer ?? .standard(for: both)
    let scorer = try name.scorer(for: loaded, models: both)
    let makeSeconds = (ContinuousClock.now - made) / .seconds(1)
    let load = ScoreThroughput(campaign: loaded, models: both, name: name)
    var firsts: [Double] = []
    var walls: [Double] = []
    var provisional: [Double] = []
    var cpus: [Double] = []
    for round in 0..<rounds {
      let (text, unit) = try load.question(round)
      firsts.append(try seconds { _ = try scorer.score(text, unit: unit) })
      let other = try load.question(round + 1_000 * rounds).text
      let cpu = ProcessFigures.cpuSeconds()
      walls.append(try seconds { _ = try scorer.score(other, unit: unit) })
      cpus.append(ProcessFigures.cpuSeconds() - cpu)
      var isProvisional = false
      let third = try load.question(round + 2_000 * rounds).text
      let time = try seconds {
        isProvisional = try scorer.provisionalScore(third, unit: unit) != nil
      }
      if isProvisional { provisional.append(time) }
    }
    let wait = Duration.seconds(patience / 1_000)
    let throughput = try callerCounts.map { count in
      try load.measure(callers: count, scoreCount: rounds * max(2, count), patience: wait)
    }
    let batches = try batchSizes.map { size in
      try load.measureBatches(of: size, count: rounds, patience: wait)
    }
    let report = Report(
      bench: "score", scorer: scorer.name, rounds: rounds, secondsToLoadCampaign: loadSeconds,
      secondsToMakeScorer: makeSeconds, secondsPerFirstScore: BenchReport.median(firsts),
      secondsPerScore: BenchReport.median(walls),
      secondsPerScoreMax: (firsts + walls).max() ?? 0,
      secondsPerProvisionalScore: provisional.isEmpty ? nil : BenchReport.median(provisional),
      secondsPerProvisionalScoreMax: provisional.max(),
      cpuSecondsPerScore: BenchReport.median(cpus),
      residentByteCount: ProcessFigures.residentByteCount(), throughput: throughput,
      batches: batches)
    if json { return try BenchReport.print(report) }
    print(report)
  }

  private static func counts(_ text: String, of option: String) throws -> [Int] {
    try text.split(separator: ",").map { text in
      guard let count = Int(text), (1...256).contains(count) else {
        throw ValidationError("\(option) takes numbers from 1 to 256, such as 1,2,4")
      }
      return count
    }
  }

  private func print(_ report: Report) {
    func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1_000).rounded()) }
    Swift.print(
      """
      \(report.scorer): \(milliseconds(report.secondsPerScore)) ms a score, \
      \(milliseconds(report.secondsPerFirstScore)) ms the first of a unit, \
      \(milliseconds(report.secondsPerScoreMax)) ms the slowest of \(2 * rounds), \
      \(milliseconds(report.cpuSecondsPerScore)) ms of CPU time
      \(milliseconds(report.secondsToLoadCampaign)) ms to load the campaign, \
      \(milliseconds(report.secondsToMakeScorer)) ms to make the scorer
      \(report.residentByteCount >> 20) MiB resident
      """)
    if let time = report.secondsPerProvisionalScore {
      let slowest = milliseconds(report.secondsPerProvisionalScoreMax ?? time)
      Swift.print("\(milliseconds(time)) ms a provisional score, \(slowest) ms the slowest")
    }
    for row in report.throughput {
      Swift.print(
        """
        \(row.callers) at once: \(BenchReport.rounded(row.scoresPerSecond)) scores a second, \
        \(milliseconds(row.secondsPerScore)) ms a score (\(milliseconds(row.secondsPerScoreMax)) the \
        slowest), \(milliseconds(row.cpuSecondsPerScore)) ms of CPU time; \
        \(BenchReport.rounded(row.rowsPerPass)) rows and \
        \(BenchReport.rounded(row.requestsPerPass)) requests a pass
        """)
    }
    for batch in report.batches {
      Swift.print(
        """
        \(batch.size) asked for together: \(milliseconds(batch.secondsPerScore)) ms each, all there \
        after \(milliseconds(batch.seconds)) ms (\(milliseconds(batch.secondsMax)) the slowest)
        """)
    }
  }
}
