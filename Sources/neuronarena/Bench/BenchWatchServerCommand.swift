import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTypes
import ArgumentParser
import DispatchTransport
import Glibc
import Interpretation
import Logging

/// `neuronarena bench watch-server`: the game server of `bench board --watchers`, in a process of its
/// own.
struct BenchWatchServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch-server",
    abstract: "Serve a contest whose board moves when a line comes in.",
    shouldDisplay: false)

  func run() async throws { try await BenchWatchServer().run() }
}

/// A server with one contest, a store in memory and one shard.
struct BenchWatchServer {
  /// Serves until input ends; every line lets so many overtake the others.
  func run() async throws {
    var configuration = ServerConfiguration(clientFolder: nil)
    configuration.commandBurst = 1_000_000
    configuration.commandsPerSecond = 1_000_000
    configuration.boardRestPerThousand = .zero
    let opensAt = Timestamp(millisecondsSinceEpoch: Int64(time(nil)) * 1_000)
    configuration.contests = [
      ContestOffer(
        schedule: ContestSchedule(prefix: "watched", repeats: .none(opensAt: opensAt)),
        kind: .race, title: "Watched")
    ]
    let server = try ArenaServer(
      configuration: configuration, campaign: ScriptedCampaign.make(unitCount: 40),
      scorer: ScriptedScorer(), probe: ScriptedProbe(), comparator: ScriptedComparator(),
      store: InMemoryStore(), log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    var limits = TransportLimits()
    let descriptorCount = DescriptorLimit.raise()
    limits.connectionCountMax = max(1, descriptorCount - limits.refusalCountMax - 256)
    limits.connectionCountPerAddressMax = limits.connectionCountMax
    limits.handshakesPerSecondPerAddress = nil
    let transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: 1, limits: limits)
    ) { server.makeHandler($0) }
    print("port \(try transport.start().first ?? 0)")
    try await server.open()
    let contest = configuration.contests.first?.schedule.window(at: opensAt)?.id
    print("contest \(contest?.rawValue ?? "")")
    fflush(nil)
    while let line = readLine() {
      if let count = Int(line), let contest { server.rehearse(overtaking: count, in: contest) }
    }
    await withCheckedContinuation { continuation in
      transport.drain(within: .milliseconds(200)) { continuation.resume() }
    }
    await server.close()
  }
}
