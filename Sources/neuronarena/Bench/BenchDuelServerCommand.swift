import ArgumentParser
import Glibc
import SQLiteStorage

/// `neuronarena bench duel-server`: the game server of `bench duels`, in a process of its own.
struct BenchDuelServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duel-server", abstract: "Serve duels with short clocks until input ends.",
    shouldDisplay: false)

  @Option var data: String
  @Option var campaign: String?
  @Flag var noScoring = false
  @OptionGroup var models: ModelsFolder

  func run() async throws {
    let server = try BenchDuelServer(
      store: SQLiteStore(path: "\(data)/arena.sqlite", access: .server), campaignPath: campaign,
      models: models, isScoring: !noScoring)
    print("port \(try await server.start())")
    print("engine \(server.engine.rawValue)")
    fflush(nil)
    while readLine() != nil {}
    print("scores \(await server.stop())")
  }
}
