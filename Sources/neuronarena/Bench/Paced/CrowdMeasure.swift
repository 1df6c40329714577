/// What a crowd has seen in a time that is measured.
///
/// Answers count that were sent in it, also where their reveal comes later.
struct CrowdMeasure {
  /// What came of it.
  struct Result: Codable {
    /// The answers that were sent.
    var answers = AnswerWatch.Tally()
    /// Duels that ended, half a one for each of its players.
    var duels = 0.0
    /// The fewest of this crowd's players that were in a duel.
    var playingMin = 0
    /// How many were in the mean.
    var playingMean = 0.0
    /// From sending an answer to its acknowledgement, encoded.
    var latencies = ""
    /// How long each turn of the crowd took, during which it saw nothing new, encoded.
    var turns = ""
  }

  var answers = AnswerWatch.Tally()
  var latencies = LatencyHistogram()
  private var endedCount = 0
  private var turns = LatencyHistogram()
  private var playingSum = 0
  private var playingMin = Int.max
  private var lookCount = 0
  /// In milliseconds.
  private let end: Int64
  /// Until when answers may be revealed.
  private let patience: Int64

  /// A measurement up to `end`, whose answers are waited for until `patience`, both in milliseconds.
  init(end: Int64, patience: Int64) {
    self.end = end
    self.patience = patience
  }

  /// Whether what happens at `now` counts.
  func counts(at now: Int64) -> Bool { now < end }

  /// Notes that a duel has ended for one of its players.
  mutating func duelEnded(at now: Int64) { if counts(at: now) { endedCount += 1 } }

  /// Notes a turn of the crowd, and how many were in a duel.
  mutating func turned(nanoseconds: Int64, playing: Int, at now: Int64) {
    guard counts(at: now) else { return }
    turns.add(nanoseconds: nanoseconds)
    playingMin = min(playingMin, playing)
    playingSum += playing
    lookCount += 1
  }

  /// What came of it; nil while answers are open and may still be settled.
  func result(at now: Int64) -> Result? {
    guard !counts(at: now), answers.openCount == 0 || now > patience else { return nil }
    var result = Result()
    result.answers = answers
    // What is not settled by now never will be.
    result.answers.lost += answers.openCount
    result.duels = Double(endedCount) / 2
    result.playingMin = lookCount == 0 ? 0 : playingMin
    result.playingMean = Double(playingSum) / Double(max(1, lookCount))
    result.latencies = latencies.encoded
    result.turns = turns.encoded
    return result
  }
}
