import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaSimulation

@Suite("Simulations")
struct SimulationTests {
  /// The seeds that every run of the tests plays, beside those that have ever failed.
  private static let fixedSeeds: [UInt64] = Array(1...6)

  /// A run that failed once and must not fail again.
  struct FailedRun: Sendable, CustomStringConvertible {
    let seed: UInt64
    let minutes: Double
    let players: Int
    var description: String { "seed \(seed)" }
  }

  /// The lines of `failed-seeds.txt`: seed, minutes, players, and what it found.
  static let failedRuns: [FailedRun] = {
    let path = #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
    guard let bytes = try? Data(contentsOf: URL(filePath: "\(path)/failed-seeds.txt")) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard !line.hasPrefix("#"), fields.count >= 3, let seed = UInt64(fields[0]),
        let minutes = Double(fields[1]), let players = Int(fields[2])
      else { return nil }
      return FailedRun(seed: seed, minutes: minutes, players: players)
    }
  }()

  private func settings(_ seed: UInt64, minutes: Double, players: Int) -> SimulationSettings {
    var settings = SimulationSettings(seed: seed, duration: .seconds(minutes * 60))
    settings.playerCount = players
    return settings
  }

  @Test("One seed twice is one run, to the last frame")
  func determinism() throws {
    let settings = settings(3, minutes: 4, players: 24)
    let first = try Simulation(settings).run()
    let second = try Simulation(settings).run()
    #expect(first.traceHash == second.traceHash)
    #expect(first.counts == second.counts)
    let other = try Simulation(self.settings(4, minutes: 4, players: 24)).run()
    #expect(other.traceHash != first.traceHash)
  }

  @Test("Every promise is kept", arguments: fixedSeeds)
  func fixed(seed: UInt64) throws {
    let report = try Simulation(settings(seed, minutes: 6, players: 36)).run()
    #expect(report.counts.checks > 0)
  }

  @Test("What failed once fails no more", arguments: failedRuns)
  func failed(run: FailedRun) throws {
    let report = try Simulation(
      settings(run.seed, minutes: run.minutes, players: run.players)
    ).run()
    #expect(report.counts.checks > 0)
  }

  @Test("The list of failed seeds can be read")
  func list() { #expect(!Self.failedRuns.isEmpty) }

  @Test("A run in which nothing happened fails")
  func nothingHappened() throws {
    let world = try World(settings(1, minutes: 10, players: 2))
    defer { world.end() }
    world.checkRest()
    #expect(world.failure?.contains("nothing happened") == true)
  }

  @Test("Hazards differ from seed to seed, and are the same for one seed")
  func hazards() {
    let all = (UInt64(0)..<40).map { Hazards(seed: $0) }
    #expect(Set(all).count > 20)
    #expect(all == (UInt64(0)..<40).map { Hazards(seed: $0) })
    #expect(all.contains { $0.crash == nil } && all.contains { $0.crash != nil })
  }
}
