import ArenaCrypto
import ArenaTypes
import Dispatch
public import TransformerEngine

/// The two models that campaigns are built and explanations are scored with.
///
/// Their files are pinned: whatever else lies in the folder is refused, so that a score means the
/// same on every machine.
public struct InterpretationModels: Sendable {
  /// The model whose neurons are explained.
  public internal(set) var subject: LanguageSubject
  /// The sentence model.
  public internal(set) var embedder: MiniLMEmbedder
  /// The trained judge, which runs on the sentence model; nil where none was given.
  public internal(set) var judge: Judge?

  /// A pinned file.
  public struct PinnedFile: Hashable, Sendable {
    /// Its path within the models' folder.
    public let path: String
    /// The SHA-256 of its content, in lower-case hexadecimal.
    public let digest: String
  }

  /// What the pinned language model is called in its units' names.
  public static let subjectName = "smollm2-135m"
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
  public init(subject: LanguageSubject, embedder: MiniLMEmbedder) {
    self.subject = subject
    self.embedder = embedder
  }

  /// Reads the models in `folder`, both at once, checking each file's digest; takes about a quarter of
  /// a second.
  ///
  /// With a `cache`, weights that were packed at an earlier start are mapped from there, and what had
  /// to be packed is kept there.
  ///
  /// - Throws: `unreadable` or `foreign` with what was expected; `unusable`.
  public static func load(from folder: String, threads: EngineThreads, cache: WeightCache? = nil)
    throws(ModelFileError) -> InterpretationModels
  {
    let subject = Locked<Result<LanguageModel, ModelFileError>?>(nil)
    let encoder = Locked<Result<SentenceEncoder, ModelFileError>?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let loaded = Result { () throws(ModelFileError) in
          try loadModel(from: folder, threads, cache)
        }
        subject.withLock { $0 = loaded }
      } else {
        let loaded = Result { () throws(ModelFileError) in
          try loadEncoder(from: folder, threads, cache)
        }
        encoder.withLock { $0 = loaded }
      }
    }
    guard let subject = try subject.withLock({ $0 })?.get(),
      let encoder = try encoder.withLock({ $0 })?.get()
    else { throw .unusable(reason: "they were not loaded") }
    return InterpretationModels(
      subject: LanguageSubject(subject, name: subjectName, digest: subjectFile.digest),
      embedder: MiniLMEmbedder(encoder))
  }

  /// Reads the language model alone.
  ///
  /// - Throws: As `load(from:threads:cache:)`.
  public static func loadSubject(
    from folder: String, threads: EngineThreads, cache: WeightCache? = nil
  ) throws(ModelFileError) -> LanguageSubject {
    LanguageSubject(
      try loadModel(from: folder, threads, cache), name: subjectName, digest: subjectFile.digest)
  }

  /// Reads the sentence model alone.
  ///
  /// - Throws: As `load(from:threads:cache:)`.
  public static func loadEmbedder(
    from folder: String, threads: EngineThreads, cache: WeightCache? = nil
  ) throws(ModelFileError) -> MiniLMEmbedder {
    MiniLMEmbedder(try loadEncoder(from: folder, threads, cache))
  }

  private static func loadModel(
    from folder: String, _ threads: EngineThreads, _ cache: WeightCache?
  ) throws(ModelFileError) -> LanguageModel {
    try load(subjectFile, from: folder, cache) { contents throws(EngineError) in
      try LanguageModel(file: GGUFFile(contents), threads: threads)
    }
  }

  private static func loadEncoder(
    from folder: String, _ threads: EngineThreads, _ cache: WeightCache?
  ) throws(ModelFileError) -> SentenceEncoder {
    let vocabulary = try load(vocabularyFile, from: folder, nil) { contents throws(EngineError) in
      try WordPiece(vocabulary: contents)
    }
    return try load(embedderFile, from: folder, cache) { contents throws(EngineError) in
      try SentenceEncoder(
        weights: SafetensorsFile(contents), tokenizer: vocabulary, threads: threads)
    }
  }

  /// Reads a file and makes something of it.
  private static func load<Made>(
    _ file: PinnedFile, from folder: String, _ cache: WeightCache?,
    _ make: (FileContents) throws(EngineError) -> Made
  ) throws(ModelFileError) -> Made {
    if let cache, let digest = Hex.decode(file.digest) {
      let kept = cache.weights(of: digest)
      if kept.isKept {
        let contents = try read(file, in: folder, besides: kept)
        // Another version of this program may have kept less than this one needs.
        if let made = try? make(contents), contents.isSound { return made }
      }
    }
    let contents = try read(file, in: folder, cache)
    do {
      let made = try make(contents)
      contents.packed?.save()
      return made
    } catch {
      throw .unusable(reason: "\(error)")
    }
  }

  /// Reads all of a file.
  private static func read(
    _ file: PinnedFile, in folder: String, _ cache: WeightCache?
  ) throws(ModelFileError) -> FileContents {
    try read(file, in: folder) { path, hash throws(EngineError) in
      try FileContents(path: path) { bytes in
        hash(bytes)
        return cache.flatMap { cache in Hex.decode(file.digest).map { cache.weights(of: $0) } }
      }
    }
  }

  /// Reads a file but for what is kept of it.
  private static func read(
    _ file: PinnedFile, in folder: String, besides kept: PackedWeights
  ) throws(ModelFileError) -> FileContents {
    try read(file, in: folder) { path, hash throws(EngineError) in
      try FileContents(path: path, besides: kept) { hash($0) }
    }
  }

  /// Reads a file with `body`, which hashes what it reads, not the file once more: that leaves no gap
  /// in which the file could be exchanged.
  private static func read(
    _ file: PinnedFile, in folder: String,
    _ body: (String, (UnsafeRawBufferPointer) -> Void) throws(EngineError) -> FileContents
  ) throws(ModelFileError) -> FileContents {
    let path = folder + "/" + file.path
    var hash = try? SHA256()
    let contents: FileContents
    do {
      contents = try body(path) { piece in
        // What can't be hashed has no digest, and is refused below.
        if (try? hash?.update(piece)) == nil { hash = nil }
      }
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    let digest = (try? hash?.finish()).map(Hex.encode)
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
