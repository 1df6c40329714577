import ArenaCrypto
import ArenaTypes
import ArgumentParser
import Interpretation
import TransformerEngine

/// The model whose units are looked at, with what names units of it.
struct SubjectOptions: ParsableArguments {
  @Option(
    name: .customLong("subject"),
    help: "A model file in GGUF whose units to look at; by default the pinned SmolLM2.")
  var path: String?
  @Option(
    name: .customLong("subject-name"), help: "What that model is called, as in a unit's name.")
  var name: String?
  @Option(
    name: .customLong("dictionary"),
    help: """
      A sparse autoencoder or transcoder in safetensors whose features are units: \
      NAME@LAYER=FILE, with site=, activation= (relu, jumprelu, topk:K), preparation= or subtracts= \
      behind it where the file does not tell; may be given several times.
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
    if path != nil, name == nil { throw ValidationError("--subject needs --subject-name") }
    if let name, !UnitKind.isName(name) {
      throw ValidationError("--subject-name takes 1 to 48 of A-Z, a-z, 0-9, _ . and -")
    }
  }

  /// The subject: the pinned one or the one that was named.
  func load(pinned: LlamaSubject, threads: EngineThreads) throws -> LlamaSubject {
    var subject = pinned
    if let path, let name {
      let contents = try FileContents(path: path)
      let digest = try contents.withUnsafeBytes { try SHA256.hash($0) }
      subject = LlamaSubject(
        try LanguageModel(file: GGUFFile(contents), threads: threads), name: name,
        digest: Hex.encode(digest))
    }
    subject.dictionaries = try dictionaries.map { option in
      let dictionary = try SparseDictionary(
        file: SafetensorsFile(path: option.path), name: option.name,
        configuration: option.configuration)
      try subject.llama.check(dictionary)
      return dictionary
    }
    subject.directions = try directions.map { try Self.directions($0, of: subject.llama) }
    return subject
  }

  private static func directions(_ option: DirectionsOption, of model: LanguageModel) throws
    -> DirectionSet
  {
    let file = try SafetensorsFile(path: option.path)
    let size = model.configuration.hiddenSize
    guard file.tensors.count == 1, let tensor = file.tensors.values.first,
      (1...2).contains(tensor.shape.count), tensor.shape.last == size
    else {
      throw ValidationError("\(option.path) must hold one tensor of rows of \(size) numbers")
    }
    guard (0...model.configuration.layerCount).contains(option.layer) else {
      throw ValidationError("\(option.name) is of layer \(option.layer), which the model lacks")
    }
    let values = try file.floats(of: tensor)
    guard values.allSatisfy(\.isFinite) else {
      throw ValidationError("\(option.path) holds numbers that are none")
    }
    let vectors = stride(from: 0, to: values.count, by: size).map { Array(values[$0..<$0 + size]) }
    return DirectionSet(name: option.name, layer: option.layer, vectors: vectors)
  }
}

/// Kinds of units on the command line.
enum KindList {
  /// The kinds in a text such as `mlp,head,feature:res-jb`.
  static func parse(_ text: String) throws -> [UnitKind] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let kind = UnitKind(rawValue: String(part)) else {
        throw ValidationError(
          "--kinds takes mlp, head, residual:NAME and feature:NAME separated by commas, not \(text)"
        )
      }
      return kind
    }
  }
}
