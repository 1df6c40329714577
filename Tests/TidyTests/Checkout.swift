import FoundationEssentials

/// The files of the repository that this test was built from.
enum Checkout {
  /// One file of text.
  struct File {
    /// The path from the repository's root.
    let path: String
    /// The text.
    let text: String
    /// The lines of a Swift file without comments and the text of strings.
    var codeLines: [String] { SwiftCode(text).lines }

    /// The lines, from number 1.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  /// The folder of the repository, without a slash at its end.
  static let root: String = {
    // Tests/TidyTests/Checkout.swift
    #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/\($1)" }
  }()

  /// The names in a folder of the repository, sorted.
  static func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
  }

  /// The files below `folder` whose names end in one of `extensions`, sorted by path.
  static func files(in folder: String, _ extensions: String...) throws -> [File] {
    guard FileManager.default.fileExists(atPath: "\(root)/\(folder)") else { return [] }
    let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    return try paths.compactMap { path in
      guard extensions.contains(where: { path.hasSuffix(".\($0)") }) else { return nil }
      return try file("\(folder)/\(path)")
    }
  }

  /// One file by its path from the root.
  static func file(_ path: String) throws -> File {
    let bytes = try Data(contentsOf: URL(filePath: "\(root)/\(path)"))
    return File(path: path, text: String(decoding: bytes, as: UTF8.self))
  }
}
