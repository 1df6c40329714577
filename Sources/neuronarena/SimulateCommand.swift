import ArenaSimulation
import ArenaTypes
import ArgumentParser
import Glibc

/// `neuronarena simulate`: the whole server under simulated time, network and disk.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Play for hours in minutes, with everything going wrong, and check every promise.",
    discussion: """
      Runs the real server with simulated players under one clock, and prints what happened and the \
      SHA-256 of everything that did. What happens follows from the seed alone, so a seed that fails \
      fails again in the same way; the last of what happened is then printed. With --runs, each run \
      has the seed after the last one's; with --minutes of real time, runs go on until they are over.
      """)

  @Option(help: "What everything is drawn from; without it, a fresh seed that is printed.")
  var seed: UInt64?

  @Option(help: "How long the players play, in simulated hours.")
  var hours = 1.0

  @Option(help: "How many devices play.")
  var players = 120

  @Option(help: "How many runs, each with the next seed.")
  var runs = 1

  @Option(help: "Go on with fresh runs for so many minutes of real time.")
  var minutes: Double?

  @Option(help: "How many of the last things that happened are printed where a run fails.")
  var tail = 60

  func validate() throws {
    guard hours > 0, hours <= 1_000, (2...10_000).contains(players), (1...1_000_000).contains(runs)
    else {
      throw ValidationError("--hours, --players and --runs take positive numbers.")
    }
  }

  func run() throws {
    var seed = self.seed ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let clock = ContinuousClock()
    let end = minutes.map { clock.now + .seconds($0 * 60) }
    var left = runs
    while end.map({ clock.now < $0 }) ?? (left > 0) {
      left -= 1
      // Whoever reads along, or ends it by hand, sees every run that is over.
      defer { fflush(nil) }
      try runOnce(seed, clock)
      seed &+= 1
    }
  }

  private func runOnce(_ seed: UInt64, _ clock: ContinuousClock) throws {
    var settings = SimulationSettings(seed: seed, duration: .seconds(hours * 3_600))
    settings.playerCount = players
    let (cpu, start) = (ProcessFigures.cpuSeconds(), clock.now)
    do {
      let report = try Simulation(settings).run()
      print(report.text)
    } catch let failure as SimulationFailure {
      print(failure.report.text)
      for line in failure.tail.suffix(tail) { print("  \(line)") }
      print("FAILED: \(failure)")
      print("again: neuronarena simulate --seed \(seed) --hours \(hours) --players \(players)")
      throw ExitCode.failure
    }
    let spent = ProcessFigures.cpuSeconds() - cpu
    let rate = hours / max(spent, 0.001) * 60
    print(
      "\(BenchReport.rounded(rate)) simulated hours a CPU minute, \(clock.now - start) in all\n")
  }
}
