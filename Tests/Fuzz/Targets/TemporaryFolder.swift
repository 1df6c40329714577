import FoundationEssentials

/// A folder of one run's own, for what reads by path: the seeds' tests run several at a time.
struct TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/fuzz-\(UUID().uuidString)"

  /// Calls `body` with a new folder in which these files stand, and removes it.
  static func with<Result>(
    _ files: [(name: String, bytes: [UInt8])],
    _ body: (TemporaryFolder) throws(FuzzFinding) -> Result
  ) throws(FuzzFinding) -> Result {
    let folder = TemporaryFolder()
    let manager = FileManager.default
    defer { try? manager.removeItem(atPath: folder.path) }
    try? manager.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    for (name, bytes) in files {
      guard manager.createFile(atPath: folder[name], contents: Data(bytes)) else {
        throw FuzzFinding("can't write \(folder[name])")
      }
    }
    return try body(folder)
  }

  /// The path of the file of that name.
  subscript(name: String) -> String { "\(path)/\(name)" }
}
