public import ArenaTypes

/// A contest: many players, one window of time, one board; the state, and what can be asked of it.
///
/// ```
///  scheduled ──opensAt──▶ open ──closesAt, or a moderator──▶ closing ──nothing owed──▶ final
///                         │  ▲
///                   pause ▼  │ resume
///                        paused
/// ```
/// What is asked, how answers are judged and what a run is, is the kind's (`ContestRule`). States, the
/// clock, the board and moderation are the same for all.
///
/// A pause stops *the contest's clock*, on which runs are timed: wall clock less all pauses and
/// outages. So a pause of any number of runs is one addition.
///
/// Closing has two steps, each with the same bound: first the scores that the engine still owes are
/// waited for; then the best texts are settled on excerpts that nothing was scored on yet. What does
/// not come in time is counted, and the result says so. A kind that settles at once passes through
/// both in no time.
public struct Contest: Sendable {
  /// Where a contest stands.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// Not yet open.
    case scheduled
    /// Runs can begin and go on.
    case open
    /// All clocks stand.
    case paused
    /// No run goes on; the board is being settled.
    case closing
    /// The board is final.
    case final
  }

  /// What closing waits for.
  struct Closing: Hashable, Sendable, Codable {
    enum Step: String, Hashable, Sendable, Codable {
      /// Scores that were owed when it closed.
      case scoring
      /// Scores on the second half.
      case settling
    }

    var step: Step
    /// How long, in wall-clock time.
    var until: Timestamp
    /// Why a moderator ended the contest.
    var reason: String?
    var lostCount = 0
  }

  /// What determined the contest; a moderator may have moved its end.
  public internal(set) var setup: ContestSetup
  /// Where it stands.
  public internal(set) var state = State.scheduled
  /// The players by points.
  public internal(set) var board = Board()
  /// How it ended.
  public internal(set) var result: ContestResult?
  /// The sum of all pauses and outages.
  var shiftMilliseconds: Int64 = 0
  var pausedAt: Timestamp?
  var closing: Closing?
  var rule: any ContestRule

  /// A scheduled contest; a `tick` opens it.
  ///
  /// - Throws: What is wrong with `setup`.
  public init(_ setup: ContestSetup) throws(ContestSetupRejection) {
    try setup.validate()
    self.setup = setup
    rule = setup.kind.rule.init(setup)
  }

  /// The contest that a journal tells of, and all its events.
  ///
  /// - Throws: What is wrong with `setup`, or the first command that could never have been accepted.
  public static func replay(_ setup: ContestSetup, commands: [Timed<ContestCommand>]) throws
    -> (contest: Contest, events: [ContestEvent])
  {
    var contest = try Contest(setup)
    var events: [ContestEvent] = []
    for timed in commands { events += try contest.apply(timed.command, now: timed.at) }
    return (contest, events)
  }

  /// The moment on the contest's clock, which stands while the contest is paused.
  func clock(at now: Timestamp) -> Timestamp { (pausedAt ?? now) - shiftMilliseconds }

  /// What the rule is told at `now`.
  func moment(_ now: Timestamp) -> ContestMoment {
    ContestMoment(
      setup: setup, now: now, clock: clock(at: now), shiftMilliseconds: shiftMilliseconds)
  }

  /// The wall-clock moment of a moment on the contest's clock, if nothing pauses it from now on.
  func wall(_ clock: Timestamp) -> Timestamp { clock + shiftMilliseconds }

  /// When it closes, pauses and outages counted.
  public var closesAt: Timestamp { wall(setup.closesAt) }

  /// When the contest next wants a `tick`; nil while it is paused and once it is final.
  ///
  /// - Complexity: O(log *n*) in the number of runs.
  public var nextDeadline: Timestamp? {
    switch state {
    case .scheduled: setup.opensAt
    case .open: wall(min(rule.nextDue ?? setup.closesAt, setup.closesAt))
    case .closing: closing?.until
    case .paused, .final: nil
    }
  }

  /// Whether an outage would take time from somebody: a question is open on a clock.
  public var hasRunningClock: Bool {
    switch state {
    case .open: rule.nextDue.map { $0 < setup.closesAt } ?? false
    case .closing: true
    case .scheduled, .paused, .final: false
    }
  }

  /// How many players have joined, those beside the board included.
  public var playerCount: Int { rule.runCount }
  /// How many play beside the board.
  public var besideCount: Int { max(0, rule.runCount - board.count - removedCount) }
  var removedCount = 0

  /// The players whose runs are going on.
  ///
  /// - Complexity: O(*n*) in the players.
  public var runningPlayers: [PlayerID] { rule.runningPlayers }

  /// A player's run; nil for somebody who has none.
  public func run(of player: PlayerID) -> RunView? {
    rule.view(of: player, moment(setup.opensAt))
  }

  /// The verdict of a race that answered `player`'s command, for one of the last few commands.
  public func verdict(player: PlayerID, commandID: CommandID) -> RaceVerdict? {
    (rule as? RaceRule)?.verdict(player: player, commandID: commandID)
  }

  /// What everybody sees beside the board; nil in kinds where each plays on a clock of their own.
  public var stage: ContestStage? { rule.stage(moment(setup.opensAt)) }

  /// All the units of a quest, which are asked from the start; empty in other kinds.
  public var questions: [RaceQuestion] {
    (rule as? QuestRule)?.questions(moment(setup.opensAt)) ?? []
  }

  /// What `player` has answered to the running round of a live contest, judged, with the truth; nil in
  /// other kinds, and where there is no answer.
  ///
  /// For records; never for a client.
  public func judgedAnswer(of player: PlayerID) -> (round: Int, reveal: RoundReveal)? {
    (rule as? LiveRule)?.judgedAnswer(of: player)
  }

  /// Whether the command has given an answer of the player's, one of the last few.
  public func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool {
    rule.hasTaken(commandID, of: player)
  }

  /// What the engine still owes, as the events that asked for it.
  ///
  /// After a restart the shell asks again: what was under way is lost with the process.
  public var outstandingWishes: [ContestEvent] {
    state == .final ? [] : rule.outstanding
  }
}

