import ArenaTypes

@testable import ArenaRules

/// One step of a transcript: a command at a moment, and what came of it.
struct TranscriptStep: Hashable, Codable {
  var at: Timestamp
  var command: DuelCommand
  /// What happened; absent where the command was refused.
  var events: [DuelEvent]?
  /// The code of the refusal.
  var rejection: String?
}

/// A whole duel as a committed vector.
struct Transcript: Hashable, Codable {
  var name: String
  var about: String
  var setup: DuelSetup
  var startedAt: Timestamp
  var events: [DuelEvent]
  var steps: [TranscriptStep]
}

/// Plays a scripted duel and writes down what happens.
struct DuelScript {
  private(set) var duel: Duel
  private(set) var transcript: Transcript
  private(set) var now = epoch
  private var commandCount = 0

  init(_ name: String, _ about: String, _ setup: DuelSetup) throws {
    let (duel, events) = try Duel.start(setup, now: epoch)
    self.duel = duel
    transcript = Transcript(
      name: name, about: about, setup: setup, startedAt: epoch, events: events, steps: [])
  }

  /// Gives a command so many seconds after the one before.
  @discardableResult
  mutating func after(_ seconds: Double, _ command: DuelCommand) -> [DuelEvent] {
    now = now + Int64((seconds * 1_000).rounded())
    do throws(DuelRejection) {
      let events = try duel.apply(command, now: now)
      transcript.steps.append(
        TranscriptStep(at: now, command: command, events: events, rejection: nil))
      return events
    } catch {
      transcript.steps.append(
        TranscriptStep(at: now, command: command, events: nil, rejection: error.code))
      return []
    }
  }

  /// Answers in the present round under a new command id.
  @discardableResult
  mutating func answers(_ player: PlayerID, _ answer: Answer, after seconds: Double) -> [DuelEvent]
  {
    commandCount += 1
    return after(
      seconds,
      .answer(
        player: player, round: duel.round, answer: answer, commandID: command("c\(commandCount)")))
  }

  /// A pick of the right or the wrong side.
  mutating func picks(_ player: PlayerID, right: Bool, after seconds: Double) {
    let side = duel.rightSide ?? .a
    answers(player, .pick(side: right ? side : (side == .a ? .b : .a)), after: seconds)
  }

  /// A right choice among the excerpts of an odd-one-out round, or a wrong one.
  mutating func findsOdd(_ player: PlayerID, right: Bool, after seconds: Double) {
    guard case .oddOneOut(let rule) = duel.asked else { return }
    let wrong: OddChoice = rule.odd == .allTheSame ? .excerpt(index: 0) : .allTheSame
    answers(player, .oddOneOut(choice: right ? rule.odd : wrong), after: seconds)
  }

  /// Time passes up to the next deadline.
  mutating func waits() {
    let seconds = duel.nextDeadline.map { ($0 - now).inSeconds } ?? 0
    after(max(seconds, 0), .tick)
  }

  /// Both want to go on.
  mutating func bothReady() {
    after(1, .ready(player: anna, round: duel.round))
    after(0.5, .ready(player: bert, round: duel.round))
  }

  /// A text is written, checked and scored.
  mutating func writes(
    _ player: PlayerID, _ text: String, score: Double?, after seconds: Double,
    checked: CheckResult = .accepted
  ) {
    answers(player, .write(text: sampleText(text)), after: seconds)
    let attempt = duel.answerReceipts(player: player, round: duel.round).last?.attempt ?? 0
    let round = duel.round
    after(0.1, .checked(player: player, round: round, attempt: attempt, result: checked))
    if let score {
      after(
        0.4,
        .scored(
          player: player, round: round, attempt: attempt,
          outcome: .scored(score: sampleScore(score))))
    }
  }

  /// A text is fired and measured.
  mutating func fires(
    _ player: PlayerID, _ text: String, peak: Double, after seconds: Double, isHidden: Bool = false
  ) {
    answers(player, .fire(text: text), after: seconds)
    let attempt = duel.answerReceipts(player: player, round: duel.round).last?.attempt ?? 0
    let probed = ProbedTokens(
      tokens: [text, "!"], activations: [peak, -0.25], isCopied: false, isHidden: isHidden)
    after(
      0.2,
      .activations(
        player: player, round: duel.round, attempt: attempt, outcome: .measured(probed: probed)))
  }
}
