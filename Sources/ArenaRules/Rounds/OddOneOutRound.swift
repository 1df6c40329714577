import ArenaTypes

/// Find the odd one of four excerpts: three fire the unit, or, once in five, all four.
///
/// A right choice is worth what a right pick is: 100 points and up to 50 more for speed. Whether an
/// excerpt fires is what the model did when the campaign was built (`OddOneOutMaterial`), so no
/// opinion is asked. Which excerpts are shown, their order and the part that is shown of each are
/// drawn from the seed.
struct OddOneOutRound: RoundRule {
  /// How many excerpts are shown.
  static let excerptCount = 4
  /// In one round of so many all excerpts fire the unit.
  static let allTheSameOneIn = 5
  /// How many tokens are shown on either side of a text's middle before it is opened in full.
  static let windowRadius = 8
  /// How far the middle of what is shown may lie from an excerpt's focus.
  ///
  /// Without it the peaks stood in the same place of all texts, and the odd one would be found by
  /// reading four words.
  static let shiftMax = 4

  /// One seat's choice.
  struct Choice: Hashable, Sendable, Codable {
    var choice: OddChoice
    var timeLeft: TimeShare
  }

  let question: Question
  /// The right answer.
  let odd: OddChoice
  private(set) var choices: [Choice?] = Array(repeating: nil, count: seatCount)

  /// Draws four excerpts of the material and their order.
  ///
  /// The material must be askable as an odd-one-out round; if it isn't, its question has fewer
  /// excerpts than four, and only "all the same" can be answered.
  init(material: UnitMaterial, using generator: inout SeededGenerator) {
    let firing = material.oddOneOut?.firing ?? []
    let silent = material.oddOneOut?.silent ?? []
    let drawsAll = generator.next(below: Self.allTheSameOneIn) == 0
    let order = generator.permutation(of: firing.count)
    let odd = generator.element(of: silent)
    let place = generator.next(below: Self.excerptCount)
    var drawn = order.prefix(Self.excerptCount).map { firing[$0] }
    if !drawsAll, let odd, drawn.indices.contains(place) {
      drawn[place] = Self.cut(odd, like: drawn[place])
      self.odd = .excerpt(index: place)
    } else {
      self.odd = .allTheSame
    }
    var shown: [ShownExcerpt] = []
    for excerpt in drawn { shown.append(Self.shown(excerpt, using: &generator)) }
    question = Question(kind: .oddOneOut, unit: material.unit, clues: [], excerpts: shown)
  }

  /// A silent excerpt cut where the firing one in whose place it stands would have been: the peaks of
  /// firing texts lie late more often than early, so any other cut would tell the odd one.
  private static func cut(_ silent: SilentExcerpt, like firing: FocusedExcerpt) -> FocusedExcerpt {
    let focus = firing.focus * silent.tokenCount / max(1, firing.tokenCount)
    return FocusedExcerpt(
      excerpt: silent.excerpt, tokenCount: silent.tokenCount, focus: focus)
  }

  /// The part of an excerpt that is shown first, near its focus, of the same length for all excerpts
  /// that are long enough.
  private static func shown(
    _ excerpt: FocusedExcerpt, using generator: inout SeededGenerator
  ) -> ShownExcerpt {
    let middle = excerpt.focus + generator.next(below: 2 * shiftMax + 1) - shiftMax
    let length = min(2 * windowRadius + 1, excerpt.tokenCount)
    let from = min(max(middle - windowRadius, 0), excerpt.tokenCount - length)
    return ShownExcerpt(excerpt: excerpt.excerpt, from: from, to: from + length)
  }

  /// The round shows its own four excerpts at the reveal, and no other.
  var revealExcerpt: ExcerptID? { nil }
  func isLockedIn(seat: Int) -> Bool { choices[seat] != nil }
  var isWaiting: Bool { false }
  var counts: Bool { true }

  var points: [Int] {
    choices.map { choice in
      guard let choice, choice.choice == odd else { return 0 }
      return PickRound.rightPoints + PickRound.speedPoints(choice.timeLeft)
    }
  }

  var reveal: RoundReveal {
    .oddOneOut(
      excerpts: (question.excerpts ?? []).map(\.excerpt), odd: odd,
      choices: choices.map { $0?.choice },
      milliseconds: choices.map { $0?.timeLeft.usedMilliseconds })
  }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    guard case .oddOneOut(let choice) = answer else { throw .wrongKindOfAnswer }
    guard choices[seat] == nil else { throw .alreadyAnswered }
    if case .excerpt(let index) = choice {
      guard question.excerpts?.indices.contains(index) == true else { throw .notAnOption }
    }
    choices[seat] = Choice(choice: choice, timeLeft: share)
    return (0, [.lockedIn(seat: seat)])
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    throw .notWanted
  }

  var outstanding: [RoundEffect] { [] }

  mutating func stopWaiting() {}
}
