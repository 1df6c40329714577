import ArenaRules
import ArenaTypes
import Interpretation
import TransformerEngine

/// What rooms ask of the engine: checks, scores, activations, comparisons and predictions.
///
/// Results that cost a forward pass are kept, by everything that they depend on. Completions run on
/// the engine's threads, or at once on the caller's where the answer is known; what a handle has
/// cancelled is never answered.
struct EngineDesk: Sendable {
  let worker: EngineWorker
  let scorer: any Scorer
  let probe: any ActivationProbe
  let comparator: any TextComparator
  let campaign: Campaign
  private let scores = ResultCache<ScoreKey, Score>(capacity: 20_000)
  private let predictions = ResultCache<PredictionKey, [Float]>(capacity: 4_000)
  private let checks = TextChecks()

  /// The most tokens of a fire text (game.md).
  static let fireTokenCountMax = 24

  private struct ScoreKey: Hashable, Sendable {
    let unit: UnitID
    let text: ExplanationText
  }

  private struct PredictionKey: Hashable, Sendable {
    let unit: UnitID
    let text: ExplanationText
    let excerpt: ExcerptID
  }

  init(
    worker: EngineWorker, scorer: any Scorer, probe: any ActivationProbe,
    comparator: any TextComparator, campaign: Campaign
  ) {
    self.worker = worker
    self.scorer = scorer
    self.probe = probe
    self.comparator = comparator
    self.campaign = campaign
  }

  /// Whether a written explanation may stand; quick, on the caller's thread.
  func check(_ text: ExplanationText, unit: UnitID, clues: [ExcerptID]) -> CheckResult {
    if checks.isExplicit(text.description) { return .refused(reason: .explicit) }
    if checks.copies(text.description, from: visible(clues, of: unit)) {
      return .refused(reason: .copiedFromClue)
    }
    return .accepted
  }

  /// Scores an explanation.
  func score(
    _ text: ExplanationText, unit: UnitID, priority: InferencePriority,
    handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (Result<Score, EngineRefusal>) -> Void
  ) {
    let key = ScoreKey(unit: unit, text: text)
    if let known = scores[key] { return completion(.success(known)) }
    submit(priority, handle) { [self] in
      if let known = scores[key] { return known }
      let score = try scorer.score(text, unit: unit)
      scores[key] = score
      return score
    } completion: {
      completion($0)
    }
  }

  /// Runs a fire text through the model, if it keeps the rules.
  func measure(
    _ text: String, unit: UnitID, clues: [ExcerptID], taboo: [String],
    handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (ActivationOutcome) -> Void
  ) {
    if checks.isExplicit(text) { return completion(.refused(reason: .explicit)) }
    if !checks.tabooWords(in: text, taboo: taboo).isEmpty {
      return completion(.refused(reason: .taboo))
    }
    let isCopied = checks.copies(text, from: visible(clues, of: unit))
    submit(.urgent, handle) { [self] () -> ActivationOutcome in
      do {
        let probed = try probe.activations(
          of: text, unit: unit, tokenCountMax: Self.fireTokenCountMax)
        return .measured(
          probed: ProbedTokens(
            tokens: probed.tokens, activations: probed.activations.map(Double.init),
            isCopied: isCopied))
      } catch InterpretationError.tooManyTokens {
        return .refused(reason: .tooManyTokens)
      }
    } completion: { result in
      completion((try? result.get()) ?? .failed)
    }
  }

  /// Whether two explanations say the same; false where the engine can't tell.
  func compare(
    _ first: ExplanationText, _ second: ExplanationText, handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (Bool) -> Void
  ) {
    submit(.urgent, handle) { [self] in
      try comparator.saysTheSame(first, second)
    } completion: {
      completion((try? $0.get()) ?? false)
    }
  }

  /// How strongly each text makes one expect the unit to fire on each token of an excerpt, 0 to 1.
  func predict(
    _ texts: [ExplanationText], unit: UnitID, on excerpt: Excerpt, priority: InferencePriority,
    handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (Result<[[Float]], EngineRefusal>) -> Void
  ) {
    let keys = texts.map { PredictionKey(unit: unit, text: $0, excerpt: excerpt.id) }
    let known = keys.compactMap { predictions[$0] }
    if known.count == keys.count { return completion(.success(known)) }
    submit(priority, handle) { [self] in
      try keys.map { key in
        if let known = predictions[key] { return known }
        let values = try scorer.predict(key.text, unit: unit, on: [excerpt]).first ?? []
        predictions[key] = values
        return values
      }
    } completion: {
      completion($0)
    }
  }

  /// As `EngineWorker.submit`, but silent where the handle was cancelled.
  private func submit<Value: Sendable>(
    _ priority: InferencePriority, _ handle: InferenceHandle?,
    _ work: @escaping @Sendable () throws -> Value,
    completion: @escaping @Sendable (Result<Value, EngineRefusal>) -> Void
  ) {
    worker.submit(priority: priority, handle: handle, work) { result in
      if case .failure(.cancelled) = result { return }
      completion(result)
    }
  }

  private func visible(_ clues: [ExcerptID], of unit: UnitID) -> [ClueExcerpt] {
    let shown = Set(clues)
    return campaign.unit(unit)?.clues.filter { shown.contains($0.excerpt.id) } ?? []
  }
}

/// Results by what they depend on; full, it forgets the half that was put in first.
private final class ResultCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct State {
    var young: [Key: Value] = [:]
    var old: [Key: Value] = [:]
  }

  private let state = Locked(State())
  private let generationCount: Int

  init(capacity: Int) { generationCount = max(1, capacity / 2) }

  subscript(key: Key) -> Value? {
    get { state.withLock { $0.young[key] ?? $0.old[key] } }
    set {
      state.withLock { state in
        if state.young.count >= generationCount {
          state.old = state.young
          state.young = [:]
        }
        state.young[key] = newValue
      }
    }
  }
}
