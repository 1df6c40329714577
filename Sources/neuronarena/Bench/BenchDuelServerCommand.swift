import ArgumentParser
import FoundationEssentials
import Glibc
import SQLiteStorage

/// `neuronarena bench duel-server`: the game server of `bench duels`, in a process of its own.
///
/// To each line of input it answers with a line: what it has done so far, as a JSON object.
struct BenchDuelServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duel-server", abstract: "Serve duels with short clocks until input ends.",
    shouldDisplay: false)

  @Option var data: String
  @Option var campaign: String?
  @Flag var noScoring = false
  @Option var hurry: Int?
  @Option var shards: Int?
  @OptionGroup var models: ModelsFolder

  func run() async throws {
    _ = DescriptorLimit.raise()
    let server = try BenchDuelServer(
      store: SQLiteStore(path: "\(data)/arena.sqlite", access: .server), campaignPath: campaign,
      models: models, isScoring: !noScoring && hurry == nil,
      pace: hurry.map { HumanPace(hurry: $0) }, shards: shards)
    print("port \(try await server.start())")
    print("engine \(server.engine.rawValue)")
    fflush(nil)
    while readLine() != nil {
      print(String(decoding: try JSONEncoder().encode(server.figures), as: UTF8.self))
      fflush(nil)
    }
    print("scores \(await server.stop())")
  }
}
