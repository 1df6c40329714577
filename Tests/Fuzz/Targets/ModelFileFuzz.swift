import TransformerEngine

/// A model file's metadata and table of tensors; nothing in it may point outside of the file.
enum GGUFFuzz: FuzzTarget {
  static let name = "gguf"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let contents = FileContents(input.bytes, name: "fuzzed")
    guard let file = try? GGUFFile(contents) else { return }
    for tensor in file.tensors.values {
      let (count, floats) = file.withUnsafeBytes(of: tensor) { bytes in
        (bytes.count, QuantizedBlocks.floats(bytes, type: tensor.type))
      }
      try hold(count <= contents.count, "\(count) bytes of \(contents.count)")
      try hold(floats.count == tensor.elementCount, "\(floats.count) of \(tensor.dimensions)")
    }
  }
}

/// The same for the other format of model files.
enum SafetensorsFuzz: FuzzTarget {
  static let name = "safetensors"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let contents = FileContents(input.bytes, name: "fuzzed")
    guard let file = try? SafetensorsFile(contents) else { return }
    for tensor in file.tensors.values where tensor.shape.count == 1 {
      guard let floats = try? file.floats(tensor.name, tensor.shape[0]) else { continue }
      try hold(floats.count == tensor.shape[0], "\(floats.count) of \(tensor.shape)")
    }
  }
}

/// Dictionaries of features, of each kind of activation.
enum DictionaryFuzz: FuzzTarget {
  static let name = "dictionary"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let activations: [SparseDictionary.Activation] = [.relu, .topK(2), .jumpReLU]
    let activation = activations[Int(input.decision()) % activations.count]
    let contents = FileContents(input.bytes, name: "fuzzed")
    guard let file = try? SafetensorsFile(contents),
      let dictionary = try? SparseDictionary(
        file: file, name: "fuzzed",
        configuration: .init(layer: 0, site: .mlpInput, activation: activation))
    else { return }
    let weights = file.tensors["encoder.weight"] ?? file.tensors["W_enc"]
    try hold(
      dictionary.featureCount * dictionary.inputSize == weights?.shape.reduce(1, *),
      "\(dictionary.featureCount) by \(dictionary.inputSize) of \(weights?.shape ?? [])")
  }
}
