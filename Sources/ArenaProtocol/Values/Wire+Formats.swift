extension Wire {
  /// What a duel's rounds are.
  public enum DuelFormat: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Five rounds of choosing between two explanations.
    case pick
    /// Three rounds of writing an explanation.
    case write
    /// Three rounds of writing a text that makes the unit fire.
    case fire
    /// Five rounds, one of each kind: pick, odd one out, predict, write, fire.
    case mixed
  }

  /// What sort of thing a unit is.
  public enum UnitKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// A neuron.
    case mlp
    /// An attention head.
    case head
    /// A direction of the residual stream.
    case residual
    /// A feature of a sparse dictionary.
    case feature
  }

  /// What a round asks.
  public enum RoundKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Which of two explanations is right.
    case pick
    /// An explanation of the unit.
    case write
    /// Which of four excerpts leaves the unit silent, if any.
    case oddOneOut
    /// On which tokens of an excerpt the unit fires.
    case predict
    /// A text on which the unit fires hard.
    case fire
  }

  /// One of the two explanations of a pick.
  public enum Side: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The left or upper one.
    case a
    /// The right or lower one.
    case b
  }
}
