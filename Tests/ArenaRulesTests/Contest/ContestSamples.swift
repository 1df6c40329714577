import ArenaTypes
import Testing

@testable import ArenaRules

/// A contest of any kind whose players are driven by hand, and an engine that answers when asked to.
struct Held {
  var contest: Contest
  var now = epoch
  var events: [ContestEvent] = []
  var journal: [Timed<ContestCommand>] = []
  private var commandCount = 0

  init(
    _ kind: ContestKind, rounds: [RoundKind], minutes: Int64 = 60, seed: UInt64 = 5,
    establishedOnly: Bool = false, change: (inout ContestSetup) -> Void = { _ in }
  ) throws {
    let plan = ContestPlan(
      kind: kind, rounds: rounds, ranksEstablishedOnly: establishedOnly, zone: "UTC",
      date: "2026-09-21", campaign: CampaignID(rawValue: "toy"))
    var setup = ContestSetup(
      id: ContestID(rawValue: "\(kind)-1"), title: "A contest", opensAt: epoch,
      closesAt: epoch + minutes * 60_000, materials: rounds.indices.map(sampleMaterial),
      seed: seed, plan: plan)
    change(&setup)
    contest = try Contest(setup)
    try self.do(.tick)
  }

  @discardableResult
  mutating func `do`(_ command: ContestCommand) throws -> [ContestEvent] {
    let before = contest
    do {
      let new = try contest.apply(command, now: now)
      journal.append(Timed(at: now, command))
      events += new
      return new
    } catch {
      #expect(contest == before, "a refused \(command) changed the contest")
      throw error
    }
  }

  mutating func fresh() -> CommandID {
    commandCount += 1
    return command("c\(commandCount)")
  }

  @discardableResult
  mutating func starts(_ player: PlayerID, standing: Standing? = nil) throws -> [ContestEvent] {
    try self.do(
      .start(player: player, name: player.rawValue, commandID: fresh(), standing: standing))
  }

  @discardableResult
  mutating func submits(_ player: PlayerID, _ question: Int, _ answer: Answer) throws
    -> [ContestEvent]
  {
    try self.do(
      .submit(player: player, question: question, answer: answer, commandID: fresh()))
  }

  mutating func writes(_ player: PlayerID, _ question: Int, _ text: String) throws {
    try submits(player, question, .write(text: sampleText(text)))
  }

  mutating func wait(_ seconds: Double) { now = now + Int64(seconds * 1_000) }

  /// Waits to the next deadline and acts on it.
  mutating func waitOut() throws {
    now = max(now, contest.nextDeadline ?? now)
    try self.do(.tick)
  }

  /// Answers all that is asked of the engine: checks pass, scores are `score(text)`.
  mutating func serveEngine(
    score: (ExplanationText) -> Double? = { _ in 50 },
    settled: (ExplanationText) -> Double? = { _ in 40 }
  ) throws {
    func outcome(_ value: Double?) -> ScoreOutcome {
      value.map { .scored(score: sampleScore($0)) } ?? .failed
    }
    while let wish = contest.outstandingWishes.first {
      switch wish {
      case .checkWanted(let player, let question, let attempt, _, _, let text):
        let isRude = text.description.contains("rude")
        try self.do(
          .checked(
            player: player, question: question, attempt: attempt,
            result: isRude ? .refused(reason: .explicit) : .accepted))
      case .scoreWanted(let player, let question, let attempt, _, let text):
        try self.do(
          .scored(
            player: player, question: question, attempt: attempt, outcome: outcome(score(text))))
      case .activationsWanted(let player, let question, let attempt, _, _, let text):
        try self.do(
          .activations(
            player: player, question: question, attempt: attempt,
            outcome: .measured(
              probed: ProbedTokens(
                tokens: [text], activations: [Double(text.count)], isCopied: false))))
      case .settleWanted(let player, let question, _, let text):
        try self.do(
          .settled(player: player, question: question, outcome: outcome(settled(text))))
      default: return
      }
    }
  }

  func run(_ player: PlayerID) throws -> RunView { try #require(contest.run(of: player)) }

  /// The right answer to a question, as the seed has drawn it.
  func right(_ number: Int) throws -> Answer {
    let round = contest.setup.sharedRounds()[number]
    switch round {
    case .pick(let rule): return .pick(side: rule.right ?? .a)
    case .oddOneOut(let rule): return .oddOneOut(choice: rule.odd)
    case .predict(let rule): return .predict(tokens: rule.truth?.firing ?? [])
    case .write: return .write(text: sampleText("kinds of weather"))
    case .fire: return .fire(text: "storms!!")
    }
  }

  func wrong(_ number: Int) throws -> Answer {
    switch try right(number) {
    case .pick(let side): .pick(side: side == .a ? .b : .a)
    case .oddOneOut(.allTheSame): .oddOneOut(choice: .excerpt(index: 0))
    case .oddOneOut(.excerpt): .oddOneOut(choice: .allTheSame)
    case .predict: .predict(tokens: [])
    case .write: .write(text: sampleText("wrong"))
    case .fire: .done
    case .done: .done
    }
  }

  /// That the journal, through JSON, gives the same contest and events again.
  func expectReplay() throws {
    let setup = try roundTripped(contest.setup)
    let (replayed, events) = try Contest.replay(setup, commands: try roundTripped(journal))
    #expect(replayed == contest)
    #expect(events == self.events)
    #expect(try roundTripped(events) == events)
    #expect(try roundTripped(contest) == contest)
  }
}
