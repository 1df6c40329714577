import TransformerEngine

/// The real models' tokenizers, read once for all tests.
enum Tokenizers {
  static let smolLM2 = Result { () throws(EngineError) in
    try ByteLevelBPE(GGUFFile(path: Models.path("smollm2-135m-instruct-q4_1.gguf")))
  }

  static let miniLM = Result { () throws(EngineError) in
    try WordPiece(vocabulary: FileContents(path: Models.path("all-minilm-l6-v2/vocab.txt")))
  }

  /// One of the small ones in Fixtures, or a real one.
  static func named(_ name: String) throws(EngineError) -> any Tokenizer {
    switch name {
    case "smollm2": return try smolLM2.get()
    case "minilm": return try miniLM.get()
    default: break
    }
    let path = Fixtures.path("tokenizers/\(name)")
    if name.hasSuffix(".gguf") { return try GGUFFile(path: path).tokenizer() }
    return try TokenizerFile(FileContents(path: path + ".json")).tokenizer()
  }
}
