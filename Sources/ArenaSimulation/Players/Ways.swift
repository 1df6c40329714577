import ArenaTypes

/// How a player behaves; each number is the chance of doing so when there is an occasion.
struct Ways {
  /// One way to the server, in milliseconds.
  var latency: ClosedRange<Int64> = 5...60
  /// Loses its connection.
  var vanishes = 0.004
  /// Takes nothing for a while.
  var stalls = 0.004
  /// Sends a command again under its id, though it may have been answered.
  var repeats = 0.02
  /// Sends what no honest client sends.
  var lies = 0.0
  /// Plays a contest rather than a duel.
  var races = 0.25
  /// Watches somebody else's duel rather than playing.
  var watches = 0.05
  /// Thinks longer than the clock allows.
  var dawdles = 0.1
  /// Is the moderator.
  var moderates = false

  /// The ways of device `number`; `unsteadiness` multiplies its own faults.
  init(number: Int, unsteadiness: Double, chance: SeededGenerator) {
    var chance = chance.forked(for: "ways")
    switch chance.next() % 100 {
    case 0..<45: break
    case 45..<60:
      latency = 50...900
      stalls = 0.03
      dawdles = 0.3
    case 60..<75: vanishes = 0.04
    case 75..<85: repeats = 0.4
    case 85..<93: lies = 0.5
    default:
      watches = 0.7
      races = 0.3
    }
    if number == 0 {
      moderates = true
      lies = 0
    }
    vanishes *= unsteadiness
    stalls *= unsteadiness
  }

  /// Makes no more trouble.
  mutating func calmDown() {
    vanishes = 0
    stalls = 0
    repeats = 0
    lies = 0
    dawdles = 0
    moderates = false
  }
}
