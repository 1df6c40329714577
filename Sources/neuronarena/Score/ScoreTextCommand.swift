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
  @Flag(
    help: """
      Also show what the text makes one expect on each token of the unit's reveal excerpts, beside what \
      the unit did.
      """)
  var tokens = false
  @Option(help: "How to paint tokens: none, 256 or 24bit; by default what the terminal can show.")
  var colour: TerminalColour?
  @Flag(
    help: """
      Print one JSON object: value, low, high, cap, scorer, unit, text; with --tokens also excerpts, \
      each with tokens, real (1 is the unit's usual peak) and expected (0 to 1).
      """)
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
    let excerpts: [ExpectedTokens]?
  }

  /// An excerpt with what the unit did and what the text makes one expect.
  private struct ExpectedTokens: Encodable {
    let id: ExcerptID
    let tokens: [String]
    /// In units of the unit's usual peak.
    let real: [Float]
    /// 0 to 1.
    let expected: [Float]
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
    let expected = tokens ? try expectations(of: explanation, from: scorer, campaign: loaded) : nil
    guard json else {
      let cap = score.cap == nil ? "" : " (a list of peak words counts 49 at most)"
      print("\(score.value), 95 % interval \(score.low) to \(score.high), \(score.scorer)\(cap)")
      if let expected { print(painted(expected)) }
      return
    }
    let output = Output(
      unit: UnitID(rawValue: unit), text: explanation, value: score.value, low: score.low,
      high: score.high, cap: score.cap, scorer: score.scorer, excerpts: expected)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(output), as: UTF8.self))
  }

  private func expectations(
    of text: ExplanationText, from scorer: any Scorer, campaign: Campaign
  ) throws -> [ExpectedTokens] {
    let id = UnitID(rawValue: unit)
    let found = campaign.unit(id)
    let excerpts = found?.reveals.map(\.excerpt) ?? []
    let usual = max(found?.top20MeanPeak ?? 1, .leastNormalMagnitude)
    return zip(excerpts, try scorer.predict(text, unit: id, on: excerpts)).map {
      excerpt, expected in
      ExpectedTokens(
        id: excerpt.id, tokens: excerpt.tokens, real: excerpt.activations.map { $0 / usual },
        expected: expected)
    }
  }

  private func painted(_ excerpts: [ExpectedTokens]) -> String {
    let paint = ActivationPaint(colour: colour ?? .detected, scale: 1)
    func text(_ tokens: [String], _ values: [Float]) -> String {
      zip(tokens, values).map { paint.token($0, activation: $1) }.joined()
    }
    return excerpts.map { excerpt in
      """

        real      \(text(excerpt.tokens, excerpt.real))
        expected  \(text(excerpt.tokens, excerpt.expected))
      """
    }.joined(separator: "\n")
  }
}
