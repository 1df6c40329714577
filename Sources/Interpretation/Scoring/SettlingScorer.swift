public import ArenaTypes

/// Scores on the second sealed half of the held-out excerpts, on which contests are settled.
///
/// It is the scorer of the campaign in which the two halves have changed places, so it judges as the
/// first one does, on other texts. It is made when the first contest is settled and not before: it
/// costs what the first one costs, and a server may run for days without one.
public final class SettlingScorer: Scorer {
  /// The name of the scorer that it is, and that it settles.
  public let name: String
  private let make: @Sendable () throws(InterpretationError) -> any Scorer
  private let made = Locked<(any Scorer)?>(nil)

  /// A scorer that settles what `scorer` scores.
  ///
  /// - Parameter make: Makes a scorer like it for a campaign.
  public init(
    like scorer: any Scorer, of campaign: Campaign,
    make: @escaping @Sendable (Campaign) throws(InterpretationError) -> any Scorer
  ) {
    name = "\(scorer.name)+settled"
    self.make = { () throws(InterpretationError) in try make(campaign.exchangingSealedHalves()) }
  }

  /// The score on the second half.
  public func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    let score = try scorer().score(text, unit: unit)
    return Score(
      value: score.value, low: score.low, high: score.high, cap: score.cap, scorer: name)
  }

  /// As the scorer that it is.
  public func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    try scorer().predict(text, unit: unit, on: excerpts)
  }

  /// Two threads that come first at once may both make one; one of the two is kept.
  private func scorer() throws(InterpretationError) -> any Scorer {
    if let known = made.withLock({ $0 }) { return known }
    let new = try make()
    return made.withLock { kept in
      let scorer = kept ?? new
      kept = scorer
      return scorer
    }
  }
}

extension Campaign {
  /// The campaign whose units are settled on what they are scored on here, and the other way round.
  func exchangingSealedHalves() -> Campaign {
    Campaign(
      info: info, contentHash: contentHash,
      units: units.map { unit in
        CampaignUnit(
          id: unit.id, polarity: unit.polarity, rest: unit.rest, density: unit.density,
          top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical, clues: unit.clues,
          heldOut: unit.heldOut.map {
            HeldOutExcerpt($0.excerpt, settlesContests: !$0.settlesContests)
          },
          reveals: unit.reveals, peakWords: unit.peakWords, promoted: unit.promoted,
          suppressed: unit.suppressed, neighbours: unit.neighbours,
          explanations: unit.explanations, pairs: unit.pairs, scoring: unit.scoring)
      }, baseline: baseline)
  }
}
