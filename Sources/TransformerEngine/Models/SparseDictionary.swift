import CKernels

/// A sparse autoencoder or transcoder: features that a model's values at one place are made of.
///
/// Its encoder reads x, [inputSize]: a = f(W_enc (x - b_dec) + b_enc), where b_dec is taken off only
/// if the dictionary was trained so (transcoders never are), and f is one of `Activation`. Two
/// dictionaries are equal only if they are the same object.
public final class SparseDictionary: Sendable {
  /// What makes few features active.
  public enum Activation: Sendable, Hashable {
    /// max(x, 0).
    case relu
    /// The k largest, and those of them that are above 0 (Gao et al., 2024); equal ones by index.
    case topK(Int)
    /// x where it is above the feature's threshold and above 0, else 0 (Rajamanoharan et al., 2024).
    case jumpReLU
  }

  /// What happens to x before the encoder.
  public enum Preparation: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case none
    /// Its mean is taken off, as for models whose writing weights were centred.
    case centred
    /// (x - mean) / sqrt(variance + the model's epsilon): a layer norm without weights.
    case normalised
    /// (x - mean) / (sample deviation + 1e-5), which SAELens calls `layer_norm`.
    case standardised
  }

  /// All but the weights.
  public struct Configuration: Sendable, Hashable {
    /// The block.
    public var layer: Int
    /// The place in the block.
    public var site: ActivationSite
    /// What makes few features active.
    public var activation: Activation
    /// What happens to x first.
    public var preparation: Preparation
    /// Whether b_dec is taken off x.
    public var subtractsDecoderBias: Bool

    /// A configuration of these values.
    public init(
      layer: Int, site: ActivationSite, activation: Activation = .relu,
      preparation: Preparation = .none, subtractsDecoderBias: Bool = true
    ) {
      self.layer = layer
      self.site = site
      self.activation = activation
      self.preparation = preparation
      self.subtractsDecoderBias = subtractsDecoderBias
    }
  }

  /// What it is called, as in a unit's name.
  public let name: String
  /// All but the weights.
  public let configuration: Configuration
  /// How many features it has.
  public let featureCount: Int
  /// Floats that it reads.
  public let inputSize: Int
  /// [featureCount, inputSize].
  let encoder: PackedMatrix
  /// b_enc - W_enc b_dec, [featureCount].
  let bias: FloatBuffer
  /// What a feature has to be above, at least 0, [featureCount]; nil unless the activation is
  /// `jumpReLU`.
  let thresholds: FloatBuffer?
  /// [featureCount, outputSize]; nil where the file has none.
  let decoder: PackedMatrix?

  var place: ActivationPlace {
    ActivationPlace(layer: configuration.layer, site: configuration.site)
  }

  init(
    name: String, configuration: Configuration, encoder: PackedMatrix, bias: FloatBuffer,
    thresholds: FloatBuffer?, decoder: PackedMatrix?
  ) {
    self.name = name
    self.configuration = configuration
    self.encoder = encoder
    self.bias = bias
    self.thresholds = thresholds
    self.decoder = decoder
    featureCount = encoder.rowCount
    inputSize = encoder.columnCount
  }

  /// What a feature reads: its row of the encoder, [inputSize].
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such feature.
  public func inputDirection(of feature: Int) throws(EngineError) -> [Float] {
    try check(feature)
    return encoder.row(feature)
  }

  /// What a feature writes: its row of the decoder; nil where the file has no decoder.
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such feature.
  public func outputDirection(of feature: Int) throws(EngineError) -> [Float]? {
    try check(feature)
    return decoder?.row(feature)
  }

  private func check(_ feature: Int) throws(EngineError) {
    guard (0..<featureCount).contains(feature) else {
      throw .outOfRange("feature \(feature) of \(featureCount)")
    }
  }
}

