@testable import TransformerEngine

/// The forward pass of a decoder as the papers have it: double precision, one loop a sum, one token
/// after another, no batch, no cache.
///
/// It reads a model's weights row by row and shares no other code with the engine.
struct PlainDecoder {
  typealias Vector = [Double]

  let sizes: DecoderConfiguration
  let weights: DecoderWeights

  init(_ model: LanguageModel) {
    sizes = model.configuration
    weights = model.weights
  }

  struct Result {
    /// [layers + 1][tokens][hiddenSize].
    var residuals: [[Vector]] = []
    /// [layers][tokens][feedForwardSize].
    var neurons: [[Vector]] = []
    /// [layers][heads][tokens][tokens].
    var patterns: [[[Vector]]] = []
    /// [tokens][vocabularySize].
    var logits: [Vector] = []
  }

  /// What the model makes of `tokens`, the sink included.
  func run(_ tokens: [Int32]) -> Result {
    var result = Result()
    var x = tokens.enumerated().map { position, token in embedding(token, position) }
    for layer in weights.layers {
      result.residuals.append(x)
      let (mixed, patterns) = attention(x.map { norm($0, layer.attn_norm) }, layer)
      x = zip(x, mixed).map { add($0, linear($1, layer.attn_output)) }
      let neurons = x.map { activations(norm($0, layer.ffn_norm), layer) }
      x = zip(x, neurons).map { add($0, linear($1, layer.ffn_down)) }
      result.patterns.append(patterns)
      result.neurons.append(neurons)
    }
    result.residuals.append(x)
    let output = DecoderWeights.Linear(weight: weights.output)
    result.logits = x.map { linear(norm($0, weights.output_norm), output) }
    return result
  }

  private func embedding(_ token: Int32, _ position: Int) -> Vector {
    let embedding = weights.token_embd.row(Int(token)).map(Double.init)
    guard let positions = weights.position_embd else { return embedding }
    return add(embedding, positions.row(position).map(Double.init))
  }

  private func add(_ left: Vector, _ right: Vector) -> Vector { zip(left, right).map(+) }

  private func dot(_ left: some Sequence<Double>, _ right: some Sequence<Double>) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func linear(_ x: Vector, _ layer: DecoderWeights.Linear) -> Vector {
    (0..<layer.weight.rowCount).map { row in
      dot(layer.weight.row(row).map(Double.init), x) + Double(layer.bias?.pointer[row] ?? 0)
    }
  }

  /// Zhang and Sennrich's RMS norm, or Ba, Kiros and Hinton's layer norm.
  private func norm(_ x: Vector, _ norm: DecoderWeights.Norm) -> Vector {
    let count = Double(x.count)
    let mean = norm.bias == nil ? 0 : x.reduce(0, +) / count
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let scale = 1 / (variance + Double(sizes.normEpsilon)).squareRoot()
    return x.enumerated().map { index, value in
      (value - mean) * scale * Double(norm.weight.pointer[index])
        + Double(norm.bias?.pointer[index] ?? 0)
    }
  }

  /// softmax(q k / sqrt(headSize)) v for each head; a token sees itself and what is before it.
  private func attention(
    _ x: [Vector], _ layer: DecoderWeights.Layer
  ) -> (mixed: [Vector], patterns: [[Vector]]) {
    let size = sizes.headSize
    let all = x.map { linear($0, layer.attn_qkv) }
    func head(_ position: Int, _ start: Int, isTurned: Bool) -> Vector {
      let vector = Array(all[position][start..<start + size])
      return isTurned ? turned(vector, position) : vector
    }
    var mixed = [Vector](repeating: [], count: x.count)
    var patterns: [[Vector]] = []
    for query in 0..<sizes.headCount {
      let group = query / (sizes.headCount / sizes.keyValueHeadCount)
      let keyStart = sizes.attentionSize + group * size
      var pattern: [Vector] = []
      for token in x.indices {
        let q = head(token, query * size, isTurned: true)
        let scores = (0...token).map {
          dot(q, head($0, keyStart, isTurned: true)) / Double(size).squareRoot()
        }
        let largest = scores.max() ?? 0
        let exponentials = scores.map { Plain.exp($0 - largest) }
        let shares = exponentials.map { $0 / exponentials.reduce(0, +) }
        var sum = Vector(repeating: 0, count: size)
        for (position, share) in shares.enumerated() {
          let value = head(position, keyStart + sizes.keyValueSize, isTurned: false)
          sum = add(sum, value.map { $0 * share })
        }
        mixed[token] += sum
        pattern.append(shares + Vector(repeating: 0, count: x.count - shares.count))
      }
      patterns.append(pattern)
    }
    return (mixed, patterns)
  }

  /// Rotary positions: pair i turns by position * frequency i.
  private func turned(_ vector: Vector, _ position: Int) -> Vector {
    guard let rotary = sizes.rotary else { return vector }
    var result = vector
    for (pair, frequency) in rotary.frequencies.enumerated() {
      let first = rotary.turnsHalves ? pair : 2 * pair
      let second = rotary.turnsHalves ? pair + rotary.size / 2 : 2 * pair + 1
      let cosine = Plain.cos(Double(position) * frequency) * rotary.magnitude
      let sine = Plain.sin(Double(position) * frequency) * rotary.magnitude
      result[first] = vector[first] * cosine - vector[second] * sine
      result[second] = vector[first] * sine + vector[second] * cosine
    }
    return result
  }

  /// silu(gate) * up, or gelu_new(up).
  private func activations(_ x: Vector, _ layer: DecoderWeights.Layer) -> Vector {
    let inputs = linear(x, layer.ffn_gate_up)
    guard sizes.isGated else {
      return inputs.map { x in
        let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
        // tanh by exponentials.
        return x / 2 * (2 - 2 / (Plain.exp(2 * inner) + 1))
      }
    }
    let (gates, ups) = (inputs.prefix(sizes.feedForwardSize), inputs.suffix(sizes.feedForwardSize))
    return zip(gates, ups).map { gate, up in gate / (1 + Plain.exp(-gate)) * up }
  }
}
