import ArenaTypes

/// One player's run through a race, on the contest's clock (see `Contest.clock(at:)`).
struct RaceRun: Hashable, Sendable, Codable {
  /// How many verdicts are kept to answer repeated commands with: more than a client, which answers
  /// one question at a time, can have in flight.
  static let receiptCountMax = 16

  /// The question that is open.
  struct Asked: Hashable, Sendable, Codable {
    var number: Int
    var question: Question
    var right: Side
    var deadline: Timestamp
  }

  /// The verdict on one command.
  struct Receipt: Hashable, Sendable, Codable {
    var commandID: CommandID
    var verdict: RaceVerdict
  }

  let player: PlayerID
  let name: String
  let startedBy: CommandID
  let startedAt: Timestamp
  var endsAt: Timestamp
  var asked: Asked?
  var points = 0
  var wrongCount = 0
  var end: RunView.End?
  var receipts: [Receipt] = []
  /// The pool in the order of the present pass.
  var order: [Int32] = []

  /// When the run next needs a tick; nil when it is over.
  var deadline: Timestamp? {
    guard end == nil else { return nil }
    return asked.map { min($0.deadline, endsAt) } ?? endsAt
  }

  mutating func remember(_ verdict: RaceVerdict, under commandID: CommandID) {
    if receipts.count >= Self.receiptCountMax { receipts.removeFirst() }
    receipts.append(Receipt(commandID: commandID, verdict: verdict))
  }
}

/// All runs of a contest, found by player and by what is due next.
struct RunTable: Sendable {
  /// When the run at `index` needs a tick.
  struct Due: Ranked {
    var at: Timestamp
    var index: Int

    func precedes(_ other: Due) -> Bool { (at, index) < (other.at, other.index) }
  }

  private(set) var runs: [RaceRun] = []
  private var indices: [PlayerID: Int] = [:]
  private var due = RankTree<Due>()

  var count: Int { runs.count }
  /// The run that is due first.
  ///
  /// - Complexity: O(log *n*).
  var nextDue: Due? { due.first }

  subscript(player: PlayerID) -> RaceRun? { indices[player].map { runs[$0] } }
  func index(of player: PlayerID) -> Int? { indices[player] }

  mutating func append(_ run: RaceRun) {
    let index = runs.count
    runs.append(run)
    indices[run.player] = index
    if let at = run.deadline { due.insert(Due(at: at, index: index)) }
  }

  /// Changes a run in place and keeps its deadline in order.
  ///
  /// - Complexity: O(log *n*).
  mutating func update<Result>(_ index: Int, _ change: (inout RaceRun) -> Result) -> Result {
    let before = runs[index].deadline
    let result = change(&runs[index])
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
    for run in try decoder.singleValueContainer().decode([RaceRun].self) { append(run) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(runs)
  }
}
