import ArenaTypes
import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena score text`, or `neuronarena score` alone.
struct ScoreTextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text",
    abstract: "Score an explanation of a unit.")

  @Argument(help: "The explanation: one to three meanings, separated by |.")
  var text: String
  @Option(help: "The unit, such as smollm2-135m/14/mlp/703.")
  var unit: String
  @Option(help: "The campaign file or its folder.")
  var campaign: String = "Sources/neuronarena/Campaigns"
  @Option(help: ScorerName.help)
  var scorer: ScorerName?
  @Flag(help: "Print one JSON object: value, low, high, cap, scorer, unit, text.")
  var json = false
  @OptionGroup var models: ModelsFolder

  private struct Output: Encodable {
    let unit: UnitID
    let text: ExplanationText
    let value: Double
    let low: Double
    let high: Double
    let cap: Score.Cap?
    let scorer: String
  }

  /// Scores and prints.
  func run() async throws {
    let explanation: ExplanationText
    do {
      explanation = try ExplanationText(text)
    } catch {
      throw ValidationError("not an explanation: \(error)")
    }
    let loaded = try Campaign.load(from: campaign)
    let both = try models.load()
    let scorer = try (scorer ?? .standard(for: both)).scorer(for: loaded, models: both)
    let score = try scorer.score(explanation, unit: UnitID(rawValue: unit))
    guard json else {
      let cap = score.cap == nil ? "" : " (a list of peak words counts 49 at most)"
      print("\(score.value), 95 % interval \(score.low) to \(score.high), \(score.scorer)\(cap)")
      return
    }
    let output = Output(
      unit: UnitID(rawValue: unit), text: explanation, value: score.value, low: score.low,
      high: score.high, cap: score.cap, scorer: score.scorer)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(output), as: UTF8.self))
  }
}
