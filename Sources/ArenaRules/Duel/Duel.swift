public import ArenaTypes

/// Two players, the same rounds at the same time; the state, and what can be asked of it.
///
/// ```
///              3 s              all locked in, or deadline        engine done, or 20 s
///  countdown ───────▶ question ────────────────────────▶ scoring ─────────────────────▶ reveal
///                        ▲    └──── nothing to wait for ────────────────────────────────▶ │
///                        │                                              both ready, or 8/12 s
///                        ├──────────── a round is left, or points are equal ◀─────────────┤
///                        │                                                                ▼
///                        │      resign, claim, both away, moderator ───────────────▶ finished
/// ```
/// `apply(_:now:)` is the only way to change it. All draws come from the setup's seed, so the setup,
/// the start and the accepted commands with their times give the same duel again: they are its
/// journal.
public struct Duel: Hashable, Sendable, Codable {
  /// Where a duel stands; `until` is when it moves on by itself.
  public enum Phase: Hashable, Sendable, Codable {
    /// Before the first question.
    case countdown(until: Timestamp)
    /// A question is open.
    case question(until: Timestamp)
    /// The question is over, the engine still works.
    case scoring(until: Timestamp)
    /// The round's result is shown.
    case reveal(until: Timestamp)
    /// It is over.
    case finished

    /// Whether a round's question has no reveal yet.
    public var isUnrevealed: Bool {
      switch self {
      case .question, .scoring: true
      case .countdown, .reveal, .finished: false
      }
    }

    /// When it moves on by itself.
    public var until: Timestamp? {
      switch self {
      case .countdown(let until), .question(let until), .scoring(let until), .reveal(let until):
        until
      case .finished: nil
      }
    }
  }

  /// What determined the duel.
  public let setup: DuelSetup
  /// Where it stands.
  public internal(set) var phase: Phase
  /// The number of the present or last round, from 0.
  public internal(set) var round = 0
  /// The results of the revealed rounds.
  public internal(set) var results: [RoundResult] = []
  /// The points of each seat.
  public internal(set) var totals = [0, 0]
  /// How it ended.
  public internal(set) var result: DuelResult?
  /// The round that is being asked; nil before the first.
  var asked: Round?
  /// Since when a seat has no connection.
  var absentSince: [Timestamp?] = [nil, nil]
  /// Who wants the reveal to end.
  var isReady = [false, false]
  /// Every accepted answer, in order.
  var receipts: [AnswerReceipt] = []

  /// Starts a duel: the countdown runs from `now`, both players are taken to be there.
  ///
  /// - Throws: What is wrong with `setup`.
  public static func start(_ setup: DuelSetup, now: Timestamp) throws(DuelSetupRejection)
    -> (duel: Duel, events: [DuelEvent])
  {
    try setup.validate()
    let until = now + setup.timing.countdownMilliseconds
    let duel = Duel(setup: setup, phase: .countdown(until: until))
    let started = DuelEvent.started(
      seats: setup.seats, format: setup.format, isRated: setup.isRated,
      roundCount: setup.format.rounds.count, firstQuestionAt: until)
    return (duel, [started])
  }

  private init(setup: DuelSetup, phase: Phase) {
    self.setup = setup
    self.phase = phase
  }

  /// The duel that a journal tells of, and all its events.
  ///
  /// - Throws: What is wrong with `setup`, or the first command that could never have been accepted.
  public static func replay(
    _ setup: DuelSetup, startedAt: Timestamp, commands: [Timed<DuelCommand>]
  ) throws -> (duel: Duel, events: [DuelEvent]) {
    var (duel, events) = try start(setup, now: startedAt)
    for timed in commands {
      events += try duel.apply(timed.command, now: timed.at)
    }
    return (duel, events)
  }

  /// When the duel next wants a `tick`; nil when it is over.
  public var nextDeadline: Timestamp? {
    guard let until = phase.until else { return nil }
    return bothAbsentAt.map { min($0, until) } ?? until
  }

  /// The seat of `player`; nil for anybody else.
  public func seat(of player: PlayerID) -> Int? {
    setup.seats.firstIndex { $0.player == player }
  }

  /// The question that is or was last asked; nil before the first.
  public var question: Question? { asked?.rule.question }

  /// The right side of the pick question that is open; nil where none is asked or none is known.
  ///
  /// For a bot, which must know what it misses; never for a client.
  public var rightSide: Side? {
    guard case .question = phase, case .pick(let rule) = asked else { return nil }
    return rule.right
  }

  /// The excerpt that the running round will be revealed on, so that the shell can have it predicted
  /// ahead; never for a client before the reveal.
  public var revealExcerpt: ExcerptID? { asked?.rule.revealExcerpt }

  /// The truth and the answers of the question that was open when the duel ended; nil where it ended
  /// after a reveal, and while it goes on.
  ///
  /// For records; never for a client.
  public var unrevealed: RoundReveal? {
    guard phase == .finished, let asked, results.last?.round != round else { return nil }
    return asked.rule.reveal
  }

  /// Whether a seat is connected; bots always are.
  public func isConnected(seat: Int) -> Bool { absentSince[seat] == nil }

  /// From when on the other player may claim the duel from `seat`; nil while it is connected.
  public func claimableAt(seat: Int) -> Timestamp? {
    absentSince[seat].map { $0 + setup.timing.absenceMilliseconds }
  }

  /// The receipt of the answer that `player` gave under `commandID`; nil if there was none.
  ///
  /// - Complexity: O(*n*) in the number of answers, which the rounds bound.
  public func answerReceipt(player: PlayerID, commandID: CommandID) -> AnswerReceipt? {
    receipts.first { $0.player == player && $0.commandID == commandID }
  }

  /// The receipts of what `player` answered in `round`, in order.
  public func answerReceipts(player: PlayerID, round: Int) -> [AnswerReceipt] {
    receipts.filter { $0.player == player && $0.round == round }
  }

  /// The units that this duel asks about or may still ask about, which are sealed for its players
  /// while it runs.
  public var units: [UnitID] { setup.materials.map(\.unit) }

  /// Whether `round` is one of those after a tie.
  public func isSuddenDeath(round: Int) -> Bool { round >= setup.format.rounds.count }

  /// 2 in the last regular round, 1 in others.
  public func multiplier(round: Int) -> Int { round == setup.format.rounds.count - 1 ? 2 : 1 }
}
