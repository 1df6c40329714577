import ArenaCrypto
import ArenaServer
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// What goes wrong in the world, each on its own clock.
extension World {
  /// Begins all hazards of the settings.
  func scheduleHazards() {
    let hazards = settings.hazards
    again(every: hazards.crash) { $0.planCrash() }
    again(every: hazards.restart) { $0.restart() }
    again(every: hazards.illness) { $0.fallIll() }
    again(every: hazards.storm) { $0.storm() }
    again(every: .seconds(5)) { $0.compareBoards() }
  }

  /// Has the boards compared with a recount, where the server has had the time to publish them.
  private func compareBoards() {
    guard let life, !life.isOver, illnessCount == 0, disk.isIdle,
      clock.now - wellSince > .seconds(6)
    else { return }
    witness.compareBoards(lines: players.compactMap(\.line))
  }

  /// Does `work` again and again, at random, about once in `mean`.
  private func again(every mean: Duration?, _ work: @escaping (World) -> Void) {
    guard let mean else { return }
    let delay = Int64(Double(mean.wholeMilliseconds) * (0.2 + 1.6 * chance.nextUnit()))
    clock.schedule(after: .milliseconds(delay)) { [weak self] in
      guard let self, !isCalm else { return }
      work(self)
      again(every: mean, work)
    }
  }

  /// Lets the server die some steps from now, so that every step is one that it may die at.
  private func planCrash() {
    guard life != nil, stepsToCrash == nil else { return }
    stepsToCrash = Int(chance.next() % 60)
    clock.schedule(after: .seconds(5)) { [weak self] in
      guard let self, stepsToCrash != nil else { return }
      crash()
    }
  }

  /// Makes the disk fail, refuse or hang for a while.
  private func fallIll() {
    var health = disk.usualHealth
    switch chance.next() % 4 {
    case 0:
      // Slow enough that several commits of a room are on their way when one of them fails.
      health.failures = 0.6
      health.writeMilliseconds = 20...600
      health.readMilliseconds = 0...3
    case 1:
      health.failures = 0.2
      health.readFailures = 0.4
    case 2: health.refusals = 0.3
    default:
      health.writeMilliseconds = 500...6_000
      health.readMilliseconds = 100...3_000
    }
    note("the disk falls ill")
    disk.health = health
    illnessCount += 1
    diskChanged()
    let delay = Int64.random(in: 100...8_000, using: &chance)
    clock.schedule(after: .milliseconds(delay)) { [weak self] in
      guard let self else { return }
      note("the disk is well")
      illnessCount -= 1
      disk.health = disk.usualHealth
      diskChanged()
    }
  }

  /// Breaks a third of all connections within a moment.
  private func storm() {
    note("storm")
    for player in players where chance.next() % 3 == 0 {
      let delay = Int64.random(in: 0...500, using: &chance)
      clock.schedule(after: .milliseconds(delay)) { player.loseConnection() }
    }
  }

  static func tokenRecord() throws -> ModeratorTokenRecord {
    ModeratorTokenRecord(
      id: "t1", hash: try SHA256.hash(Array(moderatorToken.utf8)), label: "Mod",
      role: .moderator,
      createdAt: start)
  }
}
