import ArenaProtocol
import ArenaTypes
import DispatchTransport

/// A player's device: a small state machine that speaks the real protocol.
///
/// It knows what it was told: who it is, how far it has followed which topic, and which of its commands
/// were answered. When its connection goes it comes back, waits longer each time, resumes its topics
/// from where it was, and repeats what was not answered under the same ids.
final class SimulatedPlayer {
  /// How long an answer may take while nothing is wrong.
  static let patience: Duration = .seconds(60)
  /// After how long a command is sent again.
  static let resendAfter: Duration = .seconds(10)

  let number: Int
  unowned let world: World
  var ways: Ways
  var chance: SeededGenerator
  /// The device that has this player's identity from the server; nil for the player's first one.
  let first: SimulatedPlayer?
  /// Who it is, once the server has said so.
  var credentials: ClientCommand.Credentials?
  var line: Line?
  /// Whether the server has said hello on the present connection.
  var isWelcome = false
  private(set) var isRetired = false
  /// Topics it follows, in order, and how far.
  var following: [Topic] = []
  var places: [Topic: (epoch: String, offset: Int)] = [:]
  /// Commands without an answer, oldest first.
  var pending: [SentCommand] = []
  /// What it plays.
  var seat: DuelSeat?
  var run: RunSeat?
  /// How many commands it had sent when it was last told of its run in each contest.
  var toldOfRuns: [ContestID: Int] = [:]
  /// The part that a scenario gives it, and how far it is.
  var part: PlayedPart?
  var isQueued = false
  /// The duel that the last hello spoke of.
  var duelOfHello: DuelID?
  /// What it has sent, for the witness; the last ones.
  var sent: [String: SentCommand] = [:]
  var sentOrder: [String] = []
  var commandCount = 0
  /// The entries of the audit log that the moderator can undo.
  var undoable: [Int] = []
  var failedAttempts = 0
  var connectedAt: Timestamp
  private var hasEnded = false
  /// What a scenario's choices are drawn from.
  private let root: SeededGenerator

  init(
    number: Int, world: World, chance: SeededGenerator, ways: Ways, sharing first: SimulatedPlayer?
  ) {
    self.number = number
    self.world = world
    self.chance = chance
    self.ways = ways
    self.first = first
    root = chance
    connectedAt = world.clock.now
    if let parts = world.settings.scenario?.parts, parts.indices.contains(number) {
      part = PlayedPart(parts[number])
      self.ways.calmDown()
    }
  }

  /// Who it is.
  var player: PlayerID? { credentials?.id }

  // MARK: Chance and time

  /// Whether something of that chance happens.
  func happens(_ share: Double) -> Bool { chance.nextUnit() < share }

  /// A number of milliseconds.
  func milliseconds(_ range: ClosedRange<Int64>) -> Duration {
    .milliseconds(Int64.random(in: range, using: &chance))
  }

  /// Does something later, unless the device is gone by then.
  func later(_ delay: Duration, _ work: @escaping (SimulatedPlayer) -> Void) {
    world.clock.schedule(after: delay) { [weak self] in
      guard let self, !hasEnded else { return }
      work(self)
    }
  }

  /// In a scenario: lets what is drawn now follow from the seed and `occasion` alone.
  func steady(for occasion: String) {
    if part != nil { chance = root.forked(for: occasion) }
  }

  // MARK: Life

  /// Comes for the first time, within the first minute.
  func arrive() {
    if part != nil {
      later(.milliseconds(200 * Int64(number))) { $0.connect() }
      return later(.milliseconds(900)) { $0.playPart() }
    }
    later(milliseconds(0...60_000)) { $0.connect() }
    later(milliseconds(1_000...9_000)) { $0.pulse() }
  }

  /// What it does every few seconds.
  private func pulse() {
    if !world.isCalm, happens(ways.vanishes) { loseConnection() }
    if happens(ways.stalls) { line?.stall(for: milliseconds(500...15_000)) }
    if isWelcome {
      resendOverdue()
      if happens(ways.lies) { lie() }
      if ways.moderates { moderate() }
      // As who cheats in a second window does.
      if seat?.unit != nil, part == nil, !isRetired, happens(0.05) { lookAtUnits() }
      if seat == nil, run == nil, !isQueued, !isRetired { chooseWhatToPlay() }
      if let seat, !following.contains(.duel(seat.id)) { follow(.duel(seat.id)) }
      checkPatience()
    }
    later(milliseconds(2_000...7_000)) { $0.pulse() }
  }

  /// Begins nothing new, and comes back once more later, to be told where it stands.
  func calmDown() {
    ways.calmDown()
    isRetired = true
    later(.seconds(600) + milliseconds(0...20_000)) { player in
      player.loseConnection()
    }
  }

  /// What it still waits for in the calm; nil for nothing.
  var unrest: String? {
    if !isWelcome { return "it is not connected" }
    if let duelOfHello { return "the server says that it is in \(duelOfHello)" }
    if let seat { return "it thinks that it is in \(seat.id)" }
    if let command = pending.first { return "\(command.text) has no answer" }
    return nil
  }

  /// The world ends.
  func end() {
    hasEnded = true
    line = nil
  }
}
