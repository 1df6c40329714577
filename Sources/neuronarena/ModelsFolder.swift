import ArgumentParser
import Interpretation
import TransformerEngine

/// Where the models are: `--models`, else where the environment says.
struct ModelsFolder: ParsableArguments {
  /// What `--cache` takes for no folder at all.
  private static let none = "none"

  @Option(
    name: .customLong("models"), help: "The models folder; by default what the environment says.")
  var explicit: String?

  @Option(
    help: """
      The folder for weights packed at the first start and mapped from then on, or none; by default \
      packed in the models folder.
      """)
  var cache: String?

  /// The same choice as arguments of a child process.
  var arguments: [String] {
    (explicit.map { ["--models", $0] } ?? []) + (cache.map { ["--cache", $0] } ?? [])
  }

  /// Loads both models, checking their files against what was pinned.
  ///
  /// - Parameter niceValue: How far the engine's threads step back behind others.
  func load(niceValue: Int = 0) throws -> InterpretationModels {
    try load(threads: EngineThreads(niceValue: niceValue))
  }

  /// Loads both models onto `threads`, checking their files against what was pinned.
  func load(threads: EngineThreads) throws -> InterpretationModels {
    let store = try ModelStore(folder: explicit)
    let folder = cache ?? "\(store.folder)/packed"
    do throws(ModelFileError) {
      return try InterpretationModels.load(
        from: store.folder, threads: threads,
        cache: folder == Self.none ? nil : WeightCache(folder: folder))
    } catch {
      // It has the words that help: which file, and how to come by the right one.
      _ = try store.checkedFolder()
      throw error
    }
  }

  /// Loads the sentence model alone.
  func loadEmbedder() throws -> MiniLMEmbedder {
    try InterpretationModels.loadEmbedder(
      from: ModelStore(folder: explicit).folder, threads: EngineThreads())
  }
}
