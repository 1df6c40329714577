import ArgumentParser

/// `neuronarena bench`: what the parts cost, measured on this machine.
///
/// Every one takes `--json` and then prints one JSON object; its fields are those of the subcommand's
/// `Report`. Times that count are CPU times: wall time says more about who else uses the machine.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure what the parts cost on this machine.",
    subcommands: [
      BenchCompareCommand.self, BenchHoldCommand.self, BenchEchoCommand.self,
      BenchBroadcastCommand.self,
      BenchServeCommand.self,
      BenchSubscribeCommand.self, BenchBoardCommand.self, BenchDuelsCommand.self,
      BenchDuelServerCommand.self, BenchDuelPlayersCommand.self, BenchStormServerCommand.self,
      BenchChurnCommand.self,
      BenchEngineCommand.self, BenchEngineStartCommand.self,
      BenchTokenizersCommand.self, BenchScoreCommand.self, BenchBesideCommand.self,
      BenchBesideServerCommand.self, BenchWatchServerCommand.self, BenchWatchCommand.self,
    ])
}
