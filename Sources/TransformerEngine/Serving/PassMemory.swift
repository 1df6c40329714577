// What passes need beside the weights, so that a queue can keep to its bound; each follows the
// buffers that the pass of its model makes.

extension LanguageModel {
  /// Bytes of buffers for a sequence of a pass, those for logits aside.
  func bufferByteCount(rowCount: Int, pastCount: Int) -> Int {
    let keyCount = pastCount + rowCount
    let paddedKeyCount = (keyCount + 31) / 32 * 32
    let stream =
      configuration.hiddenSize + max(configuration.hiddenSize, configuration.attentionSize)
      + configuration.attentionInputSize
    let inner =
      min(rowCount, DecoderPass.rowBlock)
      * (configuration.neuronInputSize + configuration.feedForwardSize)
    return 4
      * (rowCount * stream + inner + (keyCount + paddedKeyCount) * configuration.keyValueSize)
  }

  /// Bytes of the keys and values of a beginning of so many tokens, with the sink.
  func prefixByteCount(tokenCount: Int) -> Int {
    8 * (tokenCount + 1) * configuration.layerCount * configuration.keyValueSize
  }
}

extension CaptureRequest {
  /// The layers that a pass needs for it; 0 for nothing.
  func depth(in sizes: DecoderConfiguration) -> Int {
    if nextTokenLogits { return sizes.layerCount }
    var depths = neurons.map { $0.layer + 1 } + mlpLayers.map { $0 + 1 }
    depths += (heads + patterns).map { $0.layer + 1 }
    depths += residualLayers + directions.map(\.layer)
    depths += (features.map(\.dictionary) + dictionaries).map {
      $0.place.layer + ($0.place.site == .residual ? 0 : 1)
    }
    return depths.max() ?? 0
  }

  /// Bytes of what is read of a sequence of so many tokens.
  func byteCount(tokenCount: Int, in sizes: DecoderConfiguration) -> Int {
    var width = neurons.count + heads.count + directions.count + features.count
    width += mlpLayers.count * sizes.feedForwardSize + residualLayers.count * sizes.hiddenSize
    width += dictionaries.reduce(0) { $0 + $1.featureCount } + patterns.count * (tokenCount + 1)
    return 4 * (tokenCount * width + (nextTokenLogits ? sizes.vocabularySize : 0))
  }
}

extension SentenceEncoder {
  /// Bytes of buffers for a text of a pass.
  func bufferByteCount(rowCount: Int) -> Int {
    let paddedKeyCount = (rowCount + 31) / 32 * 32
    let stream = 5 * configuration.hiddenSize + configuration.feedForwardSize
    return 4 * (rowCount * stream + (rowCount + paddedKeyCount) * configuration.hiddenSize)
  }
}
