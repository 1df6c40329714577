import ArenaTypes

/// The face that every kind of contest has.
///
/// A rule holds the runs of a contest and says what follows from what players do; it knows neither
/// states nor the board, which are the contest's. All its moments are on the contest's clock, which
/// stands while the contest is paused; what it tells, it tells in wall-clock time (`ContestMoment`).
protocol ContestRule: Hashable, Sendable, Codable {
  /// The rule of a contest in which nobody has done anything yet.
  init(_ setup: ContestSetup)

  /// How many players have a run.
  var runCount: Int { get }
  /// What is common to all kinds of a player's run; nil for somebody who has none.
  func head(of player: PlayerID) -> RunHead?
  /// The players whose runs are going on.
  var runningPlayers: [PlayerID] { get }
  /// A player's run as the player may see it.
  func view(of player: PlayerID, _ moment: ContestMoment) -> RunView?
  /// Whether a command of a player's was taken before, so that repeating it has no second effect.
  func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool
  /// When it next wants `advance`, on the contest's clock.
  var nextDue: Timestamp? { get }
  /// Until when somebody may join, on the contest's clock.
  func lastStart(_ setup: ContestSetup) -> Timestamp
  /// Whether nothing more can happen, so that the contest may close before its time.
  var isOver: Bool { get }
  /// What everybody sees beside the board; nil in kinds where each plays on a clock of their own.
  func stage(_ moment: ContestMoment) -> ContestStage?

  /// Begins a run.
  mutating func start(_ head: RunHead, _ moment: ContestMoment) -> [ContestEvent]
  /// Takes an answer to a question of a run that is not over.
  ///
  /// - Throws: Why not; nothing has changed then.
  mutating func answer(
    _ answer: Answer, question: Int, of player: PlayerID, commandID: CommandID,
    _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent]
  /// Goes on from a question that is over.
  ///
  /// - Throws: Why not; nothing has changed then.
  mutating func next(after question: Int, of player: PlayerID, _ moment: ContestMoment)
    throws(ContestRejection) -> [ContestEvent]
  /// Takes a result of the engine.
  ///
  /// - Throws: `notWanted` where nothing waits for it.
  mutating func take(
    _ reply: EngineReply, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent]
  /// Acts on all that is due.
  mutating func advance(_ moment: ContestMoment) -> [ContestEvent]
  /// Ends a run that is under way; of one that is over only a removal is told.
  mutating func end(_ player: PlayerID, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  /// Ends all runs that are under way.
  mutating func endAll(_ moment: ContestMoment) -> [ContestEvent]

  /// What the engine still owes, to be asked for again after a restart.
  var outstanding: [ContestEvent] { get }
  /// Whether the engine still owes anything.
  var isWaiting: Bool { get }
  /// Stops waiting for the engine: what is missing counts nothing.
  ///
  /// - Returns: How many answers are lost, and what follows.
  mutating func stopWaiting(_ moment: ContestMoment) -> (lostCount: Int, events: [ContestEvent])
  /// Begins to settle on excerpts that nothing was scored on yet.
  ///
  /// - Returns: What is asked of the engine; nothing in kinds that are settled already.
  mutating func beginSettling() -> [ContestEvent]
  /// Takes the settled score of the best text of a question.
  ///
  /// - Throws: `notWanted` where nothing waits for it.
  mutating func settle(
    _ outcome: ScoreOutcome, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent]
  /// Whether settled scores are still owed.
  var isSettling: Bool { get }
  /// Ends settling; where no settled score came the first one stays.
  ///
  /// - Returns: How many were not settled, and the board's changes.
  mutating func endSettling(_ moment: ContestMoment)
    -> (unsettledCount: Int, events: [ContestEvent])
}

/// What only some kinds do.
extension ContestRule {
  var isOver: Bool { false }
  func stage(_ moment: ContestMoment) -> ContestStage? { nil }
  func lastStart(_ setup: ContestSetup) -> Timestamp {
    setup.closesAt - setup.shortestRunMilliseconds
  }
  mutating func next(after question: Int, of player: PlayerID, _ moment: ContestMoment)
    throws(ContestRejection) -> [ContestEvent]
  {
    throw .answer(.nothingRevealed)
  }
  mutating func take(
    _ reply: EngineReply, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    throw .answer(.notWanted)
  }
  var outstanding: [ContestEvent] { [] }
  var isWaiting: Bool { false }
  mutating func stopWaiting(_ moment: ContestMoment)
    -> (lostCount: Int, events: [ContestEvent])
  { (0, []) }
  mutating func beginSettling() -> [ContestEvent] { [] }
  mutating func settle(
    _ outcome: ScoreOutcome, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    throw .answer(.notWanted)
  }
  var isSettling: Bool { false }
  mutating func endSettling(_ moment: ContestMoment)
    -> (unsettledCount: Int, events: [ContestEvent])
  { (0, []) }
}

extension ContestKind {
  /// The rule of this kind.
  var rule: any ContestRule.Type {
    switch self {
    case .daily: DailyRule.self
    case .race: RaceRule.self
    case .quest: QuestRule.self
    case .live: LiveRule.self
    }
  }
}

/// What a rule is told with every command.
struct ContestMoment {
  let setup: ContestSetup
  /// The moment on the wall.
  let now: Timestamp
  /// The moment on the contest's clock.
  let clock: Timestamp
  /// The sum of all pauses and outages so far.
  let shiftMilliseconds: Int64

  /// The wall-clock moment of a moment on the contest's clock, if nothing pauses it from now on.
  func wall(_ clock: Timestamp) -> Timestamp { clock + shiftMilliseconds }
}

/// What every run has, of whatever kind.
struct RunHead: Hashable, Sendable, Codable {
  let player: PlayerID
  let name: String
  let startedBy: CommandID
  let startedAt: Timestamp
  /// Whether it stands on the board.
  let isRanked: Bool
  /// Where the player was at home when it joined.
  var territory: Territory?
  /// Why it is over; nil while it goes on.
  var end: RunView.End?

  /// The line on the board for so many points, the last of them reached at `finishedAt`.
  func entry(points: Int, finishedAt: Timestamp) -> BoardEntry {
    BoardEntry(
      player: player, name: name, points: points, finishedAt: finishedAt, joinedAt: startedAt,
      territory: territory)
  }
}
