import Testing

/// What each target may import: the project's own targets, which all stand in a lower layer, then
/// the modules of others.
private let table: [(target: String, own: [String], others: [String])] = [
  // Layer 0
  ("ArenaTypes", [], ["Glibc"]),
  // Layer 1
  ("ArenaCrypto", ["COpenSSL"], ["Glibc"]),
  ("HTTPCodec", ["CZlib", "ArenaTypes"], []),
  ("WebSocketCodec", ["CZlib", "ArenaTypes"], []),
  ("ArenaProtocol", ["ArenaTypes"], []),
  ("ArenaRules", ["ArenaTypes"], ["Glibc"]),
  (
    "TransformerEngine", ["CKernels", "ArenaTypes"],
    ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]
  ),
  // Layer 2
  (
    "Interpretation", ["TransformerEngine", "ArenaCrypto", "CZlib", "ArenaTypes"],
    ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]
  ),
  (
    "DispatchTransport",
    ["HTTPCodec", "WebSocketCodec", "ArenaCrypto", "CLinux", "COpenSSL", "ArenaTypes"],
    ["Dispatch", "Glibc", "Logging", "Synchronization"]
  ),
  ("ArenaStorage", ["ArenaRules", "ArenaTypes"], ["Dispatch"]),
  // Layer 3
  (
    "SQLiteStorage", ["ArenaStorage", "ArenaRules", "ArenaTypes", "CSQLite"],
    ["Dispatch", "Glibc"]
  ),
  (
    "ArenaServer",
    [
      "ArenaTypes", "ArenaCrypto", "HTTPCodec", "WebSocketCodec", "ArenaProtocol", "ArenaRules",
      "TransformerEngine", "Interpretation", "DispatchTransport", "ArenaStorage",
    ],
    ["DequeModule", "Dispatch", "FoundationEssentials", "Glibc", "Logging", "Synchronization"]
  ),
  // Layer 4
  (
    "ArenaSimulation",
    [
      "ArenaTypes", "ArenaCrypto", "WebSocketCodec", "ArenaProtocol", "ArenaRules",
      "Interpretation", "DispatchTransport", "ArenaStorage", "ArenaServer",
    ],
    ["FoundationEssentials", "Logging"]
  ),
  // Layer 5
  (
    "neuronarena",
    [
      "ArenaTypes", "ArenaCrypto", "HTTPCodec", "WebSocketCodec", "ArenaProtocol", "ArenaRules",
      "TransformerEngine", "Interpretation", "DispatchTransport", "ArenaStorage", "SQLiteStorage",
      "ArenaServer", "ArenaSimulation", "CLinux", "COpenSSL",
    ],
    ["ArgumentParser", "Dispatch", "FoundationEssentials", "Glibc", "Logging", "Synchronization"]
  ),
]

/// The targets in C and the module maps of system libraries; they import nothing.
private let cTargets = ["CKernels", "CLinux", "COpenSSL", "CSQLite", "CZlib"]

/// What can hide in an import line before the module's name.
private let importWords: Set<Substring> = [
  "public", "package", "internal", "private", "fileprivate", "import", "struct", "class", "enum",
  "protocol", "func", "var", "let", "typealias",
]

@Suite("Targets import downwards only")
struct ImportTests {
  @Test("Every import line is one that the table allows")
  func imports() throws {
    for (target, own, others) in table {
      let files = try Checkout.files(in: "Sources/\(target)", "swift")
      #expect(!files.isEmpty, "\(target) is in the table but has no source")
      for file in files {
        for (number, module) in importedModules(of: file) {
          #expect(
            (own + others).contains(module), "\(file.path):\(number) imports \(module)")
        }
      }
    }
  }

  @Test("The table names every target, and only lower ones are imported")
  func layers() throws {
    let targets = table.map(\.target)
    #expect(try Checkout.names(in: "Sources") == (targets + cTargets).sorted())
    for (index, row) in table.enumerated() {
      let lower = Set(targets[..<index] + cTargets)
      #expect(lower.isSuperset(of: row.own), "\(row.target) imports from its own layer or above")
    }
  }

  @Test("There is no NIO, and no Foundation beyond its essentials")
  func unwanted() throws {
    let files =
      try Checkout.files(in: "Sources", "swift") + Checkout.files(in: "Tests", "swift")
    for file in files {
      // What the benches compare with is a package apart.
      for (number, module) in importedModules(of: file) where !file.path.hasPrefix("Tests/Peers/") {
        #expect(!module.hasPrefix("NIO"), "\(file.path):\(number)")
        #expect(!module.hasPrefix("_NIO"), "\(file.path):\(number)")
        #expect(module != "Foundation", "\(file.path):\(number)")
      }
    }
    #expect(!(try Checkout.file("Package.swift").text.contains("swift-nio")))
  }

  /// The modules that a file imports, with the numbers of the lines.
  private func importedModules(of file: Checkout.File) -> [(line: Int, module: String)] {
    file.codeLines.enumerated().compactMap { index, line in
      guard line.contains("import ") else { return nil }
      let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
      guard words.prefix(2).contains("import"),
        let name = words.first(where: { !importWords.contains($0) })
      else { return nil }
      return (index + 1, String(name.prefix { $0 != "." && $0 != ";" }))
    }
  }
}
