import ArenaRules
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

/// What a contest wants of the engine, a few jobs at a time.
///
/// When a contest closes it may want thousands of scores at once, and the engine's queue is bounded
/// and everybody's. So wishes wait here, and one that the engine is too busy for is asked again.
struct EngineWishes {
  /// How many jobs of one contest the engine has at once.
  static let jobCountMax = 8

  private var waiting: [ContestEvent] = []
  private var next = 0
  private(set) var runningCount = 0
  /// Jobs carry it; those of an earlier one are answered, but no longer counted.
  private(set) var generation = 0

  /// Forgets everything: the room has read its state again, and asks for what is outstanding.
  mutating func restart() {
    waiting = []
    next = 0
    runningCount = 0
    generation += 1
  }

  mutating func add(_ wish: ContestEvent) { waiting.append(wish) }

  /// The wish whose turn it is; nil where none waits, or the engine has enough.
  mutating func take() -> ContestEvent? {
    guard runningCount < Self.jobCountMax, next < waiting.count else { return nil }
    defer {
      next += 1
      if next == waiting.count {
        waiting = []
        next = 0
      }
    }
    runningCount += 1
    return waiting[next]
  }

  mutating func ended(generation: Int) {
    if generation == self.generation { runningCount -= 1 }
  }
}

extension ContestRoom {
  /// Asks the engine for what the rules want to know; the answer comes back as a command.
  ///
  /// What is written in a contest is shown to its author alone, so nothing is looked for in it that
  /// would only hide it from others.
  func askEngine(_ event: ContestEvent) {
    if case .checkWanted(let player, let question, let attempt, let unit, let clues, let text) =
      event
    {
      let result = served.engine.check(text, unit: unit, clues: clues)
      return take(
        .checked(player: player, question: question, attempt: attempt, result: result))
    }
    wishes.add(event)
    askNext()
  }

  private func askNext() {
    while let wish = wishes.take() { ask(wish) }
  }

  private func ask(_ wish: ContestEvent) {
    let engine = served.engine
    let (id, index, directory) = (id, context.shard.index, context.directory)
    let generation = wishes.generation
    let back: @Sendable (ContestCommand?, Duration?) -> Void = { command, retryAfter in
      directory.post(to: index) {
        $0.contests[id]?.engineAnswered(
          wish, generation: generation, command: command, retryAfter: retryAfter)
      }
    }
    switch wish {
    case .scoreWanted(let player, let question, let attempt, let unit, let text):
      engine.score(text, unit: unit, priority: .high) { result in
        let (outcome, retryAfter) = ScoreOutcome.of(result)
        back(
          outcome.map {
            .scored(player: player, question: question, attempt: attempt, outcome: $0)
          }, retryAfter)
      }
    case .settleWanted(let player, let question, let unit, let text):
      engine.settle(text, unit: unit) { result in
        let (outcome, retryAfter) = ScoreOutcome.of(result)
        back(
          outcome.map { .settled(player: player, question: question, outcome: $0) }, retryAfter)
      }
    case .activationsWanted(let player, let question, let attempt, let unit, let clues, let text):
      engine.measure(text, unit: unit, clues: clues, taboo: views.taboo(of: unit)) { outcome in
        back(
          .activations(player: player, question: question, attempt: attempt, outcome: outcome),
          nil)
      }
    default: back(nil, nil)
    }
  }

  private func engineAnswered(
    _ wish: ContestEvent, generation: Int, command: ContestCommand?, retryAfter: Duration?
  ) {
    wishes.ended(generation: generation)
    if let command {
      take(command)
    } else if let retryAfter, generation == wishes.generation {
      context.scheduler.schedule(after: max(retryAfter, .milliseconds(500))) { [weak self] in
        guard let self, generation == wishes.generation else { return }
        askEngine(wish)
      }
    }
    askNext()
  }
}

extension ScoreOutcome {
  /// What a result of the engine is to the rules; nil where it must be asked again, after so long, or
  /// where the server stops.
  fileprivate static func of(_ result: Result<Score, EngineRefusal>)
    -> (outcome: ScoreOutcome?, retryAfter: Duration?)
  {
    switch result {
    case .success(let score): (.scored(score: score), nil)
    case .failure(.busy(let retryAfter)): (nil, retryAfter)
    case .failure(.failed): (.failed, nil)
    case .failure(.cancelled), .failure(.stopped): (nil, nil)
    }
  }
}
