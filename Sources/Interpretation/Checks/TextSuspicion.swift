/// Says which texts a moderator should look at before others see them, beyond what their words tell.
///
/// Blocking, as `Scorer` is: it may run the sentence model.
public protocol TextSuspicion: Sendable {
  /// Whether a moderator should look at `text`.
  ///
  /// - Throws: `engine` where the model fails.
  func isSuspect(_ text: String) throws(InterpretationError) -> Bool
}
