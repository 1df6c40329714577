import CKernels

/// What a `CrossEncoder` has beside its base model.
///
/// ```
/// upper.N.attend | gather | widen | narrow  .down [rank, inputs] .up [outputs, rank] .bias [outputs]
/// upper.N.norm1 | norm2                     .weight .bias [hidden]
/// features [rows, hidden]   sides [2, hidden]   center [hidden]   likeness [3, hidden]
/// inner [inner, hidden + 3], outer [outputs, inner]     .weight .bias
/// ```
struct CrossEncoderWeights: Sendable {
  /// Which part a text has.
  enum Side: Int {
    case question = 0
    case text = 1
  }

  /// How many layers of the base read texts apart.
  let layersApart: Int
  /// The others, adapted: W + up * down.
  let layers: [BERTWeights.Layer]
  let outputCount: Int
  private let hiddenSize: Int
  /// [featureRowCount, hiddenSize].
  private let features: FloatBuffer
  let featureRowCount: Int
  /// [2, hiddenSize].
  private let sides: FloatBuffer
  /// [hiddenSize]: what the states of all texts have in common.
  let center: FloatBuffer
  /// [TextLikeness.count, hiddenSize].
  private let likeness: [Float]
  private let inner: BERTWeights.Linear
  private let outer: BERTWeights.Linear

  init(
    _ file: SafetensorsFile, base: SentenceEncoder, layersApart: Int
  ) throws(EngineError) {
    let sizes = base.configuration
    guard (1..<sizes.layerCount).contains(layersApart) else {
      throw .unsupported(file: file.contents.name, reason: "\(layersApart) layers apart")
    }
    self.layersApart = layersApart
    hiddenSize = sizes.hiddenSize
    var layers: [BERTWeights.Layer] = []
    for index in layersApart..<sizes.layerCount {
      layers.append(
        try Self.adapted(
          base.weights.layers[index], file, "upper.\(index - layersApart).", hiddenSize))
    }
    self.layers = layers
    featureRowCount = try Self.rowCount(of: "features", file)
    features = FloatBuffer(try file.floats("features", featureRowCount, hiddenSize))
    sides = FloatBuffer(try file.floats("sides", 2, hiddenSize))
    center = FloatBuffer(try file.floats("center", hiddenSize))
    likeness = try file.floats("likeness", TextLikeness.count, hiddenSize)
    let innerSize = try Self.rowCount(of: "inner.weight", file)
    outputCount = try Self.rowCount(of: "outer.weight", file)
    inner = try Self.linear(file, "inner", innerSize, hiddenSize + TextLikeness.count)
    outer = try Self.linear(file, "outer", outputCount, innerSize)
  }

  private static func rowCount(
    of name: String, _ file: SafetensorsFile
  ) throws(EngineError) -> Int {
    guard let rows = file.tensors[name]?.shape.first, rows > 0 else {
      throw .malformed(file: file.contents.name, reason: "tensor \(name) is missing or empty")
    }
    return rows
  }

  private static func linear(
    _ file: SafetensorsFile, _ name: String, _ outputs: Int, _ inputs: Int
  ) throws(EngineError) -> BERTWeights.Linear {
    BERTWeights.Linear(
      weight: try PackedMatrix(
        try file.floats(name + ".weight", outputs, inputs), rows: outputs, columns: inputs),
      bias: FloatBuffer(try file.floats(name + ".bias", outputs)))
  }

  private static func adapted(
    _ layer: BERTWeights.Layer, _ file: SafetensorsFile, _ name: String, _ hidden: Int
  ) throws(EngineError) -> BERTWeights.Layer {
    func norm(_ part: String) throws(EngineError) -> BERTWeights.Norm {
      BERTWeights.Norm(
        weight: FloatBuffer(try file.floats(name + part + ".weight", hidden)),
        bias: FloatBuffer(try file.floats(name + part + ".bias", hidden)))
    }
    return BERTWeights.Layer(
      query_key_value: try adapted(layer.query_key_value, file, name + "attend"),
      attention_output: try adapted(layer.attention_output, file, name + "gather"),
      attention_norm: try norm("norm1"),
      intermediate: try adapted(layer.intermediate, file, name + "widen"),
      output: try adapted(layer.output, file, name + "narrow"),
      output_norm: try norm("norm2"))
  }

