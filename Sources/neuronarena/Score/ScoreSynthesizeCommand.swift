import ArgumentParser
import FoundationEssentials
import Interpretation

/// `neuronarena score synthesize`.
struct ScoreSynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Make a labelled file of units whose truth is known: functions of the text.",
    discussion: """
      The units fire on "the word river", "a number after a currency sign", "third word of a \
      quotation", names of fruit and the like; activations are computed, not run. Each has a paraphrase \
      and false rivals, and near misses in which a rival promises what does not come. The corpus is any \
      folder of .txt files; units that it has too few texts for are left out and named.
      """)

  @Option(help: "The folder with the texts.")
  var corpus: String
  @Option(help: "The file to write, a JSON object a line.")
  var out: String
  @Option(help: "How many excerpts of the corpus to look at.")
  var excerpts = 20_000
  @Option(help: "The seed of all drawing.")
  var seed: UInt64 = 1
  @OptionGroup var models: ModelsFolder

  /// Makes and writes.
  func run() async throws {
    guard excerpts > 0 else { throw ValidationError("--excerpts takes 1 or more") }
    let meter = ProgressMeter()
    let maker = SyntheticSet(
      model: try models.load().subject, seed: seed, progress: meter.progress)
    let made = try maker.make(corpus: corpus, excerptCountMax: excerpts)
    meter.finish()
    try made.set.encoded().write(to: URL(filePath: out), options: .atomic)
    print("\(out): \(made.set.units.count) units")
    if !made.missing.isEmpty {
      print("too few texts for: \(made.missing.joined(separator: "; "))")
    }
    if !made.droppedRivals.isEmpty {
      print("rivals left out: \(made.droppedRivals.joined(separator: "; "))")
    }
  }
}
