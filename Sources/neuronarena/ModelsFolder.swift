import ArgumentParser
import Interpretation
import TransformerEngine

/// Where the models are: `--models`, else where the environment says.
struct ModelsFolder: ParsableArguments {
  /// What `--cache` and `--judge` take for no folder at all.
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

  @Option(
    help: """
      The folder of the trained judge that scores explanations, or none, which leaves it to the \
      formula; by default the shipped one.
      """)
  var judge: String?

  /// The same choice as arguments of a child process.
  var arguments: [String] {
    let options = [("--models", explicit), ("--cache", cache), ("--judge", judge)]
    return options.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }

  /// Where the judge lies; nil where there is to be none, or none is found.
  private var judgeFolder: String? {
    judge == Self.none ? nil : judge ?? SharedFiles.judge
  }

  /// Loads both models, checking their files against what was pinned.
  ///
  /// - Parameter niceValue: How far the engine's threads step back behind others.
  func load(niceValue: Int = 0) throws -> InterpretationModels {
    try load(threads: EngineThreads(niceValue: niceValue))
  }

  /// Loads both models onto `threads`, checking their files against what was pinned, and the judge where
  /// there is one.
  func load(threads: EngineThreads) throws -> InterpretationModels {
    let models = try load { folder, cache throws(ModelFileError) in
      try InterpretationModels.load(from: folder, threads: threads, cache: cache)
    }
    guard let judgeFolder else { return models }
    return try models.judging(by: judgeFolder)
  }

  /// Loads the language model alone, checking its file against what was pinned.
  func loadSubject(threads: EngineThreads) throws -> LanguageSubject {
    try load { folder, cache throws(ModelFileError) in
      try InterpretationModels.loadSubject(from: folder, threads: threads, cache: cache)
    }
  }

  private func load<Loaded>(
    _ body: (_ folder: String, _ cache: WeightCache?) throws(ModelFileError) -> Loaded
  ) throws -> Loaded {
    let store = try ModelStore(folder: explicit)
    let folder = cache ?? "\(store.folder)/packed"
    do throws(ModelFileError) {
      return try body(store.folder, folder == Self.none ? nil : WeightCache(folder: folder))
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
