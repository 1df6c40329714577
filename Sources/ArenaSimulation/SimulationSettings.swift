import ArenaTypes

/// What a simulation does; the same settings give the same run, to the last frame.
public struct SimulationSettings: Sendable {
  /// What everything is drawn from: the world's faults, the players' ways, each latency.
  public var seed: UInt64
  /// How long the players play before the world becomes calm, in simulated time.
  public var duration: Duration
  /// How many devices there are; some of them belong to one player.
  ///
  /// Default 120: enough for queues, crowds on a board and two hundred connections an hour.
  public var playerCount = 120
  /// How often what goes wrong; drawn from the seed unless it is set.
  public var hazards: Hazards
  /// The parts that devices play, in place of what their chance drives them to; nil for none.
  var scenario: Scenario?
  /// One answer that is given otherwise, to compare what others see of it; nil for none.
  public var probe: SecrecyProbe?

  /// A simulation with hazards that are drawn from the seed.
  public init(seed: UInt64, duration: Duration) {
    self.seed = seed
    self.duration = duration
    hazards = Hazards(seed: seed)
  }
}

/// How often what goes wrong; nil for never.
///
/// Each seed has its own mixture (swarm testing; Groce and others, ISSTA 2012): a world in which all
/// goes wrong at once hides what needs a quiet hour first.
public struct Hazards: Hashable, Sendable {
  /// The mean time between two deaths of the server.
  public var crash: Duration?
  /// The mean time between two orderly restarts.
  public var restart: Duration?
  /// The mean time between two illnesses of the disk.
  public var illness: Duration?
  /// The mean time between two storms in which many connections break at once.
  public var storm: Duration?
  /// The share of the engine's jobs that fail.
  public var engineFailures: Double
  /// What the players' own faults are multiplied by.
  public var unsteadiness: Double
  /// The longest time that the disk takes for a group while it is well, in milliseconds.
  public var writeMilliseconds: Int64
  /// The longest time that it takes for a question, in milliseconds.
  public var readMilliseconds: Int64
  /// Whether the server remembers as little as it may: few answers, few events.
  public var isForgetful: Bool
  /// What the clocks of duels are divided by, so that more of them fit into an hour.
  public var haste: Int64

  /// No hazards at all.
  public static let none = Hazards()

  private init() {
    engineFailures = 0
    unsteadiness = 0
    writeMilliseconds = 4
    readMilliseconds = 4
    isForgetful = false
    haste = 1
  }

  /// The mixture of a seed.
  public init(seed: UInt64) {
    var chance = SeededGenerator(seed: seed).forked(for: "hazards")
    func draw(_ choices: [Duration?]) -> Duration? {
      choices[Int(chance.next() % UInt64(choices.count))]
    }
    crash = draw([.seconds(30), .seconds(90), .seconds(240), .seconds(900), nil])
    restart = draw([.seconds(300), .seconds(1_800), nil])
    illness = draw([.seconds(20), .seconds(60), .seconds(240), nil])
    storm = draw([.seconds(120), .seconds(600), nil])
    engineFailures = [0, 0.02, 0.3][Int(chance.next() % 3)]
    unsteadiness = [0.3, 1, 3][Int(chance.next() % 3)]
    writeMilliseconds = [2, 20, 150][Int(chance.next() % 3)]
    readMilliseconds = [2, 100, 1_500][Int(chance.next() % 3)]
    isForgetful = chance.next() % 2 == 0
    haste = [1, 3, 6][Int(chance.next() % 3)]
  }
}

/// An answer whose content is changed, or is not, in two runs of one seed that must look alike to
/// everybody but its author until it is revealed.
public struct SecrecyProbe: Hashable, Sendable {
  /// Which answer: the number, from 0, among the picks and odd-one-out choices of duels.
  public var answer: Int
  /// Whether it is given otherwise in this run.
  public var isFlipped = false

  /// A probe of the answer with that number, given as it would be.
  public init(answer: Int) { self.answer = answer }
}
