import Glibc
import Testing
import TransformerEngine

/// The real models, loaded once for all tests.
enum Models {
  static let threads = Result { () throws(EngineError) in try EngineThreads(niceValue: 0) }

  static let llama = Result { () throws(EngineError) in
    try LanguageModel(
      file: GGUFFile(path: path("smollm2-135m-instruct-q4_1.gguf")), threads: threads.get())
  }

  static let encoder = Result { () throws(EngineError) in
    try SentenceEncoder(
      weights: SafetensorsFile(path: path("all-minilm-l6-v2/model.safetensors")),
      tokenizer: wordPiece.get(), threads: threads.get())
  }

  static let wordPiece = Result { () throws(EngineError) in
    try WordPiece(vocabulary: FileContents(path: path("all-minilm-l6-v2/vocab.txt")))
  }

  /// The path of a model file; a missing one fails the test and says what to do.
  static func path(_ name: String) -> String {
    let path = folder + "/" + name
    if access(path, R_OK) != 0 {
      Issue.record("\(path) is missing: run `make models`, or set NEURONARENA_MODELS")
    }
    return path
  }

  private static let folder: String = {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    if let folder = variable("NEURONARENA_MODELS") { return folder }
    let cache = variable("XDG_CACHE_HOME") ?? (variable("HOME") ?? "") + "/.cache"
    return cache + "/neuronarena/models"
  }()
}
