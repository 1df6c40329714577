import ArenaRules
import ArenaTypes

/// How long people take, in `bench duels --concurrent`: uniform between two bounds.
struct HumanPace: Hashable, Sendable {
  /// From the question to the answer, in milliseconds: two texts of some ten words are read in two
  /// seconds at least, and who compares five clues takes up to eight.
  var answerMilliseconds = 2_000...8_000
  /// From the reveal to the wish to go on, in milliseconds; the game's own reveal lasts 8 s.
  var goOnMilliseconds = 2_000...6_000
  /// The server's clocks: the game's own.
  var timing = DuelTiming()

  /// The pace of people, or one that is `hurry` times as fast, the server's clocks with it.
  init(hurry: Int = 1) {
    let hurry = max(1, hurry)
    func hurried(_ bounds: ClosedRange<Int>) -> ClosedRange<Int> {
      bounds.lowerBound / hurry...bounds.upperBound / hurry
    }
    answerMilliseconds = hurried(answerMilliseconds)
    goOnMilliseconds = hurried(goOnMilliseconds)
    timing.countdownMilliseconds /= Int64(hurry)
    timing.pickMilliseconds /= Int64(hurry)
    timing.pickRevealMilliseconds /= Int64(hurry)
  }
}

/// What is due later, by the millisecond, in the order in which it is due but for `slotMilliseconds`.
struct PaceWheel<Element> {
  /// How long a slot is: whatever falls into it is due together.
  static var slotMilliseconds: Int64 { 5 }
  private static var slotCount: Int64 { 2_048 }

  private var slots = [[(at: Int64, element: Element)]](repeating: [], count: 2_048)
  private var turned: Int64

  /// A wheel that has turned up to `now`, in milliseconds.
  init(now: Int64) { turned = now / Self.slotMilliseconds }

  /// Puts something on the wheel.
  ///
  /// - Parameter at: When it is due; what is further away than a turn waits for another one.
  mutating func add(_ element: Element, at moment: Int64) {
    let slot = max(turned + 1, moment / Self.slotMilliseconds)
    slots[Int(slot % Self.slotCount)].append((slot, element))
  }

  /// Takes off what is due at `now`.
  mutating func due(at now: Int64) -> [Element] {
    var due: [Element] = []
    while turned < now / Self.slotMilliseconds {
      turned += 1
      let index = Int(turned % Self.slotCount)
      guard !slots[index].isEmpty else { continue }
      let slot = slots[index]
      slots[index] = []
      for entry in slot {
        if entry.at <= turned { due.append(entry.element) } else { slots[index].append(entry) }
      }
    }
    return due
  }
}
