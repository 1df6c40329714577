import ArenaServer
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

/// The one loop that drives everything: a clock, a disk, a server's life after the other, and players.
final class World {
  /// 2026-11-24 23:57 UTC: within minutes a race closes and the next one opens.
  static let start = Timestamp(millisecondsSinceEpoch: 1_795_564_620_000)
  /// The moderator's token.
  static let moderatorToken = "simulated-moderator"

  let settings: SimulationSettings
  let clock = ManualScheduler(now: World.start)
  let disk: SimulatedDisk
  /// The campaigns that are open, the main one first.
  let campaigns: [Campaign]
  let witness: Witness
  /// The players of the devices, by number.
  private(set) var players: [SimulatedPlayer] = []
  var trace: Trace
  var counts = SimulationCounts()
  var chance: SeededGenerator
  /// The server that is running or starting; nil between two lives.
  private(set) var life: ServerLife?
  /// Whether nothing goes wrong any more.
  private(set) var isCalm = false
  /// Where a scenario's one thing goes wrong.
  var breaks: ScenarioBreaks
  /// How many more steps the server makes before it dies.
  var stepsToCrash: Int?
  /// Codes of invitations that players have told each other.
  var invitationCodes: [String] = []
  /// Counts the answers that a secrecy probe may mean.
  var probeCount = 0
  /// How many illnesses of the disk there are; they may overlap.
  var illnessCount = 0
  /// Since when the server has been up and its disk as it is, well or ill.
  private(set) var wellSince = World.start
  private let entropy: Entropy
  private let engine: FlakyEngine
  private var lifeCount = 0
  private var lineCount = 0

  init(_ settings: SimulationSettings) throws {
    self.settings = settings
    breaks = ScenarioBreaks(settings.scenario?.interruption)
    campaigns =
      settings.scenario == nil
      ? [MarkedCampaign.usual, MarkedCampaign.practice] : [MarkedCampaign.usual]
    let root = SeededGenerator(seed: settings.seed)
    chance = root.forked(for: "world")
    var entropySeed = root.forked(for: "entropy")
    entropy = Entropy(seed: entropySeed.next())
    disk = SimulatedDisk(
      clock: clock, chance: root.forked(for: "disk"),
      writeMilliseconds: settings.hazards.writeMilliseconds,
      readMilliseconds: settings.hazards.readMilliseconds)
    engine = FlakyEngine(
      chance: root.forked(for: "engine"), failures: settings.hazards.engineFailures)
    trace = try Trace()
    witness = Witness(campaign: campaigns[0], probe: settings.probe)
    witness.world = self
    try disk.install([.putModeratorToken(try Self.tokenRecord())])
    disk.whenDurable = { [weak self] in self?.witness.becameDurable($0) }
    disk.whenWritten = { [weak self] in self?.note("disk \($0)") }
    disk.failsPower = { [weak self] in self?.diesAtWriting($0) ?? false }
    makePlayers(root.forked(for: "players"))
    try settle()
  }

  /// What failed first, if anything has.
  var failure: String? { witness.failure }

  /// The simulated time since the start.
  var elapsed: Duration { clock.now - Self.start }

  func note(_ what: String) { trace.note(what, at: clock.now) }

  private func makePlayers(_ chance: SeededGenerator) {
    for number in 0..<max(2, settings.playerCount) {
      let own = chance.forked(for: "\(number)")
      // Every twelfth device is the second one of a player who has one already.
      let first = number % 12 == 11 ? players[number - 7] : nil
      let player = SimulatedPlayer(
        number: number, world: self, chance: own,
        ways: Ways(number: number, unsteadiness: settings.hazards.unsteadiness, chance: own),
        sharing: first)
      players.append(player)
    }
  }

  /// Numbers a new connection.
  func nextLineNumber() -> Int {
    lineCount += 1
    return lineCount
  }

  // MARK: The loop

  /// Lets everything happen until the settings' time is up or something has failed.
  func play() {
    boot()
    scheduleHazards()
    for player in players { player.arrive() }
    run(until: Self.start + settings.duration)
  }

  /// Runs to `end`, or to the first failure.
  func run(until end: Timestamp) {
    while failure == nil, !witness.isDone {
      let due = clock.nextDeadline
      if let life, !life.isOver, life.transport.hasWork {
        // The world does not wait until the server is at rest: what is due now may come in between.
        if let due, due <= clock.now, chance.next() % 4 == 0 {
          clock.runNext()
        } else {
          step(life)
        }
        continue
      }
      guard let due, due <= end else { break }
      clock.runNext()
    }
    if failure == nil, !witness.isDone { clock.advance(to: end) }
  }

