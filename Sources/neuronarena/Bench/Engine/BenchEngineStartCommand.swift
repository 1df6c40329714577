import ArgumentParser
import Glibc
import Interpretation
import TransformerEngine

/// `neuronarena bench engine-start`: a process of `bench engine start`, which loads both models and
/// answers once with each.
struct BenchEngineStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine-start", abstract: "Load both models, answer once, wait for the end.",
    shouldDisplay: false)

  @Option var threads: Int
  @OptionGroup var models: ModelsFolder

  func run() throws {
    let loaded = try models.load(threads: EngineThreads(count: threads, niceValue: 0))
    _ = try loaded.subject.model.nextTokenLogProbabilities(
      after: [EngineBench.tokens(20)], of: [0])
    _ = try loaded.embedder.embed([EngineBench.shortText])
    print("answered \(ProcessFigures.residentByteCount())")
    fflush(nil)
    while readLine() != nil {}
  }
}
