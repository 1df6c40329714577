extension SparseDictionary {
  /// Reads the weights from a safetensors file.
  ///
  /// Tensors are looked for under the names of SAELens and Gemma Scope (`W_enc` [inputSize,
  /// featureCount], `b_enc`, `W_dec` [featureCount, outputSize], `b_dec`, `threshold`) and of
  /// EleutherAI's sparsify (`encoder.weight` [featureCount, inputSize], `encoder.bias`). `b_dec` and
  /// `W_dec` may be missing, `threshold` only where the activation needs none.
  ///
  /// - Throws: `EngineError` when tensors are missing, shaped otherwise or not finite.
  public convenience init(
    file: SafetensorsFile, name: String, configuration: Configuration
  ) throws(EngineError) {
    let reader = DictionaryReader(file: file)
    let weights = try reader.encoder()
    let (features, inputs) = (weights.rows, weights.columns)
    if case .topK(let count) = configuration.activation, !(1...features).contains(count) {
      throw reader.malformed("k is \(count) of \(features) features")
    }
    var bias = try reader.vector(["b_enc", "encoder.bias"], features).map(Double.init)
    if configuration.subtractsDecoderBias, reader.has("b_dec") {
      let removed = try reader.vector(["b_dec"], inputs)
      for feature in 0..<features {
        var sum = 0.0
        for input in 0..<inputs {
          sum += Double(weights.values[feature * inputs + input]) * Double(removed[input])
        }
        bias[feature] -= sum
      }
    }
    self.init(
      name: name, configuration: configuration,
      encoder: try PackedMatrix(weights.values, rows: features, columns: inputs),
      bias: FloatBuffer(bias.map(Float.init)),
      thresholds: configuration.activation == .jumpReLU
        ? FloatBuffer(try reader.vector(["threshold"], features).map { max($0, 0) }) : nil,
      decoder: try reader.decoder(features: features))
  }
}

/// Finds a dictionary's tensors by their various names.
private struct DictionaryReader {
  let file: SafetensorsFile

  struct Matrix {
    var values: [Float]
    var rows: Int
    var columns: Int
  }

  func malformed(_ reason: String) -> EngineError {
    .malformed(file: file.contents.name, reason: reason)
  }

  func has(_ name: String) -> Bool { file.tensors[name] != nil }

  /// [featureCount, inputSize].
  func encoder() throws(EngineError) -> Matrix {
    if let weight = try matrix("encoder.weight") { return weight }
    guard let weight = try matrix("W_enc") else {
      throw malformed("it has neither W_enc nor encoder.weight")
    }
    var values = [Float](repeating: 0, count: weight.values.count)
    values.withUnsafeMutableBufferPointer { out in
      for row in 0..<weight.rows {
        for column in 0..<weight.columns {
          out[column * weight.rows + row] = weight.values[row * weight.columns + column]
        }
      }
    }
    return Matrix(values: values, rows: weight.columns, columns: weight.rows)
  }

  /// [featureCount, outputSize], where there is one.
  func decoder(features: Int) throws(EngineError) -> PackedMatrix? {
    guard let weight = try matrix("W_dec") else { return nil }
    guard weight.rows == features else {
      throw malformed("W_dec has \(weight.rows) rows, not \(features)")
    }
    return try PackedMatrix(weight.values, rows: weight.rows, columns: weight.columns)
  }

  /// The first of `names` that the file has.
  func vector(_ names: [String], _ count: Int) throws(EngineError) -> [Float] {
    let name = names.first(where: has) ?? names[0]
    return try finite(file.floats(name, count), name)
  }

  private func matrix(_ name: String) throws(EngineError) -> Matrix? {
    guard let shape = file.tensors[name]?.shape else { return nil }
    guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else {
      throw malformed("tensor \(name) is \(shape)")
    }
    let values = try finite(file.floats(name, shape[0], shape[1]), name)
    return Matrix(values: values, rows: shape[0], columns: shape[1])
  }

  private func finite(_ values: [Float], _ name: String) throws(EngineError) -> [Float] {
    guard values.allSatisfy(\.isFinite) else { throw malformed("\(name) isn't finite") }
    return values
  }
}
