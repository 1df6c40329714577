import ArgumentParser
import Glibc
import Interpretation
import TransformerEngine

/// `neuronarena bench engine`: how many prompt tokens the subject model reads a CPU second.
struct BenchEngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine",
    abstract: "Prompt tokens per CPU second, milliseconds per short prompt, memory of the models.")

  /// The tokens of a sequence of the throughput rounds: those of a typical excerpt.
  fileprivate static let sequenceTokenCount = 48
  /// The sequences of a round.
  fileprivate static let sequenceCount = 32
  /// The tokens of a short prompt: those of a typical explanation.
  fileprivate static let promptTokenCount = 20

  @Option(help: "How many rounds of each.")
  var rounds = 9
  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `engine`.
    let bench: String
    /// Rounds of each.
    let rounds: Int
    /// The engine's threads.
    let threads: Int
    /// Median: tokens read to the last layer's neurons, a second of CPU time of all threads.
    let promptTokensPerCPUSecond: Double
    /// Median: the same, a second of wall time.
    let promptTokensPerSecond: Double
    /// Median wall time from 20 tokens to the next token's probabilities.
    let millisecondsPerShortPrompt: Double
    /// Median wall time of embedding twelve words.
    let millisecondsPerEmbedding: Double
    /// Resident memory before the models were loaded.
    let residentByteCountBefore: Int
    /// Resident memory with both models, after all rounds.
    let residentByteCount: Int
  }

  func run() throws {
    let before = ProcessFigures.residentByteCount()
    let threads = try EngineThreads(niceValue: 0)
    let loaded = try InterpretationModels.load(
      from: ModelStore(folder: models.explicit).folder, threads: threads)
    let llama = loaded.subject.llama
    let last = llama.configuration.layerCount - 1
    let batch = Self.batch()
    let prompt = Array(batch[0].prefix(Self.promptTokenCount))
    var perCPU: [Double] = []
    var perWall: [Double] = []
    var prompts: [Double] = []
    var embeddings: [Double] = []
    let tokens = Double(Self.sequenceCount * Self.sequenceTokenCount)
    for _ in 0..<rounds {
      let cpu = ProcessFigures.cpuSeconds()
      let wall = try seconds { _ = try llama.mlpActivations(of: batch, layers: [last]) }
      perCPU.append(tokens / (ProcessFigures.cpuSeconds() - cpu))
      perWall.append(tokens / wall)
      prompts.append(
        1_000 * (try seconds { _ = try llama.nextTokenLogProbabilities(after: [prompt]) }))
      embeddings.append(
        1_000
          * (try seconds {
            _ = try loaded.embedder.embed([
              "what a storm does to the sea and to those who sail"
            ])
          }))
    }
    let report = Report(
      bench: "engine", rounds: rounds, threads: threads.count,
      promptTokensPerCPUSecond: BenchReport.median(perCPU),
      promptTokensPerSecond: BenchReport.median(perWall),
      millisecondsPerShortPrompt: BenchReport.median(prompts),
      millisecondsPerEmbedding: BenchReport.median(embeddings), residentByteCountBefore: before,
      residentByteCount: ProcessFigures.residentByteCount())
    if json { return try BenchReport.print(report) }
    print(
      """
      \(Int(report.promptTokensPerCPUSecond)) prompt tokens a CPU second, \
      \(Int(report.promptTokensPerSecond)) a second on \(report.threads) threads
      \(Int(report.millisecondsPerShortPrompt.rounded())) ms for 20 tokens, \
      \(Int(report.millisecondsPerEmbedding.rounded())) ms for an embedding
      \(report.residentByteCount >> 20) MiB resident with both models, \
      \(report.residentByteCountBefore >> 20) MiB without
      """)
  }
}

extension BenchEngineCommand {
  /// Sequences of tokens from all over the vocabulary.
  private static func batch() -> [[Int32]] {
    (0..<sequenceCount).map { index -> [Int32] in
      (0..<sequenceTokenCount).map { position -> Int32 in
        let spread = index * 577 + position * 131
        return Int32(spread % 40_000 + 200)
      }
    }
  }
}

/// The wall time of `body`, in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .seconds(1)
}

/// What the kernel says of this process.
enum ProcessFigures {
  /// CPU time of all threads so far, in seconds.
  static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Resident memory in bytes; 0 where `/proc` can't be read.
  static func residentByteCount() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ").map { Int($0) ?? 0 }
    return fields.count > 1 ? fields[1] * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
