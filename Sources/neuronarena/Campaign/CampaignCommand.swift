import ArgumentParser

/// Builds campaigns and looks into them.
struct CampaignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract: "Build a campaign from texts, add what readers wrote, look into it.",
    subcommands: [
      CampaignBuildCommand.self, CampaignPoolsCommand.self, CampaignImportCommand.self,
      CampaignSheetCommand.self, CampaignBlindCommand.self, CampaignMergeCommand.self,
      CampaignPairsCommand.self, CampaignGuessCommand.self, CampaignInspectCommand.self,
      CampaignDiffCommand.self, CampaignVerifyCommand.self, CampaignGoldCommand.self,
    ])
}
