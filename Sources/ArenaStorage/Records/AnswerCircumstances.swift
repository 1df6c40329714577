/// What an answer was given in, and what was known about its question.
///
/// Answers that were recorded before it was kept have none.
public struct AnswerCircumstances: Hashable, Sendable, Codable {
  /// What the question was a part of.
  public enum Setting: String, Hashable, Sendable, Codable, CaseIterable {
    /// A duel.
    case duel
    /// A contest.
    case contest
    /// Play for oneself.
    case solo
  }

  /// What the question was a part of.
  public var setting: Setting
  /// Whether it moved a rating or stood on a board.
  public var isRated: Bool
  /// What the right answer of a pick question stood on when it was asked, such as `readers`; nil for
  /// other kinds.
  public var basis: String?
  /// Whether the answer was right; nil where none was known, or points are more than right or wrong.
  public var isRight: Bool?
  /// Whether the answer counts for the player's reliability: the truth was known before anybody played.
  public var testsReliability: Bool
  /// Whether a text that was written is not for others to see: it waits for a moderator, was refused, or
  /// has not been looked at.
  public var isHidden: Bool
  /// The player's rating in the duel's format before it, in whole points; nil where there is none.
  public var rating: Int?

  /// Circumstances of these parts.
  public init(
    setting: Setting, isRated: Bool, basis: String? = nil, isRight: Bool? = nil,
    testsReliability: Bool = false, isHidden: Bool = false, rating: Int? = nil
  ) {
    self.setting = setting
    self.isRated = isRated
    self.basis = basis
    self.isRight = isRight
    self.testsReliability = testsReliability
    self.isHidden = isHidden
    self.rating = rating
  }
}
