/// Activations of one sequence: a row a token, a column a neuron.
public struct ActivationMatrix: Sendable, Hashable {
  /// How many rows there are.
  public let tokenCount: Int
  /// How many columns there are.
  public let neuronCount: Int
  /// [tokenCount, neuronCount], row-major.
  public let values: [Float]

  /// A matrix of these values; their number is the product of the counts.
  public init(tokenCount: Int, neuronCount: Int, values: [Float]) {
    precondition(values.count == tokenCount * neuronCount, "\(values.count) values")
    self.tokenCount = tokenCount
    self.neuronCount = neuronCount
    self.values = values
  }

  /// The value of `neuron` (the column) at `token` (the row).
  public subscript(token: Int, neuron: Int) -> Float { values[token * neuronCount + neuron] }

  /// All neurons at `token`.
  public func row(_ token: Int) -> ArraySlice<Float> {
    values[token * neuronCount..<(token + 1) * neuronCount]
  }

  /// `neuron` at all tokens.
  public func column(_ neuron: Int) -> [Float] {
    (0..<tokenCount).map { values[$0 * neuronCount + neuron] }
  }
}

/// A neuron of a model's MLP layers.
public struct NeuronIndex: Sendable, Hashable, Comparable {
  /// The layer, from 0.
  public let layer: Int
  /// The neuron within the layer, from 0.
  public let neuron: Int

  /// The neuron `neuron` of layer `layer`.
  public init(layer: Int, neuron: Int) {
    self.layer = layer
    self.neuron = neuron
  }

  /// By layer, then by neuron.
  public static func < (left: NeuronIndex, right: NeuronIndex) -> Bool {
    (left.layer, left.neuron) < (right.layer, right.neuron)
  }
}
