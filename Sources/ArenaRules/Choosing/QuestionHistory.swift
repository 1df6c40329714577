import Glibc

/// How players did at a question whose answer was known, and so how hard it is.
public struct QuestionHistory: Hashable, Sendable, Codable {
  /// What is taken for granted of each question: four newcomers, three of whom were right.
  private static let priorCount = 4.0
  private static let priorRight = 3.0
  private static let priorRating = 1_500.0

  private var rightCount = 0
  private var wrongCount = 0
  private var ratingSum = 0

  /// Nobody has been asked.
  public init() {}

  /// How many answers it knows.
  public var count: Int { rightCount + wrongCount }

  /// Takes an answer of a player with that rating; nil is taken for a newcomer's.
  public mutating func note(isRight: Bool, rating: Int?) {
    if isRight { rightCount += 1 } else { wrongCount += 1 }
    ratingSum += rating ?? Int(Self.priorRating)
  }

  /// The rating of a player who would be right in half of the cases.
  ///
  /// By the usual curve: 400 points above it ten answers are right for one that is wrong.
  public var difficulty: Double {
    let asked = Double(count) + Self.priorCount
    let share = (Double(rightCount) + Self.priorRight) / asked
    let rating = (Double(ratingSum) + Self.priorCount * Self.priorRating) / asked
    // Right and wrong are both expected of the four, so the share is never 0 or 1.
    return rating - 400 * log10(share / (1 - share))
  }
}
