import ArgumentParser
import Interpretation
import TransformerEngine

/// Where the models are: `--models`, else where the environment says.
struct ModelsFolder: ParsableArguments {
  @Option(
    name: .customLong("models"), help: "The models folder; by default what the environment says.")
  var explicit: String?

  /// Checks the files against what was pinned and loads both models.
  ///
  /// - Parameter niceValue: How far the engine's threads step back behind others.
  func load(niceValue: Int = 0) throws -> InterpretationModels {
    try InterpretationModels.load(
      from: ModelStore(folder: explicit).checkedFolder(),
      threads: EngineThreads(niceValue: niceValue))
  }
}
