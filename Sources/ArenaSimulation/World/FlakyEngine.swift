import ArenaTypes
import Interpretation

/// A scripted engine that fails now and then.
struct FlakyEngine: Scorer, ActivationProbe, TextComparator {
  let name = "scripted/1"
  private let scorer = ScriptedScorer()
  private let probe = ScriptedProbe()
  private let comparator = ScriptedComparator()
  private let chance: Locked<SeededGenerator>
  private let failures: Locked<Double>

  init(chance: SeededGenerator, failures: Double) {
    self.chance = Locked(chance)
    self.failures = Locked(failures)
  }

  /// Lets nothing fail any more.
  func heal() { failures.withLock { $0 = 0 } }

  private func mayFail() throws(InterpretationError) {
    let limit = failures.withLock { $0 }
    guard limit > 0, chance.withLock({ $0.nextUnit() }) < limit else { return }
    throw .engine("simulated")
  }

  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    try mayFail()
    return try scorer.score(text, unit: unit)
  }

  func predict(
    _ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt]
  ) throws(InterpretationError) -> [[Float]] {
    try mayFail()
    return try scorer.predict(text, unit: unit, on: excerpts)
  }

  func activations(
    of text: String, unit: UnitID, tokenCountMax: Int
  ) throws(InterpretationError) -> ProbedText {
    try mayFail()
    return try probe.activations(of: text, unit: unit, tokenCountMax: tokenCountMax)
  }

  func saysTheSame(
    _ first: ExplanationText, _ second: ExplanationText
  ) throws(InterpretationError) -> Bool {
    try mayFail()
    return try comparator.saysTheSame(first, second)
  }
}
