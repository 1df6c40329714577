public import ArenaTypes

/// The probe of a campaign whose model is not at hand: one that was imported.
public struct AbsentProbe: ActivationProbe {
  /// A probe that can't run anything.
  public init() {}

  /// There is no model.
  public var isAvailable: Bool { false }

  /// - Throws: `engine`, always.
  public func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  {
    throw .engine("the model of \(unit) is not at hand")
  }
}
