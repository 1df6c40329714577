import ArgumentParser
import Interpretation
import TransformerEngine

/// `neuronarena bench beside-server`: the echo server of `bench beside`, with an engine in the same
/// process.
///
/// For each line of input it does what the line says and answers with a line:
/// `saturate` and `rest` begin and end a stream of background work, `figures` tells what was done since
/// the last time: tokens, urgent requests, and their median and 99th percentile in milliseconds.
struct BenchBesideServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "beside-server", abstract: "Echo, and compute beside it, until input ends.",
    shouldDisplay: false)

  @Option var shards = 2
  @Option var nice = 10
  @Flag var onlyIdleTime = false
  @OptionGroup var models: ModelsFolder

  func run() async throws {
    let threads = try EngineThreads(niceValue: nice, takesOnlyIdleTime: onlyIdleTime)
    try await BesideServer(models: models.load(threads: threads), nice: nice, shards: shards).run()
  }
}
