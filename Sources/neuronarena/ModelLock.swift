/// The pinned model files, as `models.lock` lists them.
///
/// The same file tells `make models` what to fetch; it is compiled into the program, so that the two
/// can't disagree.
struct ModelLock: Hashable, Sendable {
  /// One file of a model.
  struct File: Hashable, Sendable {
    /// The package on PyPI that it comes from.
    let package: String
    /// The version of the package.
    let version: String
    /// The path within the models folder.
    let name: String
    /// The size in bytes.
    let byteCount: Int
    /// The digest, as 64 lower-case hexadecimal digits.
    let sha256: String
  }

  /// The language model whose neurons are explained, in GGUF.
  static let languageModel = "smollm2-135m-instruct-q4_1.gguf"
  /// The weights of the model that embeds explanations, in safetensors.
  static let embeddingModel = "all-minilm-l6-v2/model.safetensors"
  /// The WordPiece vocabulary of the model that embeds explanations.
  static let embeddingVocabulary = "all-minilm-l6-v2/vocab.txt"

  /// The files, in the order of the table.
  let files: [File]

  /// The table that is compiled into the program.
  static func pinned() throws(ModelStoreError) -> ModelLock {
    try ModelLock(parsing: String(decoding: PackageResources.models_lock, as: UTF8.self))
  }

  /// Reads a table: `package` lines, each followed by the `file` lines that come from it.
  ///
  /// - Throws: `badTable` with the first line that has not the form.
  init(parsing text: String) throws(ModelStoreError) {
    var files: [File] = []
    var package: (name: String, version: String)?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let fields = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
      switch (fields.first, fields.count) {
      case (nil, _): continue
      case ("package", 6): package = (fields[1], fields[2])
      case ("file", 5):
        guard let package, let byteCount = Int(fields[3]), fields[4].utf8.count == 64 else {
          throw .badTable(line: index + 1)
        }
        files.append(
          File(
            package: package.name, version: package.version, name: fields[2],
            byteCount: byteCount, sha256: fields[4]))
      default: throw .badTable(line: index + 1)
      }
    }
    self.files = files
  }
}
