import ArenaTypes
import ArgumentParser
import Interpretation

/// `neuronarena bench score`: how long an explanation's score takes.
struct BenchScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Seconds a score, the median over different texts and units.")

  @Option(help: "How many scores.")
  var rounds = 20
  @Option(help: "The campaign file or its folder.")
  var campaign: String = "Sources/neuronarena/Campaigns"
  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `score`.
    let bench: String
    /// How many scores.
    let rounds: Int
    /// Wall time of loading the campaign.
    let secondsToLoadCampaign: Double
    /// Wall time of making the scorer.
    let secondsToMakeScorer: Double
    /// Median wall time of a score, nothing of it cached.
    let secondsPerScore: Double
    /// The slowest score.
    let secondsPerScoreMax: Double
    /// Median CPU time of a score over all threads.
    let cpuSecondsPerScore: Double
    /// Resident memory after all scores.
    let residentByteCount: Int
  }

  func run() throws {
    guard rounds > 0 else { throw ValidationError("--rounds must be 1 or more") }
    let start = ContinuousClock.now
    let loaded = try Campaign.load(from: campaign)
    let loadSeconds = (ContinuousClock.now - start) / .seconds(1)
    let both = try models.load()
    let made = ContinuousClock.now
    let scorer = try GenWindowScorer(campaign: loaded, models: both)
    let makeSeconds = (ContinuousClock.now - made) / .seconds(1)
    let topics = ["storms", "kings", "gardens", "letters", "metals", "music", "bread", "ships"]
    var walls: [Double] = []
    var cpus: [Double] = []
    for round in 0..<rounds {
      let text = try ExplanationText(
        "names of \(topics[round % topics.count]) in stories number \(round)")
      let unit = loaded.units[round * 7 % loaded.units.count].id
      let cpu = ProcessFigures.cpuSeconds()
      walls.append(try seconds { _ = try scorer.score(text, unit: unit) })
      cpus.append(ProcessFigures.cpuSeconds() - cpu)
    }
    let report = Report(
      bench: "score", rounds: rounds, secondsToLoadCampaign: loadSeconds,
      secondsToMakeScorer: makeSeconds, secondsPerScore: BenchReport.median(walls),
      secondsPerScoreMax: walls.max() ?? 0, cpuSecondsPerScore: BenchReport.median(cpus),
      residentByteCount: ProcessFigures.residentByteCount())
    if json { return try BenchReport.print(report) }
    func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1_000).rounded()) }
    print(
      """
      \(milliseconds(report.secondsPerScore)) ms a score, \
      \(milliseconds(report.secondsPerScoreMax)) ms the slowest of \(rounds), \
      \(milliseconds(report.cpuSecondsPerScore)) ms of CPU time
      \(milliseconds(loadSeconds)) ms to load the campaign, \
      \(milliseconds(makeSeconds)) ms to make the scorer
      \(report.residentByteCount >> 20) MiB resident
      """)
  }
}
