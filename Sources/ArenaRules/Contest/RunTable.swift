import ArenaTypes

/// A run as a table keeps it.
protocol ContestRun: Hashable, Sendable, Codable {
  /// What is common to all kinds.
  var head: RunHead { get set }
  /// When the run next needs a tick, on the contest's clock; nil when it needs none.
  var deadline: Timestamp? { get }
}

/// All runs of a contest, found by player and by what is due next.
struct RunTable<Run: ContestRun>: Sendable {
  /// When the run at `index` needs a tick.
  struct Due: Ranked {
    var at: Timestamp
    var index: Int

    var digest: UInt64 { UInt64(bitPattern: at.millisecondsSinceEpoch) ^ 1 << 63 }
    func precedes(_ other: Due) -> Bool { (at, index) < (other.at, other.index) }
  }

  private(set) var runs: [Run] = []
  private var indices: [PlayerID: Int] = [:]
  private var due = RankIndex<Due>()

  var count: Int { runs.count }
  /// The run that is due first.
  ///
  /// - Complexity: O(log *n*).
  var nextDue: Due? { due.first }

  subscript(player: PlayerID) -> Run? { indices[player].map { runs[$0] } }
  func index(of player: PlayerID) -> Int? { indices[player] }

  /// The players whose runs are going on.
  var runningPlayers: [PlayerID] {
    runs.filter { $0.head.end == nil }.map(\.head.player)
  }

  mutating func append(_ run: Run) {
    let index = runs.count
    runs.append(run)
    indices[run.head.player] = index
    if let at = run.deadline { due.insert(Due(at: at, index: index)) }
  }

  /// Changes a run in place and keeps its deadline in order.
  ///
  /// - Complexity: O(log *n*).
  @discardableResult
  mutating func update<Result, Failure: Error>(
    _ index: Int, _ change: (inout Run) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let before = runs[index].deadline
    let result = try change(&runs[index])
    let after = runs[index].deadline
    if before != after {
      if let before { due.remove(Due(at: before, index: index)) }
      if let after { due.insert(Due(at: after, index: index)) }
    }
    return result
  }
}

extension RunTable: Hashable {
  static func == (left: RunTable, right: RunTable) -> Bool { left.runs == right.runs }
  func hash(into hasher: inout Hasher) { hasher.combine(runs) }
}

extension RunTable: Codable {
  init(from decoder: any Decoder) throws {
    self.init()
    for run in try decoder.singleValueContainer().decode([Run].self) { append(run) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(runs)
  }
}
