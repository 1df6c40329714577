/// The scorers that can be asked for by name.
public enum ScorerName: String, Sendable, CaseIterable {
  /// The trained judge and the formula together.
  case judge
  /// The trained judge by itself.
  case judgeAlone = "judge-alone"
  /// The formula by itself.
  case genWindow = "gen-window"
  /// What the subject model would write, alone.
  case gen
  /// What peaks' surroundings mean, alone.
  case window
  /// Likeness of hidden states.
  case hidden
  /// Words that explanation and text share.
  case words

  /// The one that the game uses: with a judge it scores, without one the formula does.
  public static func standard(for models: InterpretationModels) -> ScorerName {
    models.judge == nil ? .genWindow : .judge
  }

  /// The scorer for the units of `campaign`.
  ///
  /// - Throws: `engine`, also where `models` have no judge and it is asked for.
  public func scorer(for campaign: Campaign, models: InterpretationModels)
    throws(InterpretationError) -> any Scorer
  {
    switch self {
    case .judge: try JudgeScorer(campaign: campaign, models: models)
    case .judgeAlone: try JudgeScorer(campaign: campaign, models: models, isAlone: true)
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
