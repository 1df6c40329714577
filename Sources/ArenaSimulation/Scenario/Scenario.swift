import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTypes

/// A run in which each device plays one fixed part and one thing goes wrong, for tests that try every
/// place at which it can.
///
/// What a device answers follows from the seed and the question alone, not from what came before, so
/// two runs that differ in what goes wrong can be compared answer by answer.
struct Scenario: Hashable, Sendable {
  /// What a device does with its time.
  enum Part: Hashable, Sendable {
    /// Joins the queue and plays one duel to its end.
    case duel(Wire.DuelFormat)
    /// Plays one run of the contest that is open.
    case contest(ContestKind)
    /// Watches the duel of the first device.
    case watch
  }

  /// What goes wrong, once.
  enum Interruption: Hashable, Sendable {
    /// The first device's line breaks at its message of that number to the server: before it has
    /// arrived, or right after, so that no answer comes back.
    case sent(Int, arrives: Bool)
    /// The line breaks at the message of that number from the server: before the device has it, or
    /// right after, so that nothing that follows from it is sent.
    case received(Int, arrives: Bool)
    /// The server dies at its write of that number to a journal: before it is on disk, or right after,
    /// so that nobody was told.
    case written(Int, survives: Bool)
  }

  /// What each device does.
  var parts: [Part]
  /// What goes wrong; nil for nothing.
  var interruption: Interruption?
  /// How long after a break the server learns of it.
  var noticedAfter: Duration = .zero

  /// How soon a device whose line broke is back.
  static let backAfter: Duration = .milliseconds(150)
  /// How soon a server that died is started again.
  static let startedAfter: Duration = .seconds(1)

  /// The contests that are open while a scenario is played.
  static let contests: [ContestOffer] = [
    ContestOffer(
      schedule: ContestSchedule(prefix: "race", repeats: .hourly(minute: 50)), kind: .race,
      title: "A race"),
    ContestOffer(
      schedule: ContestSchedule(prefix: "daily", repeats: .daily(second: 85_800)), kind: .daily,
      title: "A daily", rounds: ContestOffer.dailyRounds),
    ContestOffer(
      schedule: ContestSchedule(
        prefix: "quest", repeats: .hourly(minute: 50), lengthMilliseconds: 600_000),
      kind: .quest, title: "A quest", unitCount: 2, tryCount: 2),
    ContestOffer(
      schedule: ContestSchedule(prefix: "live", repeats: .hourly(minute: 57)), kind: .live,
      title: "A live contest", rounds: [.pick, .oddOneOut, .predict, .pick]),
  ]
}
