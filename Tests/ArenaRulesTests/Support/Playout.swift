import ArenaTypes
import Testing

@testable import ArenaRules

/// A duel played by dice: who does what and when is drawn from one seed, what is answered from
/// another, so that two playouts can differ in the content of answers alone.
struct Playout {
  let setup: DuelSetup
  private(set) var duel: Duel
  private(set) var now = epoch
  private(set) var events: [DuelEvent]
  private(set) var journal: [Timed<DuelCommand>] = []
  private(set) var rejections: [DuelRejection] = []
  private var dice: SeededGenerator
  private var wishes: [DuelEvent] = []
  private var commandCount = 0
  /// The seed of the content of answers, given the round.
  private let contentSeed: (Int) -> UInt64
  /// Whether checks refuse and engines fail now and then.
  private let hasTrouble: Bool

  init(
    _ format: DuelFormat, seed: UInt64, bot: Bool = false, hasTrouble: Bool = true,
    contentSeed: @escaping (Int) -> UInt64 = { _ in 0 }
  ) throws {
    setup = sampleSetup(format, seed: seed, bot: bot)
    (duel, events) = try Duel.start(setup, now: epoch)
    dice = SeededGenerator(seed: seed).forked(for: "dice")
    self.contentSeed = contentSeed
    self.hasTrouble = hasTrouble
  }

  /// Plays until the duel is over; every step checks what must always hold.
  mutating func play(stepCountMax: Int = 2_000, until isDone: (Playout) -> Bool = { _ in false })
    throws
  {
    var steps = 0
    while duel.phase != .finished, !isDone(self) {
      steps += 1
      if steps > stepCountMax {
        // Nobody does anything any more: time alone must end it.
        guard let deadline = duel.nextDeadline else { break }
        now = max(now, deadline)
        try apply(.tick)
        try #require(steps < stepCountMax + 100, "time alone does not end the duel")
      } else {
        passTime()
        try apply(nextCommand())
      }
    }
  }

  private mutating func passTime() {
    switch dice.next(below: 10) {
    case 0..<6: now = now + Int64(dice.next(below: 3_000))
    case 6..<8: now = now + Int64(dice.next(below: 20))
    case 8: now = duel.nextDeadline.map { max($0, now) } ?? now
    default: now = now + Int64(dice.next(below: 15_000))
    }
  }

  private mutating func apply(_ command: DuelCommand) throws {
    let before = duel
    do {
      let new = try duel.apply(command, now: now)
      journal.append(Timed(at: now, command))
      events += new
      wishes += new.filter { $0.audience == .engine }
      try checkInvariants(before: before, after: command)
    } catch let rejection as DuelRejection {
      rejections.append(rejection)
      try #require(duel == before, "a refused \(command) changed the duel")
    }
  }

  private func checkInvariants(before: Duel, after command: DuelCommand) throws {
    let sums = duel.results.reduce([0, 0]) { sums, result in
      zip(sums, result.points).map(+)
    }
    try #require(sums == duel.totals)
    for result in duel.results {
      let most =
        switch result.reveal.kind {
        case .pick, .oddOneOut, .fire: 150
        case .write, .predict: 100
        }
      try #require(result.points.allSatisfy { (0...most * result.multiplier).contains($0) })
    }
    try #require((duel.nextDeadline == nil) == (duel.phase == .finished))
    if case .tick = command, let deadline = duel.nextDeadline {
      try #require(deadline > now, "a tick left a passed deadline")
    }
    if before.round == duel.round, case .question(let old) = before.phase,
      case .question(let new) = duel.phase
    {
      try #require(new >= old, "a question's deadline moved back")
    }
    try #require(duel.round >= before.round && duel.results.count >= before.results.count)
  }

