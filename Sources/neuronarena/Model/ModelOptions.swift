import ArenaTypes
import ArgumentParser
import Interpretation
import TransformerEngine

/// The model whose units are looked at, with what names units of it.
struct ModelOptions: ParsableArguments {
  @Option(
    help: """
      A GGUF file, or the folder of a checkpoint (config.json, tokenizer.json, model.safetensors); \
      by default the pinned SmolLM2.
      """)
  var model: String?
  @Option(
    help: "What the model is called in its units' names; by default what its file or folder is.")
  var modelName: String?
  @Option(
    name: .customLong("dictionary"),
    help: """
      A sparse autoencoder or transcoder whose features are units: NAME=PATH, a folder of cfg.json \
      and weights as SAELens or sparsify write it, or one safetensors file. NAME@LAYER=PATH gives the \
      layer, and site=, activation= (relu, jumprelu, topk:K), preparation= or subtracts= behind a \
      comma give what the folder doesn't tell. NAME= may be left out; may be given several times.
      """)
  var dictionaries: [DictionaryOption] = []
  @Option(
    name: .customLong("directions"),
    help: """
      Directions of the residual stream that are units: NAME@LAYER=FILE, a safetensors file with one \
      tensor, a row each; may be given several times.
      """)
  var directions: [DirectionsOption] = []

  func validate() throws {
    if model == nil, let modelName {
      throw ValidationError("--model-name \(modelName) names no file: it goes with --model")
    }
    if let modelName, !UnitKind.isName(modelName) {
      throw ValidationError("--model-name takes 1 to 48 of A-Z, a-z, 0-9, _ . and -")
    }
  }

  /// The model: the one that was named, or the pinned one.
  ///
  /// - Parameters:
  ///   - threads: Made where another model is named; the pinned one has its own.
  ///   - name: What a dictionary is called that has no name of its own; by default as its folder.
  ///   - pinned: Called where no other model is named.
  func load(
    threads: @autoclosure () throws -> EngineThreads, unnamedDictionary name: String? = nil,
    pinned: () throws -> LanguageSubject
  ) throws -> LanguageSubject {
    var subject: LanguageSubject
    if let model {
      subject = try LanguageSubject(
        path: model, name: try Self.name(modelName, of: model), threads: try threads())
    } else {
      subject = try pinned()
    }
    for option in dictionaries {
      let dictionary = try option.open(unnamed: name)
      try subject.model.check(dictionary)
      subject.dictionaries.append(dictionary)
    }
    subject.directions = try directions.map { try $0.open(for: subject.model) }
    if let name = subject.repeatedNames.first {
      throw ValidationError("\(name) is given twice: give one of them another NAME=")
    }
    return subject
  }

  /// As `load(threads:unnamedDictionary:pinned:)`, with the pinned model of a folder.
  func load(from folder: ModelsFolder, unnamedDictionary name: String? = nil) throws
    -> LanguageSubject
  {
    let threads = try EngineThreads(niceValue: 0)
    return try load(threads: threads, unnamedDictionary: name) {
      try folder.loadSubject(threads: threads)
    }
  }

  /// What a model is called: as was said, else as its file or folder.
  static func name(_ name: String?, of path: String) throws -> String {
    let found = name ?? FileName.stem(of: path, ending: ".gguf")
    guard UnitKind.isName(found) else {
      throw ValidationError("\(found) can't be in units' names: name the model with --model-name")
    }
    return found
  }
}

/// Names that files and folders suggest.
enum FileName {
  /// The last part of a path, without its ending where that is `ending`.
  static func stem(of path: String, ending: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(ending) ? String(last.dropLast(ending.count)) : last
  }
}
