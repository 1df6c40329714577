import ArgumentParser

/// Scores explanations, and measures how well scorers do.
struct ScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score an explanation, or measure how well scorers do.",
    discussion: "Without a subcommand it scores a text: score --unit UNIT \"birds of prey\".",
    subcommands: [
      ScoreTextCommand.self, ScoreEvaluateCommand.self, ScoreAgreementCommand.self,
      ScoreRecomputeCommand.self,
      ScoreSynthesizeCommand.self, ScoreChecksCommand.self,
    ],
    defaultSubcommand: ScoreTextCommand.self)
}
