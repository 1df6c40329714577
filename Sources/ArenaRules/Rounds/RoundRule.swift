import ArenaTypes

/// The face that every kind of round has.
///
/// A rule makes a question from a unit and a seed, judges answers, and says what to reveal. It knows
/// seats, not players, and no clock: whoever runs it (a duel, a contest) does. What it needs from the
/// engine it asks for with an effect, and gets with `take(_:)`.
protocol RoundRule: Hashable, Sendable, Codable {
  /// What is shown; nothing in it depends on an answer.
  var question: Question { get }
  /// The excerpt whose activations are shown at the reveal.
  var revealExcerpt: ExcerptID? { get }
  /// Whether nothing more is expected from a seat.
  func isLockedIn(seat: Int) -> Bool
  /// Whether the engine still owes a result.
  var isWaiting: Bool { get }
  /// Whether the round counts; false where the engine never said what it is worth.
  var counts: Bool { get }
  /// The points of each seat, before any doubling.
  var points: [Int] { get }
  /// What is shown at the end.
  var reveal: RoundReveal { get }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - share: The share of the round's time that is left, 0 to 1.
  /// - Returns: The number of the attempt, from 0, and what follows from it.
  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  /// Takes a result of the engine; throws `notWanted` if this round isn't waiting for it.
  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect]
  /// What the engine still owes, to be asked for again after a restart.
  var outstanding: [RoundEffect] { get }
  /// Stops waiting for the engine: what is missing counts nothing.
  mutating func stopWaiting()
}

/// A part of a round's time, in whole milliseconds so that points never depend on rounding modes.
struct TimeShare: Hashable, Sendable, Codable {
  var leftMilliseconds: Int64
  var totalMilliseconds: Int64

  /// The time that is used up.
  var usedMilliseconds: Int64 { totalMilliseconds - leftMilliseconds }
}

/// What follows from an answer or from a result of the engine.
enum RoundEffect: Hashable {
  case lockedIn(seat: Int)
  case refused(seat: Int, attempt: Int, reason: TextRefusal)
  case measured(seat: Int, FireTry)
  case scored(seat: Int, attempt: Int, score: Score)
  case checkWanted(seat: Int, attempt: Int, text: ExplanationText)
  case scoreWanted(seat: Int, attempt: Int, text: ExplanationText)
  case similarityWanted(first: ExplanationText, second: ExplanationText)
  case activationsWanted(seat: Int, attempt: Int, text: String)
}

/// A round of any kind.
enum Round: Hashable, Sendable, Codable {
  case pick(rule: PickRound)
  case write(rule: WriteRound)
  case oddOneOut(rule: OddOneOutRound)
  case predict(rule: PredictRound)
  case fire(rule: FireRound)

  /// Asks about `material`; `allowsOpen` lets a pick round draw a pair whose answer isn't known.
  init(
    _ kind: RoundKind, material: UnitMaterial, allowsOpen: Bool,
    using generator: inout SeededGenerator
  ) {
    switch kind {
    case .pick:
      self = .pick(
        rule: PickRound(material: material, allowsOpen: allowsOpen, using: &generator))
    case .write: self = .write(rule: WriteRound(material: material, using: &generator))
    case .oddOneOut:
      self = .oddOneOut(rule: OddOneOutRound(material: material, using: &generator))
    case .predict: self = .predict(rule: PredictRound(material: material, using: &generator))
    case .fire: self = .fire(rule: FireRound(material: material, using: &generator))
    }
  }

  var rule: any RoundRule {
    switch self {
    case .pick(let rule): rule
    case .write(let rule): rule
    case .oddOneOut(let rule): rule
    case .predict(let rule): rule
    case .fire(let rule): rule
    }
  }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    switch self {
    case .pick(var rule):
      let taken = try rule.take(answer, seat: seat, timeLeft: share)
      self = .pick(rule: rule)
      return taken
    case .write(var rule):
      let taken = try rule.take(answer, seat: seat, timeLeft: share)
      self = .write(rule: rule)
      return taken
    case .oddOneOut(var rule):
      let taken = try rule.take(answer, seat: seat, timeLeft: share)
      self = .oddOneOut(rule: rule)
      return taken
    case .predict(var rule):
      let taken = try rule.take(answer, seat: seat, timeLeft: share)
      self = .predict(rule: rule)
      return taken
    case .fire(var rule):
      let taken = try rule.take(answer, seat: seat, timeLeft: share)
      self = .fire(rule: rule)
      return taken
    }
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    switch self {
    case .pick(var rule):
      let effects = try rule.take(reply)
      self = .pick(rule: rule)
      return effects
    case .write(var rule):
      let effects = try rule.take(reply)
      self = .write(rule: rule)
      return effects
    case .oddOneOut(var rule):
      let effects = try rule.take(reply)
      self = .oddOneOut(rule: rule)
      return effects
    case .predict(var rule):
      let effects = try rule.take(reply)
      self = .predict(rule: rule)
      return effects
    case .fire(var rule):
      let effects = try rule.take(reply)
      self = .fire(rule: rule)
      return effects
    }
  }

  mutating func stopWaiting() {
    switch self {
    case .pick(var rule):
      rule.stopWaiting()
      self = .pick(rule: rule)
    case .write(var rule):
      rule.stopWaiting()
      self = .write(rule: rule)
    case .oddOneOut(var rule):
      rule.stopWaiting()
      self = .oddOneOut(rule: rule)
    case .predict(var rule):
      rule.stopWaiting()
      self = .predict(rule: rule)
    case .fire(var rule):
      rule.stopWaiting()
      self = .fire(rule: rule)
    }
  }
}

/// The number of seats of a round in a duel.
let seatCount = 2
