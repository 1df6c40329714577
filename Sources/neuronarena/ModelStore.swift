import ArenaCrypto
import Glibc

/// The files of the two models: where they lie, and whether they are the ones that were pinned.
///
/// Nothing is loaded that this has not checked: a foreign model would give other activations, and
/// with them wrong answers.
struct ModelStore {
  /// How a file stands to what was pinned.
  enum State: Hashable, Sendable {
    /// It is the pinned one.
    case ready
    /// There is none.
    case missing
    /// It is another one; its SHA-256.
    case damaged(found: String)
    /// It can't be read; the system's words.
    case unreadable(String)
  }

  /// The folder that the files lie in.
  let folder: String
  /// The pinned files.
  let lock: ModelLock

  /// The store in `folder`, or where the environment says: `$NEURONARENA_MODELS`, else
  /// `$XDG_CACHE_HOME/neuronarena/models`, else `~/.cache/neuronarena/models`.
  ///
  /// - Throws: If the table of pinned files, which is part of the program, can't be read.
  init(folder: String? = nil) throws(ModelStoreError) {
    self.init(folder: folder ?? Self.folder(in: environmentValue), lock: try .pinned())
  }

  init(folder: String, lock: ModelLock) {
    self.folder = folder
    self.lock = lock
  }

  /// The path of a pinned file, checked just now.
  ///
  /// - Parameter name: Its path within the models folder, such as `ModelLock.languageModel`.
  /// - Throws: What was expected and what was found, with the way to repair it.
  /// - Complexity: O(size of the file): about 0.1 s for each of the large ones.
  func checkedPath(of name: String) throws(ModelStoreError) -> String {
    guard let file = lock.files.first(where: { $0.name == name }) else {
      throw .notPinned(name)
    }
    switch state(of: file) {
    case .ready: return path(of: file)
    case .missing: throw .missing(path: path(of: file), byteCount: file.byteCount)
    case .damaged(let found):
      throw .damaged(path: path(of: file), expected: file.sha256, found: found)
    case .unreadable(let reason): throw .unreadable(path: path(of: file), reason: reason)
    }
  }

  /// The folder, every pinned file of it checked just now.
  ///
  /// - Throws: What was expected and what was found of the first file that is not ready.
  /// - Complexity: O(size of the files): about 0.3 s.
  func checkedFolder() throws(ModelStoreError) -> String {
    for file in lock.files { _ = try checkedPath(of: file.name) }
    return folder
  }

  /// How `file` stands to what was pinned.
  func state(of file: ModelLock.File) -> State {
    do throws(CryptoError) {
      let found = Hex.encode(try SHA256.hash(fileAt: path(of: file)))
      return found == file.sha256 ? .ready : .damaged(found: found)
    } catch {
      switch error {
      case .file(_, _, ENOENT): return .missing
      case .file(_, let operation, let code):
        return .unreadable("\(operation): \(String(cString: strerror(code)))")
      case .library(_, let message): return .unreadable(message)
      }
    }
  }

  /// Where `file` lies, or would.
  func path(of file: ModelLock.File) -> String { "\(folder)/\(file.name)" }

  /// The models folder that an environment asks for.
  static func folder(in environment: (String) -> String?) -> String {
    if let folder = environment("NEURONARENA_MODELS"), !folder.isEmpty { return folder }
    if let cache = environment("XDG_CACHE_HOME"), !cache.isEmpty {
      return "\(cache)/neuronarena/models"
    }
    return "\(environment("HOME") ?? ".")/.cache/neuronarena/models"
  }
}

/// Why there is no model to load; each is one sentence with the way out.
enum ModelStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(path: String, byteCount: Int)
  case damaged(path: String, expected: String, found: String)
  case unreadable(path: String, reason: String)
  /// The program asked for a file that its own table doesn't hold.
  case notPinned(String)
  /// Line `number` of the table has not the form that it should.
  case badTable(line: Int)

  var description: String {
    switch self {
    case .missing(let path, let byteCount):
      "the model file \(path) (\(byteCount) bytes) is missing: run `make models` to fetch it, "
        + "or name the folder that has it with NEURONARENA_MODELS"
    case .damaged(let path, let expected, let found):
      "the model file \(path) is damaged or another one: expected SHA-256 \(expected), "
        + "found \(found); run `make models` to repair it"
    case .unreadable(let path, let reason):
      "the model file \(path) can't be read (\(reason)): check its permissions and the disk, "
        + "or name another folder with NEURONARENA_MODELS"
    case .notPinned(let name):
      "\(name) is not one of the pinned model files"
    case .badTable(let line):
      "line \(line) of models.lock can't be read: rebuild the program from a clean clone"
    }
  }
}

private func environmentValue(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