  private func step(_ life: ServerLife) {
    life.transport.step()
    occupyEngine(life)
    for error in life.takeErrors() { witness.serverLogged(error) }
    guard let left = stepsToCrash else { return }
    stepsToCrash = left - 1
    // Most of the time it dies with something on its way to the disk.
    if left <= 0, disk.isWriting || left < -100 { crash() }
  }

  /// Starts engine jobs for which there is a lane; each takes its time.
  private func occupyEngine(_ life: ServerLife) {
    while life.busyLaneCount < ServerLife.engineLaneCount,
      life.server.engineJobCount > life.busyLaneCount
    {
      life.busyLaneCount += 1
      // In a scenario nothing is lost to an engine that takes longer than a round waits.
      let isSlow = chance.next() % 40 == 0 && settings.scenario == nil
      let time = isSlow ? 2_000...25_000 : 5...400 as ClosedRange<Int64>
      let delay = Int64.random(in: time, using: &chance)
      clock.schedule(after: .milliseconds(delay)) { [weak self] in
        guard let self, !life.isOver else { return }
        life.busyLaneCount -= 1
        _ = life.server.runEngineJob()
        occupyEngine(life)
      }
    }
  }

  // MARK: Lives

  /// Starts a server on what the disk has.
  func boot() {
    lifeCount += 1
    note("boot \(lifeCount)")
    let life: ServerLife
    do {
      life = try ServerLife(
        number: lifeCount, clock: clock, disk: disk.mounted(), campaigns: campaigns, engine: engine,
        entropy: entropy, order: chance.forked(for: "life \(lifeCount)"), settings: settings)
    } catch {
      return witness.fail("the server can't start: \(error)")
    }
    self.life = life
    let here = Confined(self, to: .driver)
    let number = lifeCount
    life.server.open { result in here.value.opened(number, result) }
  }

  private func opened(_ number: Int, _ result: Result<Void, ServerStartError>) {
    guard life?.number == number else { return }
    switch result {
    case .success:
      note("open")
      wellSince = clock.now
      witness.serverOpened()
    case .failure:
      // As a process that ends and is started again by its supervisor.
      end(life)
      clock.schedule(after: .seconds(2)) { [weak self] in self?.boot() }
    }
  }

  private func end(_ ended: ServerLife?) {
    ended?.end()
    life = nil
    stepsToCrash = nil
    for player in players { player.serverDied() }
    witness.serverEnded()
  }

  /// Lets the server and its disk's power go in the midst of things.
  ///
  /// - Parameter survives: Whether what the disk is writing had arrived; nil for chance.
  func crash(survives: Bool? = nil) {
    guard let life, !life.isOver else { return }
    counts.crashes += 1
    let lost = disk.crash(survives: survives)
    counts.commitsLost += lost
    note("crash, \(lost) commits lost")
    end(life)
    let delay =
      settings.scenario == nil
      ? Duration.milliseconds(Int64.random(in: 200...20_000, using: &chance))
      : Scenario.startedAfter
    clock.schedule(after: delay) { [weak self] in self?.boot() }
  }

  /// Restarts the server as an operator does: connections are closed, the store is, then comes the
  /// next life.
  func restart() {
    guard let life, !life.isOver, !isCalm else { return }
    counts.restarts += 1
    note("restart")
    life.server.stopAccepting()
    life.transport.drain()
    let here = Confined(self, to: .driver)
    let number = life.number
    clock.schedule(after: .milliseconds(300)) { [weak self] in
      guard let self, self.life?.number == number, !life.isOver else { return }
      life.server.close { here.value.closed(number) }
    }
  }

  private func closed(_ number: Int) {
    guard life?.number == number else { return }
    note("closed")
    end(life)
    clock.schedule(after: .milliseconds(400)) { [weak self] in self?.boot() }
  }

  /// Notes that the disk is not well, or is well again.
  func diskChanged() { wellSince = clock.now }

  // MARK: The end

  /// Ends all hazards, and lets what was begun come to its end.
  func comeToRest() {
    isCalm = true
    note("calm")
    disk.health = disk.usualHealth
    engine.heal()
    wellSince = clock.now
    stepsToCrash = nil
    for player in players { player.calmDown() }
    // The longest duel, a mixed one with sudden death in which nobody answers, takes six minutes.
    run(until: clock.now + .seconds(900))
  }

  /// Checks that nothing is left over in the calm.
  func checkRest() {
    guard failure == nil else { return }
    witness.checkRest(players: players)
  }

  /// Lets go of everything.
  func end() {
    life?.end()
    life = nil
    for player in players { player.end() }
    players = []
  }

  func report() throws -> SimulationReport {
    counts.commitsFailed = disk.commitsFailed
    counts.readsFailed = disk.readsFailed
    var report = SimulationReport(seed: settings.seed)
    report.simulated = elapsed
    report.traceHash = try trace.digest()
    report.counts = counts
    report.probed = try witness.probedView()
    return report
  }
}
