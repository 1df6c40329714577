/// What a round asks and what is right in it.
///
/// Each kind is one rule file beside this one, with the same face (`RoundRule`).
public enum RoundKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Two explanations: which is the better one?
  case pick
  /// Write an explanation; its score is the points.
  case write
  /// Four excerpts: which one leaves the unit silent, if any?
  case oddOneOut
  /// An explanation and an excerpt: on which tokens does the unit fire?
  case predict
  /// Write a text that makes the unit fire; three tries.
  case fire
}
