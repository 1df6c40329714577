public import ArenaTypes

/// A race: many players, one window of time, one board; the state, and what can be asked of it.
///
/// ```
///  scheduled ──opensAt──▶ open ──closesAt, or a moderator──▶ closing ──nothing owed──▶ final
///                         │  ▲
///                   pause ▼  │ resume
///                        paused
/// ```
/// Every player has one run on a clock of their own. Questions come from the pool in an order drawn
/// from the seed and the player, without repetition until the pool is exhausted; then it is drawn
/// anew, never the same unit twice in a row. A right answer is one point. A wrong one costs time, the
/// third one ends the run; a question whose time runs out costs nothing but that time.
///
/// A pause stops *the contest's clock*, on which runs are timed: wall clock less all pauses and
/// outages. So a pause of any number of runs is one addition. What a race settles it settles at
/// once, so `closing` lasts for no time here; kinds that wait for scores will stay in it.
public struct Contest: Hashable, Sendable, Codable {
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

  /// What determined the contest.
  public let setup: ContestSetup
  /// Where it stands.
  public internal(set) var state = State.scheduled
  /// The players by points.
  public internal(set) var board = Board()
  /// How it ended.
  public internal(set) var result: ContestResult?
  /// The sum of all pauses and outages.
  var shiftMilliseconds: Int64 = 0
  var pausedAt: Timestamp?
  var runs = RunTable()
  /// The positions in the setup's materials that can be asked about.
  let pool: [Int]

  /// A scheduled contest; a `tick` opens it.
  ///
  /// - Throws: What is wrong with `setup`.
  public init(_ setup: ContestSetup) throws(ContestSetupRejection) {
    try setup.validate()
    self.setup = setup
    pool = setup.materials.indices.filter { setup.materials[$0].canBeAsked(as: .pick) }
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
    case .open: wall(min(runs.nextDue?.at ?? setup.closesAt, setup.closesAt))
    case .paused, .closing, .final: nil
    }
  }

  /// How many players have joined.
  public var playerCount: Int { runs.count }

  /// A player's run; nil for somebody who has none.
  public func run(of player: PlayerID) -> RunView? { runs[player].map(view) }

  /// The verdict that answered `player`'s command, for one of the last few commands.
  public func verdict(player: PlayerID, commandID: CommandID) -> RaceVerdict? {
    runs[player]?.receipts.first { $0.commandID == commandID }?.verdict
  }

  func view(_ run: RaceRun) -> RunView {
    RunView(
      startedAt: run.startedAt, endsAt: wall(run.endsAt), points: run.points,
      wrongCount: run.wrongCount, end: run.end, question: question(of: run))
  }

  func question(of run: RaceRun) -> RaceQuestion? {
    run.asked.map {
      RaceQuestion(number: $0.number, question: $0.question, deadline: wall($0.deadline))
    }
  }
}
