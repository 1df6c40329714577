import ArenaRules
import ArenaTypes
import Interpretation

extension ReadPair {
  /// How sure each reader must have been for a pair to be gold.
  static let goldConfidenceMin = 0.7
  /// How many readers at least.
  static let goldReaderCountMin = 2

  /// Whether readers left no doubt: at least two, all of one mind, all sure; and it is in play.
  var isGold: Bool {
    guard isInPlay, let better, verdicts.count >= Self.goldReaderCountMin else { return false }
    return verdicts.allSatisfy { verdict in
      let chosen = verdict.choice == .a ? a : verdict.choice == .b ? b : nil
      return verdict.confidence >= Self.goldConfidenceMin && chosen == better
    }
  }

  /// The pair as a gold question; nil where it is none.
  ///
  /// - Parameter isMade: Whether the unit was made as a function of the text, so that no reader had to
  ///   judge it.
  func gold(isMade: Bool) -> ArenaRules.ExplanationPair? {
    guard let better, let worse, isInPlay, isMade || isGold else { return nil }
    return ExplanationPair(
      better: better, worse: worse, basis: isMade ? .construction : .readers, isGold: true)
  }

  /// The pair as pick rounds ask it, as far as the campaign alone tells; nil where it is not in play.
  var asked: ArenaRules.ExplanationPair? {
    guard let better, let worse else {
      // Readers could not tell: players' agreement may, one day.
      return ExplanationPair(better: a, worse: b, basis: .open)
    }
    guard isInPlay else { return nil }
    return ExplanationPair(
      better: better, worse: worse, basis: verdicts.isEmpty ? .scorer : .readers)
  }
}
