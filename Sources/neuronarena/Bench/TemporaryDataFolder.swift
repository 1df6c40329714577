import Glibc

/// A folder for a bench's database.
struct TemporaryDataFolder {
  /// Where it is.
  let path: String

  /// Makes one in a folder.
  init(in base: String = "/tmp") throws {
    var template = Array("\(base)/neuronarena-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw BenchError.unexpected("no folder can be made in \(base)")
    }
    path = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes it with the database.
  func remove() {
    for ending in ["", "-wal", "-shm", ".lock"] { unlink("\(path)/arena.sqlite\(ending)") }
    rmdir(path)
  }
}