extension Contest: Hashable {
  /// Two contests are equal if they stand alike.
  public static func == (left: Contest, right: Contest) -> Bool {
    left.setup == right.setup && left.state == right.state && left.board == right.board
      && left.result == right.result && left.shiftMilliseconds == right.shiftMilliseconds
      && left.pausedAt == right.pausedAt && left.closing == right.closing
      && left.removedCount == right.removedCount
      && AnyHashable(left.rule) == AnyHashable(right.rule)
  }

  /// Hashes what two contests differ in most.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(setup.id)
    hasher.combine(state)
    hasher.combine(board)
  }
}

extension Contest: Codable {
  private enum Key: String, CodingKey {
    case setup, state, board, result, shift, pausedAt, closing, removedCount, rule
  }

  /// Reads what `encode` wrote.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    setup = try values.decode(ContestSetup.self, forKey: .setup)
    state = try values.decode(State.self, forKey: .state)
    board = try values.decode(Board.self, forKey: .board)
    result = try values.decodeIfPresent(ContestResult.self, forKey: .result)
    shiftMilliseconds = try values.decode(Int64.self, forKey: .shift)
    pausedAt = try values.decodeIfPresent(Timestamp.self, forKey: .pausedAt)
    closing = try values.decodeIfPresent(Closing.self, forKey: .closing)
    removedCount = try values.decode(Int.self, forKey: .removedCount)
    rule = try setup.kind.rule.init(from: values.superDecoder(forKey: .rule))
  }

  /// Writes the whole state.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(setup, forKey: .setup)
    try values.encode(state, forKey: .state)
    try values.encode(board, forKey: .board)
    try values.encodeIfPresent(result, forKey: .result)
    try values.encode(shiftMilliseconds, forKey: .shift)
    try values.encodeIfPresent(pausedAt, forKey: .pausedAt)
    try values.encodeIfPresent(closing, forKey: .closing)
    try values.encode(removedCount, forKey: .removedCount)
    try rule.encode(to: values.superEncoder(forKey: .rule))
  }
}