  /// W + up * down, summed in the order of the rank.
  private static func adapted(
    _ linear: BERTWeights.Linear, _ file: SafetensorsFile, _ name: String
  ) throws(EngineError) -> BERTWeights.Linear {
    let (outputs, inputs) = (linear.weight.rowCount, linear.weight.columnCount)
    let rank = try rowCount(of: name + ".down", file)
    let down = try file.floats(name + ".down", rank, inputs)
    let up = try file.floats(name + ".up", outputs, rank)
    var sum: [Float] = []
    sum.reserveCapacity(outputs * inputs)
    for output in 0..<outputs {
      var row = linear.weight.row(output)
      row.withUnsafeMutableBufferPointer { row in
        down.withUnsafeBufferPointer { down in
          for index in 0..<rank {
            let factor = up[output * rank + index]
            for input in 0..<inputs { row[input] += factor * down[index * inputs + input] }
          }
        }
      }
      sum += row
    }
    return BERTWeights.Linear(
      weight: try PackedMatrix(sum, rows: outputs, columns: inputs),
      bias: FloatBuffer(try file.floats(name + ".bias", outputs)))
  }

  /// Checks that all features are rows of the table.
  func check(_ inputs: [CrossEncoder.Input]) throws(EngineError) {
    for input in inputs {
      for row in input.features where !(0..<featureRowCount).contains(Int(row)) {
        throw .outOfRange("feature \(row) of \(featureRowCount)")
      }
    }
  }

  /// Writes a text's states with its features and its side added, [tokenCount, hiddenSize].
  func place(_ input: CrossEncoder.Input, side: Side, at x: UnsafeMutablePointer<Float>) {
    let reading = input.reading
    x.update(from: reading.states.pointer, count: reading.tokenCount * hiddenSize)
    for token in 0..<reading.tokenCount {
      let row = x + token * hiddenSize
      let first = token * input.featureCount
      for feature in input.features[first..<first + input.featureCount] {
        ck_add(row, features.pointer + Int(feature) * hiddenSize, hiddenSize)
      }
      ck_add(row, sides.pointer + side.rawValue * hiddenSize, hiddenSize)
    }
  }

  /// Adds likenesses, [tokens, TextLikeness.count], times their weights to x[tokens, hiddenSize].
  func add(_ likenesses: [Float], at x: UnsafeMutablePointer<Float>) {
    for token in 0..<likenesses.count / TextLikeness.count {
      let row = x + token * hiddenSize
      for index in 0..<TextLikeness.count {
        let factor = likenesses[token * TextLikeness.count + index]
        for column in 0..<hiddenSize {
          row[column] += factor * likeness[index * hiddenSize + column]
        }
      }
    }
  }

  /// outer(gelu(inner(x and likenesses side by side))): [rowCount, outputCount].
  func head(
    _ x: FloatBuffer, _ likenesses: [Float], rowCount: Int, _ pool: OpaquePointer
  ) -> FloatBuffer {
    let (width, innerSize) = (hiddenSize + TextLikeness.count, inner.weight.rowCount)
    let joined = FloatBuffer(count: rowCount * width)
    for row in 0..<rowCount {
      let to = joined.pointer + row * width
      to.update(from: x.pointer + row * hiddenSize, count: hiddenSize)
      for index in 0..<TextLikeness.count {
        to[hiddenSize + index] = likenesses[row * TextLikeness.count + index]
      }
    }
    let hidden = FloatBuffer(count: rowCount * innerSize)
    let logits = FloatBuffer(count: rowCount * outputCount)
    ck_gemm(
      pool, joined.pointer, width, rowCount, inner.weight.matrix, inner.bias.pointer,
      hidden.pointer, innerSize, 0)
    ck_gelu(pool, hidden.pointer, rowCount, innerSize)
    ck_gemm(
      pool, hidden.pointer, innerSize, rowCount, outer.weight.matrix, outer.bias.pointer,
      logits.pointer, outputCount, 0)
    return logits
  }
}
