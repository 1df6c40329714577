import ArenaCrypto
public import TransformerEngine

/// The two models that campaigns are built and explanations are scored with.
///
/// Their files are pinned: whatever else lies in the folder is refused, so that a score means the
/// same on every machine.
public struct InterpretationModels: Sendable {
  /// The model whose neurons are explained.
  public let subject: LlamaSubject
  /// The sentence model.
  public let embedder: MiniLMEmbedder

  /// A pinned file.
  public struct PinnedFile: Hashable, Sendable {
    /// Its path within the models' folder.
    public let path: String
    /// The SHA-256 of its content, in lower-case hexadecimal.
    public let digest: String
  }

  /// SmolLM2-135M-Instruct, Q4_1.
  public static let subjectFile = PinnedFile(
    path: "smollm2-135m-instruct-q4_1.gguf",
    digest: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")
  /// The weights of all-MiniLM-L6-v2.
  public static let embedderFile = PinnedFile(
    path: "all-minilm-l6-v2/model.safetensors",
    digest: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
  /// The vocabulary of all-MiniLM-L6-v2.
  public static let vocabularyFile = PinnedFile(
    path: "all-minilm-l6-v2/vocab.txt",
    digest: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3")

  /// Both models over these parts.
  public init(subject: LlamaSubject, embedder: MiniLMEmbedder) {
    self.subject = subject
    self.embedder = embedder
  }

  /// Reads the models in `folder`, checking each file's digest; takes about half a second.
  ///
  /// - Throws: `unreadable` or `foreign` with what was expected; `unusable`.
  public static func load(from folder: String, threads: EngineThreads)
    throws(ModelFileError) -> InterpretationModels
  {
    let subjectBytes = try read(subjectFile, in: folder)
    let embedderBytes = try read(embedderFile, in: folder)
    let vocabularyBytes = try read(vocabularyFile, in: folder)
    do {
      let llama = try LlamaModel(file: GGUFFile(subjectBytes), threads: threads)
      let encoder = try SentenceEncoder(
        weights: SafetensorsFile(embedderBytes),
        tokenizer: WordPiece(vocabulary: vocabularyBytes), threads: threads)
      return InterpretationModels(
        subject: LlamaSubject(llama, name: "smollm2-135m", digest: subjectFile.digest),
        embedder: MiniLMEmbedder(encoder))
    } catch {
      throw .unusable(reason: "\(error)")
    }
  }

  private static func read(_ file: PinnedFile, in folder: String) throws(ModelFileError)
    -> FileContents
  {
    let path = folder + "/" + file.path
    let contents: FileContents
    do {
      contents = try FileContents(path: path)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    // Hashing what was read, not the file once more, leaves no gap in which it could be exchanged.
    let digest = contents.withUnsafeBytes { bytes in (try? SHA256.hash(bytes)).map(Hex.encode) }
    guard digest == file.digest else {
      throw .foreign(path: path, expected: file.digest, found: digest ?? "nothing")
    }
    return contents
  }
}

/// Why the models can't be used.
public enum ModelFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file is missing or can't be read.
  case unreadable(path: String, reason: String)
  /// A file has other content than the pinned one.
  case foreign(path: String, expected: String, found: String)
  /// A file has the pinned content but can't be run.
  case unusable(reason: String)

  /// One sentence for the person at the command line.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "can't read the model file \(path): \(reason)"
    case .foreign(let path, let expected, let found):
      "\(path) is damaged or another model: SHA-256 \(found), expected \(expected)"
    case .unusable(let reason): "the models can't be run: \(reason)"
    }
  }
}
