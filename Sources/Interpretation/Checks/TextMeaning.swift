public import ArenaTypes

/// Tells whether two explanations say the same.
///
/// Blocking, as `Scorer` is: it may run the sentence model.
public protocol TextComparator: Sendable {
  /// Whether `first` and `second` say the same, by normalised text or by meaning.
  ///
  /// - Throws: `engine` where the model fails.
  func saysTheSame(_ first: ExplanationText, _ second: ExplanationText)
    throws(InterpretationError) -> Bool
}
