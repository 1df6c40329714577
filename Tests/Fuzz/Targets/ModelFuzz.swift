import TransformerEngine

/// A whole model, opened and run on three tokens: a GGUF file, or a checkpoint's three files.
///
/// By the last byte it is the one or the other; a checkpoint's files are config.json and
/// tokenizer.json, each before a zero byte, and the tensors. Sizes that contradict each other are
/// refused; whatever is opened can be run.
enum ModelFuzz: FuzzTarget {
  static let name = "model"

  private static let threads = try? EngineThreads(count: 1, niceValue: 0)

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    guard let threads else { throw FuzzFinding("no threads") }
    if input.decision() & 1 == 1 { return try runCheckpoint(input.bytes, threads) }
    guard let file = try? GGUFFile(FileContents(input.bytes, name: "fuzzed")) else { return }
    if let model = try? LanguageModel(file: file, threads: threads) { try run(model) }
    if let encoder = try? SentenceEncoder(file: file, threads: threads) {
      let embeddings = encoder.embed(["a b", ""])
      try hold(embeddings.count == 2 && embeddings[0].count == embeddings[1].count, "embeddings")
    }
  }

  private static func runCheckpoint(
    _ bytes: [UInt8], _ threads: EngineThreads
  ) throws(FuzzFinding) {
    let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    let names = ["config.json", "tokenizer.json", "model.safetensors"]
    let files = zip(names, parts).map { (name: $0, bytes: Array($1)) }
    try TemporaryFolder.with(files) { folder throws(FuzzFinding) in
      if let model = try? LanguageModel(path: folder.path, threads: threads) { try run(model) }
    }
  }

  private static func run(_ model: LanguageModel) throws(FuzzFinding) {
    let sizes = model.configuration
    let last = sizes.layerCount - 1
    let head = HeadIndex(layer: last, head: sizes.headCount - 1)
    let request = CaptureRequest(
      mlpLayers: [last], heads: [head], patterns: [head], residualLayers: [last + 1],
      nextTokenLogits: true)
    // The context may be shorter than this text.
    let tokens = [0, Int32(sizes.vocabularySize - 1), 0]
    guard let capture = try? model.capture(request, of: [tokens]).first else { return }
    try hold(
      capture.mlp[last]?.neuronCount == sizes.feedForwardSize
        && capture.residuals[last + 1]?.tokenCount == 3
        && capture.nextTokenLogits.count == sizes.vocabularySize, "\(sizes)")
  }
}
