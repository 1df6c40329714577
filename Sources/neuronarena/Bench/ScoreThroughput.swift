import ArenaTypes
@preconcurrency import Dispatch
import Interpretation
import TransformerEngine

/// Scores that several callers ask for at once, whose passes meet in a queue.
struct ScoreThroughput {
  /// What came of one number of callers.
  struct Row: Encodable {
    /// Callers, each with one score on the way at any time.
    let callers: Int
    /// Scores a second of wall time, of all callers together.
    let scoresPerSecond: Double
    /// Median wall time from asking for a score to having it.
    let secondsPerScore: Double
    /// The slowest.
    let secondsPerScoreMax: Double
    /// CPU time of a score over all threads.
    let cpuSecondsPerScore: Double
    /// Mean rows of a pass.
    let rowsPerPass: Double
    /// Mean requests that shared a pass.
    let requestsPerPass: Double
  }

  /// What came of scores that were asked for at the same moment.
  struct Batch: Encodable {
    /// How many.
    let size: Int
    /// Median wall time until all of them are there.
    let seconds: Double
    /// The slowest batch.
    let secondsMax: Double
    /// The share of a score in the median.
    let secondsPerScore: Double
  }

  let campaign: Campaign
  let models: InterpretationModels
  let name: ScorerName

  private static let topics = [
    "storms", "kings", "gardens", "letters", "metals", "music", "bread", "ships",
  ]

  /// A text that no other number has, and a unit for it.
  func question(_ number: Int) throws -> (text: ExplanationText, unit: UnitID) {
    let text = try ExplanationText(
      "names of \(Self.topics[number % Self.topics.count]) in stories number \(number)")
    return (text, campaign.units[number * 7 % campaign.units.count].id)
  }

  /// Has scores made in batches: all of one are asked for at once, and the next when the last one is
  /// there.
  ///
  /// - Parameter patience: How long each request waits for company.
  func measureBatches(of size: Int, count: Int, patience: Duration) throws -> Batch {
    let queue = models.makeQueue()
    defer { queue.stop() }
    let scorer = try name.scorer(for: campaign, models: models.served(by: queue))
    let first = try question(1_000_000)
    _ = try scorer.score(first.text, unit: first.unit)
    let callers = (0..<size).map { DispatchQueue(label: "score \($0)") }
    let times = try (0..<count).map { batch in
      let questions = try (0..<size).map { try question(batch * size + $0) }
      return seconds {
        let group = DispatchGroup()
        for (caller, (text, unit)) in zip(callers, questions) {
          caller.async(group: group) {
            InferenceTerms.withCurrent(InferenceTerms(priority: .urgent, patience: patience)) {
              _ = try? scorer.score(text, unit: unit)
            }
          }
        }
        group.wait()
      }
    }
    let median = BenchReport.median(times)
    return Batch(
      size: size, seconds: median, secondsMax: times.max() ?? 0,
      secondsPerScore: median / Double(size))
  }

  /// Has `scoreCount` scores made by so many callers.
  ///
  /// - Parameter patience: How long each request waits for company.
  func measure(callers: Int, scoreCount: Int, patience: Duration) throws -> Row {
    let queue = models.makeQueue()
    defer { queue.stop() }
    let scorer = try name.scorer(for: campaign, models: models.served(by: queue))
    // The beginnings of the prompts are computed once, not by each score.
    let first = try question(1_000_000)
    _ = try scorer.score(first.text, unit: first.unit)
    let before = queue.counters
    let questions = try (0..<scoreCount).map { try question($0) }
    let times = Locked<[Double]>([])
    let next = Locked(0)
    let cpu = ProcessFigures.cpuSeconds()
    let wall = seconds {
      let group = DispatchGroup()
      for caller in 0..<callers {
        // A serial queue each: global ones run but a few blocking jobs at once.
        DispatchQueue(label: "score \(caller)").async(group: group) {
          InferenceTerms.withCurrent(InferenceTerms(priority: .urgent, patience: patience)) {
            while case let number = next.withLock({ next in
              next += 1
              return next - 1
            }), number < questions.count {
              let (text, unit) = questions[number]
              let time = seconds { _ = try? scorer.score(text, unit: unit) }
              times.withLock { $0.append(time) }
            }
          }
        }
      }
      group.wait()
    }
    let used = ProcessFigures.cpuSeconds() - cpu
    let all = times.withLock { $0 }
    let after = queue.counters
    func mean(_ before: CountHistogram, _ after: CountHistogram) -> Double {
      Double(after.sum - before.sum) / Double(max(1, after.count - before.count))
    }
    return Row(
      callers: callers, scoresPerSecond: Double(scoreCount) / wall,
      secondsPerScore: BenchReport.median(all), secondsPerScoreMax: all.max() ?? 0,
      cpuSecondsPerScore: used / Double(scoreCount), rowsPerPass: mean(before.rows, after.rows),
      requestsPerPass: mean(before.requests, after.requests))
  }
}
