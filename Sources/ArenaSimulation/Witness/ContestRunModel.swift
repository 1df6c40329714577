import ArenaRules
import ArenaTypes

/// One player's run, counted from what its rounds brought and from when its answers came.
struct ContestRunModel {
  var line: CountedLine
  /// Whether it stands on the board.
  var isRanked: Bool
  private let kind: ContestKind
  /// When the answers to each round came, in order.
  private var answeredAt: [Int: [Timestamp]] = [:]

  init(line: CountedLine, isRanked: Bool, kind: ContestKind) {
    self.line = line
    self.isRanked = isRanked
    self.kind = kind
  }

  /// An answer to a round was taken.
  mutating func answered(_ question: Int, at: Timestamp) {
    answeredAt[question, default: []].append(at)
  }

  /// The run's rounds are worth this now; points of a quest are those of the second half once the
  /// contest is final.
  mutating func changed(to run: RunView, isFinal: Bool) {
    if kind == .quest { return countQuest(run, isFinal: isFinal) }
    line.points = run.rounds.reduce(0) { $0 + ($1.points ?? 0) }
    let scored = run.rounds.filter { ($0.points ?? 0) > 0 }
    line.finishedAt =
      scored.compactMap { answeredAt[$0.number]?.last }.max() ?? line.joinedAt
  }

  private mutating func countQuest(_ run: RunView, isFinal: Bool) {
    var points = 0
    var sentAt: [Timestamp] = []
    for round in run.rounds {
      var best: (value: Double, number: Int)?
      for attempt in round.tries {
        guard let value = attempt.score?.value, value > best?.value ?? -1 else { continue }
        best = (value, attempt.number)
      }
      guard let best else { continue }
      let value = (isFinal ? round.settled?.value : nil) ?? best.value
      points += Int(min(max(value, 0), 100).rounded())
      if let times = answeredAt[round.number], times.indices.contains(best.number) {
        sentAt.append(times[best.number])
      }
    }
    line.points = points
    line.finishedAt = sentAt.max() ?? line.joinedAt
  }
}
