import ArenaRules
import ArenaTypes
import Interpretation

/// What of a unit may be asked in odd-one-out and predict rounds.
///
/// | round | pool | why |
/// |---|---|---|
/// | predict | reveal | what game.md says: never scored on, and shown after a round anyway |
/// | odd one out, firing | reveal, then clue | reveal excerpts are the freshest; those of the clue pool only fill up |
/// | odd one out, silent | clue (and reveal) | the reveal pool of a built campaign holds firing excerpts only |
///
/// Held-out excerpts, near misses among them, are never asked about: whoever saw one could write
/// explanations to the test. No clues are shown in these rounds, so a clue that is asked about gives
/// nothing away.
extension CampaignUnit {
  /// An excerpt fires the unit from this share of the mean of its 20 strongest peaks on.
  static let firingShare: Float = 0.5
  /// An excerpt leaves the unit silent below this share, as when campaigns are built; what lies
  /// between is asked as neither.
  static let silentShare: Float = 0.2

  /// The best explanation that is known: the one meant as right with the highest score.
  var bestExplanation: CampaignExplanation? {
    let intended = explanations.filter { $0.role == .intended }
    return (intended.isEmpty ? explanations : intended)
      .max { ($0.score?.value ?? -1) < ($1.score?.value ?? -1) }
  }

  /// The explanation by a program with the highest score.
  var machineExplanation: CampaignExplanation? {
    explanations.filter { $0.role == .machine }
      .max { ($0.score?.value ?? -1) < ($1.score?.value ?? -1) }
  }

  /// What an odd-one-out round chooses from.
  func oddOneOutMaterial(showsExplicit: Bool) -> OddOneOutMaterial {
    let (shownClues, shownReveals) = shown(showsExplicit: showsExplicit)
    func fires(_ excerpt: Excerpt) -> Bool {
      excerpt.strongest >= Self.firingShare * top20MeanPeak && excerpt.strongest > 0
    }
    var firing = shownReveals.filter(fires)
    let missing = max(0, OddOneOutMaterial.firingCountMin - firing.count)
    firing += shownClues.filter(fires).prefix(missing)
    let silent = (shownClues + shownReveals).filter {
      $0.strongest < Self.silentShare * top20MeanPeak
    }
    return OddOneOutMaterial(
      firing: firing.map {
        FocusedExcerpt(excerpt: $0.id, tokenCount: $0.tokens.count, focus: $0.peak ?? 0)
      },
      silent: silent.map { SilentExcerpt(excerpt: $0.id, tokenCount: $0.tokens.count) })
  }

  /// What a predict round chooses from; nil where nothing is known to explain the unit.
  func predictMaterial(showsExplicit: Bool) -> PredictMaterial? {
    guard let best = bestExplanation else { return nil }
    let excerpts = shown(showsExplicit: showsExplicit).reveals
      .filter { $0.strongest >= Self.silentShare * top20MeanPeak }
    return PredictMaterial(
      explanation: best.explanation.id,
      excerpts: excerpts.map { MarkableExcerpt(excerpt: $0.id, activations: $0.activations) })
  }

  private func shown(showsExplicit: Bool) -> (clues: [Excerpt], reveals: [Excerpt]) {
    let isShown = { (excerpt: Excerpt) in showsExplicit || !excerpt.isExplicit }
    return (clues.map(\.excerpt).filter(isShown), reveals.map(\.excerpt).filter(isShown))
  }
}

extension Excerpt {
  /// The strongest activation; 0 for an empty excerpt.
  fileprivate var strongest: Float { activations.max() ?? 0 }
}
