import ArgumentParser
import Interpretation

/// `neuronarena campaign gold`.
struct CampaignGoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gold",
    abstract: "Make gold questions for a campaign: units that are functions of its own texts.",
    discussion: """
      The units fire on "the word river", "a number after a currency sign", "words ending in ness" and \
      the like, in texts that the campaign shows players anyway. serve asks about them now and then \
      (--gold), and weighs players' votes by how often they are right. Nobody who plays should have the \
      file: make one of your own for a campaign of your own.
      """)

  @Option(help: "The campaign file; by default the shipped one.")
  var campaign: String?
  @Option(help: "The file to write, in the format of campaigns.")
  var out: String
  @Option(help: "The seed of all drawing.")
  var seed: UInt64 = 1

  /// Makes and writes.
  func run() async throws {
    guard let path = campaign ?? SharedFiles.campaign else {
      throw ValidationError("The campaign is not found: name one with --campaign.")
    }
    let meter = ProgressMeter()
    let made = try GoldSet(
      try Campaign.load(from: path), seed: seed, progress: meter.progress
    ).make()
    meter.finish()
    try made.campaign.write(to: out)
    let pairs = made.campaign.units.flatMap(\.pairs).count(where: \.isInPlay)
    print("\(out): \(made.campaign.units.count) units, \(pairs) pairs in play")
    if !made.missing.isEmpty {
      print("too few texts or pairs for: \(made.missing.joined(separator: "; "))")
    }
  }
}
