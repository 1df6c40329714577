import ArenaCrypto
public import TransformerEngine

extension LanguageSubject {
  /// Opens a model of the caller's: a GGUF file, or the folder of a checkpoint.
  ///
  /// The digest of a file is its SHA-256. That of a folder is the SHA-256 of what `sha256sum` prints of
  /// the files that are read, sorted by name: `config.json`, tokenizer and weights.
  ///
  /// - Throws: `engine` when it can't be read, or isn't a model that the engine can run.
  public init(
    path: String, name: String, threads: EngineThreads
  ) throws(InterpretationError) {
    do {
      // Only a folder has a place inside.
      if FileContents.exists(at: path + "/.") {
        let folder = try SafetensorsFolder(path: path)
        let model = try LanguageModel(folder: folder, threads: threads)
        self.init(model, name: name, digest: try Self.digest(of: folder))
      } else {
        let contents = try FileContents(path: path)
        let digest = try contents.withUnsafeBytes { bytes throws(CryptoError) in
          Hex.encode(try SHA256.hash(bytes))
        }
        let model = try LanguageModel(file: GGUFFile(contents), threads: threads)
        self.init(model, name: name, digest: digest)
      }
    } catch {
      throw .engine("\(error)")
    }
  }

  private static func digest(of folder: SafetensorsFolder) throws(CryptoError) -> String {
    var lines = ""
    for name in folder.fileNames {
      let digest = try SHA256.hash(fileAt: folder.path + "/" + name)
      lines += "\(Hex.encode(digest))  \(name)\n"
    }
    return Hex.encode(try SHA256.hash(Array(lines.utf8)))
  }

  /// What several dictionaries or sets of directions are called, so that a unit's name would be two
  /// units'; sorted.
  public var repeatedNames: [String] {
    let names =
      dictionaries.map { "feature:\($0.name) of layer \($0.configuration.layer)" }
      + directions.map { "residual:\($0.name) of layer \($0.layer)" }
    return Set(names.filter { name in names.count { $0 == name } > 1 }).sorted()
  }
}
