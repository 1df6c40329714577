extension LanguageModel {
  /// The MLP activations of all neurons of `layers`, for each sequence a matrix
  /// [tokens, feedForwardSize] a layer, a row for each of its tokens.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or layer, or a sequence too long.
  public func mlpActivations(
    of sequences: [[Int32]], layers: [Int]
  ) throws(EngineError) -> [[Int: ActivationMatrix]] {
    try capture(CaptureRequest(mlpLayers: layers), of: sequences).map(\.mlp)
  }

  /// The MLP activations of chosen neurons, for each sequence a matrix [tokens, neurons] whose
  /// columns are in the order of `neurons`.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or neuron, or a sequence too long.
  public func mlpActivations(
    of sequences: [[Int32]], neurons: [NeuronIndex]
  ) throws(EngineError) -> [ActivationMatrix] {
    try capture(CaptureRequest(neurons: neurons), of: sequences).map(\.neurons)
  }

  /// The residual stream, for each sequence a matrix [tokens, hiddenSize] a layer: what goes into
  /// block `layer`, or for `layerCount` what comes out of the last block.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or layer, or a sequence too long.
  public func residuals(
    of sequences: [[Int32]], layers: [Int]
  ) throws(EngineError) -> [[Int: ActivationMatrix]] {
    try capture(CaptureRequest(residualLayers: layers), of: sequences).map(\.residuals)
  }
}
