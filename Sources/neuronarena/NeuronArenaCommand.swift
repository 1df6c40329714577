import ArgumentParser

/// The command line of NeuronArena.
@main
struct NeuronArenaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neuronarena",
    abstract: "A live game about what goes on inside language models.",
    subcommands: [
      BenchCommand.self, CampaignCommand.self, ModelsCommand.self, ScoreCommand.self,
    ])
}
