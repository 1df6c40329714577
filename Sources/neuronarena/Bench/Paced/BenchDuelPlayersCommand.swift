import ArgumentParser
import FoundationEssentials
import Glibc

/// `neuronarena bench duel-players`: a part of the players of `bench duels --concurrent`, in a process of
/// its own.
///
/// Four times a second it prints `status` with how many have come, how many play, and how many answers
/// are not settled. A line of input, a number of milliseconds, begins the measurement; when all of its
/// answers are settled `result` follows once, with a JSON object. Players play on until input ends.
struct BenchDuelPlayersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duel-players", abstract: "Play pick duels like people until input ends.",
    shouldDisplay: false)

  @Option var port: UInt16
  @Option var count: Int
  @Option var perSecond: Int
  @Option var seed: UInt64
  @Option var hurry = 1

  func run() throws {
    _ = DescriptorLimit.raise()
    let crowd = DuelCrowd(
      port: port, count: count, pace: HumanPace(hurry: hurry), perSecond: perSecond, seed: seed)
    crowd.listen(to: STDIN_FILENO)
    var (saidAt, isTold) = (ContinuousClock.now, false)
    while true {
      if try crowd.turn(), !readCommand(for: crowd) { return }
      if let result = crowd.result, !isTold {
        isTold = true
        let json = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
        say("result \(json)")
      }
      if ContinuousClock.now - saidAt > .milliseconds(250) {
        saidAt = .now
        say("status \(crowd.connectedCount) \(crowd.playingCount) \(crowd.openCount)")
      }
    }
  }

  /// Reads what the parent wants; false at the end of input.
  private func readCommand(for crowd: DuelCrowd) -> Bool {
    guard let line = readLine() else { return false }
    if let milliseconds = Int64(line) { crowd.measure(milliseconds: milliseconds) }
    return true
  }

  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}
