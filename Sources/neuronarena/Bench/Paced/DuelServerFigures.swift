import ArenaStorage
import ArenaTypes
import DispatchTransport

/// What the server of `bench duels` says that it has done since its start.
struct DuelServerFigures: Codable {
  /// Transactions, each with one flush of the disk.
  var transactions = 0
  /// Commits in them: each a command of a duel or what else becomes durable together.
  var commits = 0
  /// Records and journal entries in those.
  var rows = 0
  /// How many turns of the shards took how long, by the ranges of `DurationHistogram.fast`.
  var turns: [Int] = []

  /// What was done since `earlier`.
  func since(_ earlier: DuelServerFigures) -> DuelServerFigures {
    var rest = self
    rest.transactions -= earlier.transactions
    rest.commits -= earlier.commits
    rest.rows -= earlier.rows
    rest.turns = zip(turns, earlier.turns).map(-)
    return rest
  }

  /// The end of the range below which that share of all turns lies, in milliseconds; 0 of none.
  ///
  /// Those above the last range count as a minute.
  func turnMilliseconds(_ share: Double) -> Double {
    let total = turns.reduce(0, +)
    guard total > 0 else { return 0 }
    var left = Int((Double(total) * share).rounded(.up))
    for (index, count) in turns.enumerated() {
      left -= count
      guard left <= 0 else { continue }
      let bounds = DurationHistogram.fast.bounds
      return bounds.indices.contains(index) ? Double(bounds[index]) / 1e6 : 60_000
    }
    return 0
  }
}

extension DuelServerFigures {
  /// What the database, if the store is one, and the shards have counted.
  init(_ groups: GroupCommit.Counts?, _ counters: TransportCounters) {
    transactions = groups?.groups ?? 0
    commits = groups?.commits ?? 0
    rows = groups?.writes ?? 0
    turns = counters.loopLag.counts
  }
}
