import Glibc
public import ArenaTypes

/// Chooses the next question among many, looking at a few.
///
/// A handful of candidates is drawn that neither player has met lately, and the one that is worth most
/// is asked. So a choice costs the same in a campaign of fifty units and of fifty thousand, and
/// players who meet again don't meet the same "best" question.
///
/// The choice is determined by what is asked of the closures and by the generator.
public struct QuestionChooser: Sendable {
  /// How many candidates are weighed.
  public static let candidateCount = 16
  /// How many draws are tried before all are looked at.
  private static let drawCountMax = 64

  /// How many questions there are.
  private let count: Int

  /// A chooser among the questions `0 ..< count`.
  public init(among count: Int) { self.count = count }

  /// The question to ask next; nil where all are used.
  ///
  /// Questions that are not fresh are asked only where no fresh one is left.
  ///
  /// - Parameters:
  ///   - isUsed: Whether a question can't be asked, such as one that is asked already.
  ///   - isFresh: Whether a question has not been met lately.
  ///   - worth: What asking it is worth; of equals the one that is drawn first is asked. Nil for one
  ///     that turns out to be no question.
  /// - Complexity: O(1) calls, as long as one in four questions is fresh; else O(*n*).
  public func choose(
    isUsed: (Int) -> Bool, isFresh: (Int) -> Bool, worth: (Int) -> Double?,
    using generator: inout SeededGenerator
  ) -> Int? {
    let drawn = draw(using: &generator) { !isUsed($0) && isFresh($0) }
    if let best = best(of: drawn, worth) { return best }
    // Nearly all have been met, or what was drawn is no question: now all are looked at.
    let left = generator.permutation(of: count).filter { !isUsed($0) }
    let fresh = left.filter(isFresh)
    return best(of: fresh.prefix(Self.candidateCount), worth) ?? best(of: fresh, worth)
      ?? best(of: left.prefix(Self.candidateCount), worth) ?? best(of: left, worth)
  }

  private func draw(
    using generator: inout SeededGenerator, where isWanted: (Int) -> Bool
  ) -> [Int] {
    var drawn: [Int] = []
    for _ in 0..<min(Self.drawCountMax, 4 * count) where drawn.count < Self.candidateCount {
      let candidate = generator.next(below: count)
      if !drawn.contains(candidate), isWanted(candidate) { drawn.append(candidate) }
    }
    return drawn
  }

  private func best(of candidates: some Sequence<Int>, _ worth: (Int) -> Double?) -> Int? {
    var best: (index: Int, worth: Double)?
    for index in candidates {
      guard let value = worth(index), value > (best?.worth ?? -.infinity) else { continue }
      best = (index, value)
    }
    return best?.index
  }

  /// What a question is worth: what is learnt by asking it, the less the further it is from the
  /// players' levels.
  ///
  /// 200 rating points away it is worth 61 % of what it would be at their level, 400 away 37 %; so what
  /// nobody knows yet is still asked, of those who come nearest to it.
  ///
  /// - Parameters:
  ///   - gain: What is learnt, above 0.
  ///   - difficulty: The rating of who would be right in half of the cases.
  ///   - ratings: The players'.
  public static func worth(gain: Double, difficulty: Double, ratings: [Double]) -> Double {
    let distance = ratings.map { abs($0 - difficulty) }.max() ?? 0
    return gain * exp(-distance / 400)
  }
}
