/// What to read during one forward pass: any mix of units.
///
/// An empty list reads nothing. What is named twice is given twice.
public struct CaptureRequest: Sendable, Hashable {
  /// MLP neurons, whose activations are silu(gate) * up, or gelu(up).
  public var neurons: [NeuronIndex] = []
  /// Layers whose neurons are all wanted.
  public var mlpLayers: [Int] = []
  /// Attention heads: the length (L2 norm) of what each adds to the residual stream.
  public var heads: [HeadIndex] = []
  /// Attention heads whose attention itself is wanted.
  public var patterns: [HeadIndex] = []
  /// Blocks whose incoming residual stream is wanted; `layerCount` is what leaves the last one.
  public var residualLayers: [Int] = []
  /// Directions of the residual stream.
  public var directions: [ResidualDirection] = []
  /// Features of sparse dictionaries.
  public var features: [FeatureIndex] = []
  /// Dictionaries whose features are all wanted: 4 bytes a token and feature.
  public var dictionaries: [SparseDictionary] = []
  /// Whether the logits of the token to come after the sequence are wanted.
  public var nextTokenLogits = false

  /// A request for these units.
  public init(
    neurons: [NeuronIndex] = [], mlpLayers: [Int] = [], heads: [HeadIndex] = [],
    patterns: [HeadIndex] = [], residualLayers: [Int] = [], directions: [ResidualDirection] = [],
    features: [FeatureIndex] = [], dictionaries: [SparseDictionary] = [],
    nextTokenLogits: Bool = false
  ) {
    self.neurons = neurons
    self.mlpLayers = mlpLayers
    self.heads = heads
    self.patterns = patterns
    self.residualLayers = residualLayers
    self.directions = directions
    self.features = features
    self.dictionaries = dictionaries
    self.nextTokenLogits = nextTokenLogits
  }

  /// Whether nothing is wanted.
  public var isEmpty: Bool { self == CaptureRequest() }
}

/// What was read of one sequence; a matrix has a row for each token, none for the sink or a prefix.
public struct Capture: Sendable, Hashable {
  /// The sequence's tokens.
  public let tokenCount: Int
  /// [tokens, neurons], columns as in the request.
  public var neurons: ActivationMatrix
  /// By layer, [tokens, feedForwardSize].
  public var mlp: [Int: ActivationMatrix] = [:]
  /// [tokens, heads], columns as in the request.
  public var heads: ActivationMatrix
  /// By head, [tokens, 1 + tokens]: how much each token attends to the sink (column 0) and to each
  /// token (column 1 + index), those of a prefix first; a row's sum is 1, and what is to come has 0.
  public var patterns: [HeadIndex: ActivationMatrix] = [:]
  /// By layer, [tokens, hiddenSize].
  public var residuals: [Int: ActivationMatrix] = [:]
  /// [tokens, directions]: dot products, columns as in the request.
  public var directions: ActivationMatrix
  /// [tokens, features], columns as in the request.
  public var features: ActivationMatrix
  /// By dictionary, [tokens, featureCount].
  public var dictionaries: [SparseDictionary: ActivationMatrix] = [:]
  /// [vocabularySize], or empty where it wasn't asked for.
  public var nextTokenLogits: [Float] = []
}

/// An attention head of a model.
public struct HeadIndex: Sendable, Hashable, Comparable {
  /// The layer, from 0.
  public let layer: Int
  /// The query head within the layer, from 0.
  public let head: Int

  /// The head `head` of layer `layer`.
  public init(layer: Int, head: Int) {
    self.layer = layer
    self.head = head
  }

  /// By layer, then by head.
  public static func < (left: HeadIndex, right: HeadIndex) -> Bool {
    (left.layer, left.head) < (right.layer, right.head)
  }
}

/// A direction of the residual stream, read as a dot product.
public struct ResidualDirection: Sendable, Hashable {
  /// The block before which it is read; `layerCount` is after the last.
  public let layer: Int
  /// [hiddenSize].
  public let vector: [Float]

  /// The direction `vector` before block `layer`.
  public init(layer: Int, vector: [Float]) {
    self.layer = layer
    self.vector = vector
  }
}

/// A feature of a sparse dictionary.
public struct FeatureIndex: Sendable, Hashable {
  /// The dictionary.
  public let dictionary: SparseDictionary
  /// The feature, from 0.
  public let feature: Int

  /// The feature `feature` of `dictionary`.
  public init(dictionary: SparseDictionary, feature: Int) {
    self.dictionary = dictionary
    self.feature = feature
  }
}
