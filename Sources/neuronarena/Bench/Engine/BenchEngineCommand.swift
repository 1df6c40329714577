import ArgumentParser
import Interpretation
import TransformerEngine

/// `neuronarena bench engine`: what the engine does, beside the most that this processor could do,
/// measured in the same run.
struct BenchEngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine",
    abstract: "The engine's speed, start and memory, beside what the processor could do.",
    discussion: """
      "roofline" is what the same multiply-adds would take if they touched nothing but registers, \
      with the same threads and instructions; it is measured in turns with the engine. Figures are \
      medians.
      """)

  /// What can be measured.
  enum Load: String, CaseIterable, ExpressibleByArgument {
    case products, prompt, arithmetic, excerpt, embed, corpus, start, all
  }

  @Argument(help: "What to measure.")
  var loads: [Load] = [.all]
  @Option(help: "How many rounds of each.")
  var rounds = 9
  @Option(help: "How many threads; by default one a core.")
  var threads: Int?
  @Option(help: "The kernels' instructions; by default the best that there are.")
  var instructions: Instructions?
  @Flag(help: "Print one JSON object.")
  var json = false
  @OptionGroup var models: ModelsFolder

  /// An instruction set by its name.
  struct Instructions: ExpressibleByArgument {
    let set: EngineThreads.InstructionSet

    init?(argument: String) {
      guard let set = EngineThreads.InstructionSet.allCases.first(where: { "\($0)" == argument })
      else { return nil }
      self.set = set
    }

    static var allValueStrings: [String] { EngineThreads.InstructionSet.allCases.map { "\($0)" } }
  }

  /// What is printed with `--json`.
  struct Report: Encodable {
    /// `engine`.
    let bench: String
    /// Rounds of each load.
    let rounds: Int
    /// The engine's threads.
    let threads: Int
    /// What the kernels compute with.
    let instructions: String
    /// Float operations a second of multiply-adds in registers, in thousand millions.
    let peakGigaflops: Double
    /// Memory that all threads together read, in thousand million bytes a second.
    let readGigabytesPerSecond: Double
    /// One for each load.
    var figures: [Comparison.Figure] = []
  }

  func validate() throws {
    guard (1...1_000).contains(rounds) else {
      throw ValidationError("--rounds takes 1 to 1000.")
    }
  }

  func run() throws {
    let engine = try EngineThreads(
      count: threads, niceValue: 0, instructionSet: instructions?.set ?? .best)
    let bench = try EngineBench(models: models, threads: engine, rounds: rounds)
    var report = Report(
      bench: "engine", rounds: rounds, threads: engine.count,
      instructions: "\(engine.instructionSet)",
      peakGigaflops: BenchReport.rounded(bench.peak() / 1e9),
      readGigabytesPerSecond: BenchReport.rounded(bench.readRate() / 1e9))
    if !json {
      print(
        """
        \(report.threads) threads, \(report.instructions): \(report.peakGigaflops) GFLOP/s in \
        registers, \(report.readGigabytesPerSecond) GB/s from memory
        """)
    }
    for load in loads.contains(.all) ? Load.allCases : loads {
      try bench.measure(load) { figure in
        if !json { figure.print() }
        report.figures.append(figure)
      }
    }
    if json { try BenchReport.print(report) }
  }
}
