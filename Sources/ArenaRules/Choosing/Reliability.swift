/// How often a player finds the known answer of a gold question, as far as that is known.
///
/// The chance is Beta(6 + right, 2 + wrong): before the first gold question a player is taken to find
/// three of four, as if that had been seen eight times. A player's first answer to a question counts.
public struct Reliability: Hashable, Sendable, Codable {
  /// What is taken for granted of a player's right answers.
  public static let priorRight = 6.0
  /// What is taken for granted of a player's wrong answers.
  public static let priorWrong = 2.0

  /// Gold questions answered rightly.
  public private(set) var rightCount = 0
  /// Gold questions answered wrongly.
  public private(set) var wrongCount = 0

  /// Nothing is known yet.
  public init() {}

  /// Takes a gold question's outcome.
  public mutating func note(isRight: Bool) {
    if isRight { rightCount += 1 } else { wrongCount += 1 }
  }

  /// The mean of the chance.
  public var mean: Double {
    let right = Self.priorRight + Double(rightCount)
    return right / (right + Self.priorWrong + Double(wrongCount))
  }

  /// How much a vote weighs (`BradleyTerry`): how much better than a coin the player is, 0 to 1.
  ///
  /// Whoever is right in half of the cases weighs nothing, and nobody weighs less.
  public var weight: Double { max(0, 2 * mean - 1) }
}
