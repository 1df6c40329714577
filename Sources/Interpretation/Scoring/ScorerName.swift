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
  /// As `gen`, after the first of its two prompts alone.
  case genExamples = "gen-examples"
  /// As `gen`, after the second of its two prompts alone.
  case genDescription = "gen-description"
  /// As `gen`, after both prompts and four more.
  case genSix = "gen-six"
  /// The formula, in contrast with the units that fire in the most similar surroundings.
  case near
  /// Likeness of hidden states.
  case hidden
  /// Words that explanation and text share.
  case words
  /// Parts of words that the explanation names.
  case affixes
  /// Places and spellings of words that the explanation names.
  case places

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
    case .genExamples:
      try GenWindowScorer(campaign: campaign, models: models, features: .genExamples)
    case .genDescription:
      try GenWindowScorer(campaign: campaign, models: models, features: .genDescription)
    case .genSix: try GenWindowScorer(campaign: campaign, models: models, features: .genSix)
    case .near: try GenWindowScorer(campaign: campaign, models: models, features: .near)
    case .hidden:
      PredictionScorer(
        campaign: campaign,
        predictor: try HiddenStatePredictor(campaign: campaign, subject: models.subject))
    case .words: PredictionScorer(campaign: campaign, predictor: WordPredictor())
    case .affixes: PredictionScorer(campaign: campaign, predictor: FormPredictor(.affixes))
    case .places: PredictionScorer(campaign: campaign, predictor: FormPredictor(.places))
    }
  }
}