  private mutating func nextCommand() -> DuelCommand {
    let seat = dice.next(below: 2)
    let player = setup.seats[seat].player
    commandCount += 1
    switch dice.next(below: 100) {
    case 0..<40: return answer(player, seat: seat)
    case 40..<62: return engineReply() ?? .tick
    case 62..<74: return .ready(player: player, round: duel.round)
    case 74..<80: return .tick
    case 80..<85: return .disconnected(player: player)
    case 85..<92: return .connected(player: player)
    case 92: return .claim(player: player)
    case 93: return dice.next(below: 12) == 0 ? .resign(player: player) : .tick
    case 94: return .outage(milliseconds: Int64(dice.next(below: 5_000)))
    case 95: return .connected(player: PlayerID(rawValue: "p_stranger"))
    case 96: return repeatedAnswer() ?? .tick
    case 97:
      return .answer(
        player: player, round: duel.round + 1, answer: .pick(side: .a), commandID: fresh())
    case 98: return .scored(player: player, round: duel.round, attempt: 9, outcome: .failed)
    default:
      return dice.next(below: 30) == 0 ? .end(moderator: "m", reason: "test") : .tick
    }
  }

  private func fresh() -> CommandID { command("c\(commandCount)") }

  private mutating func repeatedAnswer() -> DuelCommand? {
    let answers = journal.map(\.command).filter {
      if case .answer = $0 { true } else { false }
    }
    return dice.element(of: answers)
  }

  private mutating func answer(_ player: PlayerID, seat: Int) -> DuelCommand {
    var content = SeededGenerator(seed: contentSeed(duel.round))
      .forked(for: "\(seat)/\(commandCount)")
    let wantsDone = dice.next(below: 6) == 0
    let answer: Answer
    switch duel.question?.kind ?? .pick {
    case .pick: answer = .pick(side: content.next(below: 2) == 0 ? .a : .b)
    case .write:
      // The seat stands in the text: two equal texts are told from others by the engine's silence.
      answer = .write(text: sampleText("seat \(seat) says \(content.next(below: 1_000))"))
    case .oddOneOut:
      // 4 is no option, and refused whatever the other answers say.
      let index = dice.next(below: 6)
      answer =
        index == 5
        ? .oddOneOut(choice: .excerpt(index: 4))
        : .oddOneOut(
          choice: content.next(below: 5) == 0
            ? .allTheSame : .excerpt(index: content.next(below: 4)))
    case .predict:
      let wrong = dice.next(below: 6)
      let marks = content.permutation(of: 12).prefix(content.next(below: 13))
      answer = .predict(
        tokens: wrong == 4 ? [3, 3] : wrong == 5 ? [0, 12] : Array(marks))
    case .fire:
      answer = wantsDone ? .done : .fire(text: "text \(content.next(below: 1_000))")
    }
    return .answer(player: player, round: duel.round, answer: answer, commandID: fresh())
  }

  /// Answers one of the engine's tasks, in any order; some are lost.
  private mutating func engineReply() -> DuelCommand? {
    guard !wishes.isEmpty else { return nil }
    let wish = wishes.remove(at: dice.next(below: wishes.count))
    let trouble = hasTrouble ? dice.next(below: 12) : 11
    if trouble == 0 { return nil }
    switch wish {
    case .checkWanted(let player, let round, let attempt, _, _, _):
      let result: CheckResult = trouble < 4 ? .refused(reason: .copiedFromClue) : .accepted
      return .checked(player: player, round: round, attempt: attempt, result: result)
    case .scoreWanted(let player, let round, let attempt, _, let text):
      let value = Double(text.description.utf8.reduce(0) { $0 &+ Int($1) } % 101)
      return .scored(
        player: player, round: round, attempt: attempt,
        outcome: trouble == 1 ? .failed : .scored(score: sampleScore(value)))
    case .similarityWanted(let round, _, _, let second):
      return .compared(round: round, isSame: second.description.utf8.count % 3 == 0)
    case .activationsWanted(let player, let round, let attempt, _, _, let text):
      let value = Double(text.utf8.reduce(0) { $0 &+ Int($1) } % 200) / 10
      let probed = ProbedTokens(
        tokens: [text], activations: [value], isCopied: trouble == 3)
      let outcome: ActivationOutcome =
        switch trouble {
        case 1: .failed
        case 2: .refused(reason: .taboo)
        default: .measured(probed: probed)
        }
      return .activations(player: player, round: round, attempt: attempt, outcome: outcome)
    default: return nil
    }
  }
}
