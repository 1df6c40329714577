/// Where a decoder's weights come from: it knows them by their names in GGUF files.
protocol WeightSource {
  /// Whether there is a tensor of this name.
  func has(_ name: String) -> Bool

  /// The matrices `parts` below each other, each [rows, columns].
  func matrix(
    _ parts: [(name: String, rows: Int)], columns: Int
  ) throws(EngineError) -> PackedMatrix

  /// The vectors `parts` one after another.
  func vector(_ parts: [(name: String, count: Int)]) throws(EngineError) -> FloatBuffer
}

/// The weights of a GGUF file.
struct GGUFWeights: WeightSource {
  let file: GGUFFile

  func has(_ name: String) -> Bool { file.tensors[name] != nil }

  func matrix(
    _ parts: [(name: String, rows: Int)], columns: Int
  ) throws(EngineError) -> PackedMatrix {
    var tensors: [GGUFFile.Tensor] = []
    for part in parts { tensors.append(try file.tensor(part.name, columns, part.rows)) }
    return try PackedMatrix(tensors, of: file)
  }

  func vector(_ parts: [(name: String, count: Int)]) throws(EngineError) -> FloatBuffer {
    var values: [Float] = []
    for part in parts {
      let tensor = try file.tensor(part.name, part.count)
      values += file.withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: tensor.type) }
    }
    return FloatBuffer(values)
  }
}
