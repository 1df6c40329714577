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
  /// What scores on the second sealed half; nil: the first one has to do.
  let settler: (any Scorer)?
  let probe: any ActivationProbe
  let comparator: any TextComparator
  let suspicion: (any TextSuspicion)?
  let campaign: Campaign
  /// The texts of players that are being read.
  let runningTexts: RunningTexts
  private let scores = ResultCache<ScoreKey, Score>(capacity: 20_000)
  private let settledScores = ResultCache<ScoreKey, Score>(capacity: 20_000)
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
    worker: EngineWorker, scorer: any Scorer, settler: (any Scorer)? = nil,
    probe: any ActivationProbe, comparator: any TextComparator,
    suspicion: (any TextSuspicion)? = nil, campaign: Campaign,
    textCountMax: Int = ServerConfiguration(clientFolder: nil).textCountMax
  ) {
    runningTexts = RunningTexts(countMax: textCountMax)
    self.suspicion = suspicion
    self.worker = worker
    self.scorer = scorer
    self.settler = settler
    self.probe = probe
    self.comparator = comparator
    self.campaign = campaign
  }

  /// Whether a written explanation may stand, as far as its words tell; quick, on the caller's thread.
  ///
  /// What is accepted still has to be read by `isSuspect`.
  func check(_ text: ExplanationText, unit: UnitID, clues: [ExcerptID]) -> CheckResult {
    let level = checks.explicitLevel(of: text.description)
    if level == .blocked { return .refused(reason: .explicit) }
    if checks.copies(text.description, from: visible(clues, of: unit)) {
      return .refused(reason: .copiedFromClue)
    }
    return level == .review ? .hidden : .accepted
  }

  /// Whether a moderator should look at a text before others see it, by the sentence model; true where
  /// the engine can't tell.
  ///
  /// At once, on the caller's thread, where there is no such model.
  func isSuspect(
    _ text: String, handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (Bool) -> Void
  ) {
    guard let suspicion else { return completion(false) }
    submit(.urgent, handle, isQuick: true) {
      try suspicion.isSuspect(text)
    } completion: {
      completion((try? $0.get()) ?? true)
    }
  }

  /// Scores an explanation.
  ///
  /// - Parameter provisional: Called before `completion` with a first score, where the scorer has one
  ///   and the score isn't known yet. Such a score is kept nowhere.
  func score(
    _ text: ExplanationText, unit: UnitID, priority: InferencePriority,
    handle: InferenceHandle? = nil, provisional: (@Sendable (Score) -> Void)? = nil,
    completion: @escaping @Sendable (Result<Score, EngineRefusal>) -> Void
  ) {
    let key = ScoreKey(unit: unit, text: text)
    if let known = scores[key] { return completion(.success(known)) }
    guard let provisional else {
      return makeScore(key, priority, handle, completion: completion)
    }
    // One after the other: beside the score itself, the first one would take longer.
    submit(priority, handle, isQuick: true) { [self] in
      try scorer.provisionalScore(text, unit: unit)
    } completion: { [self] result in
      if case .success(let score?) = result { provisional(score) }
      makeScore(key, priority, handle, completion: completion)
    }
  }

  private func makeScore(
    _ key: ScoreKey, _ priority: InferencePriority, _ handle: InferenceHandle?,
    completion: @escaping @Sendable (Result<Score, EngineRefusal>) -> Void
  ) {
    submit(priority, handle) { [self] in
      if let known = scores[key] { return known }
      let score = try scorer.score(key.text, unit: key.unit)
      scores[key] = score
      return score
    } completion: {
      completion($0)
    }
  }

  /// Scores an explanation on the second sealed half, behind everything that a player waits for.
  func settle(
    _ text: ExplanationText, unit: UnitID,
    completion: @escaping @Sendable (Result<Score, EngineRefusal>) -> Void
  ) {
    let key = ScoreKey(unit: unit, text: text)
    if let known = settledScores[key] { return completion(.success(known)) }
    submit(.low, nil) { [self] in
      if let known = settledScores[key] { return known }
      let score = try (settler ?? scorer).score(text, unit: unit)
      settledScores[key] = score
      return score
    } completion: {
      completion($0)
    }
  }

  /// The score of an explanation that was scored before and is still kept.
  func knownScore(_ text: ExplanationText, unit: UnitID) -> Score? {
    scores[ScoreKey(unit: unit, text: text)]
  }

  /// Runs a fire text through the model, if it keeps the rules.
  ///
  /// What the words or the sentence model make suspect is measured, and marked as hidden.
  func measure(
    _ text: String, unit: UnitID, clues: [ExcerptID], taboo: [String],
    handle: InferenceHandle? = nil,
    completion: @escaping @Sendable (ActivationOutcome) -> Void
  ) {
    let level = checks.explicitLevel(of: text)
    if level == .blocked { return completion(.refused(reason: .explicit)) }
    if !checks.tabooWords(in: text, taboo: taboo).isEmpty {
      return completion(.refused(reason: .taboo))
    }
    let isCopied = checks.copies(text, from: visible(clues, of: unit))
    submit(.urgent, handle) { [self] () -> ActivationOutcome in
      do {
        let probed = try probe.activations(
          of: text, unit: unit, tokenCountMax: Self.fireTokenCountMax)
        // What can't be read is not shown either.
        let isSuspect = level == .review || (try? suspicion?.isSuspect(text)) ?? (suspicion != nil)
        return .measured(
          probed: ProbedTokens(
            tokens: probed.tokens, activations: probed.activations.map(Double.init),
            isCopied: isCopied, isHidden: isSuspect))
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

  /// The place of the first of `others` that says what `text` says; nil where none does, or where the
  /// engine can't tell, or doesn't before `handle` is cancelled.
  func firstLike(
    _ text: ExplanationText, among others: [ExplanationText], handle: InferenceHandle,
    completion: @escaping @Sendable (Int?) -> Void
  ) {
    guard !others.isEmpty else { return completion(nil) }
    worker.submit(priority: .high, isQuick: others.count <= 8, handle: handle) { [self] in
      try others.firstIndex { try comparator.saysTheSame(text, $0) }
    } completion: {
      completion((try? $0.get()) ?? nil)
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
    _ priority: InferencePriority, _ handle: InferenceHandle?, isQuick: Bool = false,
    _ work: @escaping @Sendable () throws -> Value,
    completion: @escaping @Sendable (Result<Value, EngineRefusal>) -> Void
  ) {
    worker.submit(priority: priority, isQuick: isQuick, handle: handle, work) { result in
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
