import ArenaTypes
import FoundationEssentials
import Interpretation
import TransformerEngine

extension EngineBench {
  /// Excerpts of the corpus; some seconds of work.
  private static let excerptCount = 128
  /// Layers of the shipped campaign, spread up to the last.
  private static let corpusLayers = [5, 10, 14, 19, 24, 29]

  /// Tokens a second of a campaign's two passes through the model, beside a prompt's.
  ///
  /// A campaign is built in earnest, from a corpus of random words, checkpoints and all.
  func corpus() throws -> Comparison.Figure {
    let clock = Locked(PassClock())
    var busy: [Double] = []
    let prompt = Self.tokens(511)
    var figure = Comparison.measure(
      .init(
        load: "passes of a campaign, \(Self.excerptCount) excerpts", unit: "tokens/s",
        floors: ["prompt": 0.9]),
      among: [
        .init(name: ComparedServer.ours) {
          clock.withLock { $0 = PassClock() }
          let tokens = try build(clock)
          let passes = clock.withLock { $0 }
          busy.append(passes.cpu / passes.wall)
          return 2 * Double(tokens) / passes.wall
        },
        .init(name: "prompt") {
          512
            / (try seconds {
              _ = try loaded.subject.model.nextTokenLogProbabilities(after: [prompt], of: [0])
            })
        },
      ], runs: min(rounds, 3))
    figure.note = "\(BenchReport.rounded(BenchReport.median(busy))) cores busy"
    return figure
  }

  /// Builds a campaign until its passes are done; the tokens of its corpus.
  private func build(_ clock: Locked<PassClock>) throws -> Int {
    let folder = try TemporaryDataFolder()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let text = Self.text()
    try Data(text.utf8).write(to: URL(filePath: folder.path + "/words.txt"))
    var plan = CampaignPlan(
      id: CampaignID(rawValue: "bench"), title: "Bench", corpusFolder: folder.path,
      workFolder: folder.path + "/work", layers: Self.corpusLayers, seed: 1, unitCount: 2,
      reserved: [], startedAt: Timestamp(millisecondsSinceEpoch: 0))
    plan.candidateCount = 8
    let builder = CampaignBuilder(
      plan: plan, model: loaded.subject, embedder: loaded.embedder,
      progress: BuildProgress { stage, done, total in
        clock.withLock { $0.note(stage, isDone: done == total) }
      })
    // Random words make no units, which is found out after the passes.
    _ = try? builder.build()
    guard clock.withLock({ $0.isWhole }) else {
      throw BenchError.unexpected("the campaign's passes did not end")
    }
    return try text.split(separator: "\n").reduce(0) {
      $0 + (try loaded.subject.tokenIDs(of: String($1)).count)
    }
  }

  /// A paragraph an excerpt: four sentences of eight words, each a token, and a full stop.
  private static func text() -> String {
    let words = [
      "water", "stone", "light", "house", "river", "night", "music", "paper", "green", "heart",
      "storm", "glass", "winter", "bread", "horse", "train", "field", "metal", "north", "black",
      "letter", "garden", "window", "summer", "silver", "market", "island", "bridge", "forest",
      "street", "table", "voice",
    ]
    var state: UInt32 = 7
    return (0..<excerptCount).map { _ in
      (0..<4).map { _ in
        (0..<8).map { _ in
          state = state &* 1_664_525 &+ 1_013_904_223
          return words[Int(state >> 27)]
        }.joined(separator: " ") + "."
      }.joined(separator: " ") + "\n"
    }.joined()
  }
}

/// When a build was in its passes through the model.
private struct PassClock {
  private var survey: Span?
  private var recording: Span?
  private var last = Moment()

  private struct Moment {
    let wall = ContinuousClock.now
    let cpu = ProcessFigures.cpuSeconds()
  }

  private struct Span {
    let wall: Double
    let cpu: Double

    init(from start: Moment) {
      let end = Moment()
      wall = (end.wall - start.wall) / .seconds(1)
      cpu = end.cpu - start.cpu
    }
  }

  var isWhole: Bool { survey != nil && recording != nil }
  var wall: Double { (survey?.wall ?? 0) + (recording?.wall ?? 0) }
  var cpu: Double { (survey?.cpu ?? 0) + (recording?.cpu ?? 0) }

  /// A pass begins where what is before it ends.
  mutating func note(_ stage: BuildProgress.Stage, isDone: Bool) {
    switch stage {
    case .surveying: if isDone { survey = Span(from: last) }
    case .recording: if isDone { recording = Span(from: last) }
    default: break
    }
    if stage != .recording, stage != .surveying || isDone { last = Moment() }
  }
}
