/// The scorers that can be asked for by name.
public enum ScorerName: String, Sendable, CaseIterable {
  /// The scorer that the game uses.
  case genWindow = "gen-window"
  /// What the subject model would write, alone.
  case gen
  /// What peaks' surroundings mean, alone.
  case window
  /// Likeness of hidden states.
  case hidden
  /// Words that explanation and text share.
  case words

  /// The scorer for the units of `campaign`.
  ///
  /// - Throws: `engine`.
  public func scorer(for campaign: Campaign, models: InterpretationModels)
    throws(InterpretationError) -> any Scorer
  {
    switch self {
    case .genWindow: try GenWindowScorer(campaign: campaign, models: models)
    case .gen: try GenWindowScorer(campaign: campaign, models: models, features: .gen)
    case .window: try GenWindowScorer(campaign: campaign, models: models, features: .window)
    case .hidden:
      PredictionScorer(
        campaign: campaign,
        predictor: try HiddenStatePredictor(campaign: campaign, subject: models.subject))
    case .words: PredictionScorer(campaign: campaign, predictor: WordPredictor())
    }
  }
}