extension SparseDictionary: Hashable {
  /// Whether both are the same object.
  public static func == (left: SparseDictionary, right: SparseDictionary) -> Bool {
    left === right
  }

  /// Hashes the object's identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension SparseDictionary {
  /// The encoder for some of a dictionary's features, or for all.
  struct Encoder {
    let dictionary: SparseDictionary
    /// The features, in order; nil for all.
    let features: [Int]?
    /// The rows that are computed: those of `features`, or all, where others decide who survives.
    let rows: PackedMatrix
    let bias: FloatBuffer
    let thresholds: FloatBuffer?

    /// Features that come out.
    var count: Int { features?.count ?? dictionary.featureCount }
  }

  /// An encoder for `features`; nil for all.
  func encoder(of features: [Int]?) throws(EngineError) -> Encoder {
    guard let features, !needsAllFeatures else {
      return Encoder(
        dictionary: self, features: features, rows: encoder, bias: bias, thresholds: thresholds)
    }
    return Encoder(
      dictionary: self, features: features, rows: try encoder.rows(features),
      bias: FloatBuffer(features.map { bias.pointer[$0] }),
      thresholds: thresholds.map { thresholds in
        FloatBuffer(features.map { thresholds.pointer[$0] })
      })
  }

  private var needsAllFeatures: Bool {
    if case .topK = configuration.activation { return true }
    return false
  }
}

extension SparseDictionary.Encoder {
  /// The features of `values`, [rows, count].
  func encode(_ values: UnsafePointer<Float>, rows rowCount: Int, _ pass: DecoderPass)
    -> FloatBuffer
  {
    let width = dictionary.inputSize
    let input = prepared(values, rows: rowCount, pass)
    let output = FloatBuffer(count: rowCount * rows.rowCount)
    ck_gemm(
      pass.pool, input.map { UnsafePointer($0.pointer) } ?? values, width, rowCount, rows.matrix,
      bias.pointer,
      output.pointer, rows.rowCount, 0)
    activate(output, rowCount, pass.pool)
    guard let features, rows === dictionary.encoder else {
      return output
    }
    let chosen = FloatBuffer(count: rowCount * features.count)
    ck_copy_columns(
      output.pointer, rowCount, rows.rowCount, features.map(Int64.init),
      features.indices.map(Int64.init), features.count, chosen.pointer, features.count)
    return chosen
  }

  private func activate(_ output: FloatBuffer, _ rowCount: Int, _ pool: OpaquePointer) {
    let width = rows.rowCount
    switch dictionary.configuration.activation {
    case .relu: ck_relu(pool, output.pointer, rowCount, width)
    case .jumpReLU: ck_jump_relu(pool, output.pointer, rowCount, width, thresholds?.pointer)
    case .topK(let count):
      ck_top_k(pool, output.pointer, rowCount, width, count)
      ck_relu(pool, output.pointer, rowCount, width)
    }
  }

  /// The input as the encoder wants it; nil when that is the input itself.
  private func prepared(
    _ values: UnsafePointer<Float>, rows rowCount: Int, _ pass: DecoderPass
  ) -> FloatBuffer? {
    let preparation = dictionary.configuration.preparation
    if preparation == .none { return nil }
    let width = dictionary.inputSize
    let result = FloatBuffer(count: rowCount * width)
    for row in 0..<rowCount {
      let from = UnsafeBufferPointer(start: values + row * width, count: width)
      let mean = from.reduce(0) { $0 + Double($1) } / Double(width)
      let squares = from.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let scale: Double =
        switch preparation {
        case .none, .centred: 1
        case .normalised:
          1 / (squares / Double(width) + Double(pass.sizes.normEpsilon)).squareRoot()
        case .standardised: 1 / ((squares / Double(max(width - 1, 1))).squareRoot() + 1e-5)
        }
      for (index, value) in from.enumerated() {
        result.pointer[row * width + index] = Float((Double(value) - mean) * scale)
      }
    }
    return result
  }
}
