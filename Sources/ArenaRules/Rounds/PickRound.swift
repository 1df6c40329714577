import ArenaTypes

/// "This vs That": two explanations, one choice, at once final.
///
/// A right answer is worth 100 points and up to 50 more for speed, linear in the time left. In an
/// *open* round no answer is known: both get 100 when they agree, and nothing otherwise.
struct PickRound: RoundRule {
  /// The points of a right answer.
  static let rightPoints = 100
  /// The most points that speed adds.
  static let speedPointsMax = 50
  /// One round in so many may be open.
  static let openOneIn = 5

  /// One seat's choice.
  struct Pick: Hashable, Sendable, Codable {
    var side: Side
    var timeLeft: TimeShare
  }

  let question: Question
  let revealExcerpt: ExcerptID?
  /// The right side; nil in an open round.
  let right: Side?
  let basis: ExplanationPair.Basis
  private(set) var picks: [Pick?] = Array(repeating: nil, count: seatCount)

  /// Draws a pair, the order of its two, and a reveal excerpt.
  ///
  /// With `allowsOpen`, one of the material's open pairs is drawn once in five times. The material
  /// must be askable as a pick round; if it isn't, its question has no options and nobody is right.
  init(material: UnitMaterial, allowsOpen: Bool, using generator: inout SeededGenerator) {
    let decided = material.pairs.filter { $0.basis != .open }
    let open = material.pairs.filter { $0.basis == .open }
    let drawsOpen = generator.next(below: Self.openOneIn) == 0
    let pairs = allowsOpen && drawsOpen && !open.isEmpty ? open : decided
    let pair = generator.element(of: pairs)
    let betterSide: Side = generator.next(below: 2) == 0 ? .a : .b
    let options = pair.map {
      betterSide == .a ? [$0.better, $0.worse] : [$0.worse, $0.better]
    }
    basis = pair?.basis ?? .open
    right = basis == .open ? nil : betterSide
    revealExcerpt = generator.element(of: material.reveals)
    question = Question(
      kind: .pick, unit: material.unit,
      clues: Array(material.clues.prefix(Question.clueCountMax)), options: options ?? [])
  }

  func isLockedIn(seat: Int) -> Bool { picks[seat] != nil }
  var isWaiting: Bool { false }
  var counts: Bool { true }

  var points: [Int] {
    guard let right else {
      let agree = picks.allSatisfy { $0 != nil } && Set(picks.map { $0?.side }).count == 1
      return picks.map { _ in agree ? Self.rightPoints : 0 }
    }
    return picks.map { pick in
      guard let pick, pick.side == right else { return 0 }
      return Self.rightPoints + Self.speedPoints(pick.timeLeft)
    }
  }

  var reveal: RoundReveal {
    .pick(
      options: question.options, right: right, basis: basis,
      picks: picks.map { $0?.side },
      milliseconds: picks.map { $0?.timeLeft.usedMilliseconds })
  }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    guard case .pick(let side) = answer else { throw .wrongKindOfAnswer }
    guard picks[seat] == nil else { throw .alreadyAnswered }
    picks[seat] = Pick(side: side, timeLeft: share)
    return (0, [.lockedIn(seat: seat)])
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    throw .notWanted
  }

  var outstanding: [RoundEffect] { [] }

  mutating func stopWaiting() {}

  /// The points for speed: 50 for an answer at once, 0 at the deadline, rounded to the nearest.
  static func speedPoints(_ share: TimeShare) -> Int {
    guard share.totalMilliseconds > 0 else { return 0 }
    let left = min(max(share.leftMilliseconds, 0), share.totalMilliseconds)
    let twice = 2 * Int64(speedPointsMax) * left + share.totalMilliseconds
    return Int(twice / (2 * share.totalMilliseconds))
  }
}
