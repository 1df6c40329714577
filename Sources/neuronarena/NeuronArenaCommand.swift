import ArgumentParser

/// The command line of NeuronArena.
@main
struct NeuronArenaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neuronarena",
    abstract: "A live game about what goes on inside language models.",
    subcommands: [
      ServeCommand.self, SettingsCommand.self, AdminCommand.self, ExportCommand.self,
      CampaignCommand.self,
      ScoreCommand.self, ActivationsCommand.self, UnitCommand.self,
      ModelsCommand.self, BenchCommand.self, SimulateCommand.self,
    ])
}
