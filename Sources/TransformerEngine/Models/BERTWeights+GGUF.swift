import CKernels

extension BERTWeights {
  /// The weights of a GGUF file, whose names differ from those of a checkpoint.
  init(_ file: GGUFFile, _ sizes: BERTConfiguration) throws(EngineError) {
    let source = GGUFWeights(file: file)
    let hidden = sizes.hiddenSize
    word_embeddings = try source.rows("token_embd.weight", sizes.vocabularySize, hidden)
    position_embeddings = try source.rows("position_embd.weight", sizes.positionCount, hidden)
    let types = try source.rows("token_types.weight", 2, hidden)
    for position in 0..<sizes.positionCount {
      ck_add(position_embeddings.pointer + position * hidden, types.pointer, hidden)
    }
    embedding_norm = try source.norm("token_embd_norm", hidden)
    var layers: [Layer] = []
    for index in 0..<sizes.layerCount {
      layers.append(try Self.layer(source, "blk.\(index).", sizes))
    }
    self.layers = layers
  }

  private static func layer(
    _ source: GGUFWeights, _ name: String, _ sizes: BERTConfiguration
  ) throws(EngineError) -> Layer {
    let (hidden, inner) = (sizes.hiddenSize, sizes.feedForwardSize)
    return Layer(
      query_key_value: try source.linear(
        ["attn_q", "attn_k", "attn_v"].map { (name + $0, hidden) }, columns: hidden),
      attention_output: try source.linear([(name + "attn_output", hidden)], columns: hidden),
      attention_norm: try source.norm(name + "attn_output_norm", hidden),
      intermediate: try source.linear([(name + "ffn_up", inner)], columns: hidden),
      output: try source.linear([(name + "ffn_down", hidden)], columns: inner),
      output_norm: try source.norm(name + "layer_output_norm", hidden))
  }
}

extension GGUFWeights {
  /// A table of embeddings as floats, [rows, columns].
  fileprivate func rows(
    _ name: String, _ rows: Int, _ columns: Int
  ) throws(EngineError) -> FloatBuffer {
    let tensor = try file.tensor(name, columns, rows)
    return FloatBuffer(
      file.withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: tensor.type) })
  }

  fileprivate func norm(_ name: String, _ size: Int) throws(EngineError) -> BERTWeights.Norm {
    BERTWeights.Norm(
      weight: try vector([(name + ".weight", size)]), bias: try vector([(name + ".bias", size)]))
  }

  fileprivate func linear(
    _ parts: [(name: String, rows: Int)], columns: Int
  ) throws(EngineError) -> BERTWeights.Linear {
    BERTWeights.Linear(
      weight: try matrix(parts.map { ($0.name + ".weight", $0.rows) }, columns: columns),
      bias: try vector(parts.map { ($0.name + ".bias", $0.rows) }))
  }
}
