import Testing

@Suite("The house is in order")
struct HouseRuleTests {
  /// Above this a file holds more than one topic.
  private static let lineCountMax = 400

  /// What lies in the repository's root, beside files whose names begin with a dot.
  private static let rootNames: Set<String> = [
    "CHANGELOG.md", "LICENSE", "Makefile", "Package.resolved", "Package.swift", "README.md",
    "Sources", "Tests", "client-js", "protocol",
  ]

  /// What would end the process, with the way that is open instead.
  private static let forbidden = [
    (text: "try!", instead: "handle the error"),
    (text: "as!", instead: "use as? and say what happens otherwise"),
    (text: "fatalError(", instead: "throw, or state a precondition about the caller"),
    (text: "nonisolated(unsafe)", instead: "use a Locked or an Atomic"),
    (text: "unowned(unsafe)", instead: "use a strong or a weak reference"),
  ]

  /// Where an object may vouch for itself; the reason stands in the type's comment.
  private static let unchecked: Set<String> = [
    "Sources/ArenaTypes/Locked.swift",
    "Sources/DispatchTransport/Confined.swift",
    "Sources/DispatchTransport/TLS/TLSMaterial.swift",
    "Sources/TransformerEngine/Files/FileContents.swift",
    "Sources/TransformerEngine/Kernels/EngineThreads.swift",
    "Sources/TransformerEngine/Kernels/FloatBuffer.swift",
    "Sources/TransformerEngine/Kernels/MappedFile.swift",
    "Sources/TransformerEngine/Kernels/PackedMatrix.swift",
  ]

  /// What only a clock of the caller's may tell: rules and codecs are given the moment.
  private static let clocks = [
    "clock_gettime", "gettimeofday", "ContinuousClock", "SuspendingClock", "DispatchTime",
    "DispatchWallTime", "Date()", "time(nil)", "SystemRandomNumberGenerator", ".random(in",
    ".randomElement()", ".shuffled()",
  ]

  @Test("No file is longer than 400 lines")
  func lengths() throws {
    let files =
      try Checkout.files(in: "Sources", "swift", "c", "h")
      + Checkout.files(in: "Tests", "swift", "py") + Checkout.files(in: ".make", "sh")
    for file in files {
      let count = file.lines.count - 1
      #expect(count <= Self.lineCountMax, "\(file.path) has \(count) lines")
    }
  }

  @Test("Nothing in the program ends the process by force")
  func crashes() throws {
    for file in try Checkout.files(in: "Sources", "swift") {
      for (index, line) in file.codeLines.enumerated() {
        let place = "\(file.path):\(index + 1)"
        for (text, instead) in Self.forbidden {
          #expect(!line.contains(text), "\(place): \(text) (\(instead))")
        }
        #expect(!unwrapsByForce(line), "\(place): unwraps by force")
      }
    }
  }

  @Test("Only the known types vouch for their own thread safety, and say why")
  func uncheckedSendable() throws {
    for file in try Checkout.files(in: "Sources", "swift") {
      guard file.text.contains("@unchecked Sendable"),
        file.codeLines.contains(where: { $0.contains("@unchecked Sendable") })
      else { continue }
      #expect(Self.unchecked.contains(file.path), "\(file.path)")
      let comments = file.lines.filter { $0.contains("///") }
      let givesReason = comments.contains {
        $0.contains("`@unchecked Sendable`") || $0.contains("thread safety")
      }
      #expect(givesReason, "\(file.path) gives no reason")
    }
  }

  @Test("Rules and codecs read no clock and draw no chance of their own")
  func purity() throws {
    for target in ["ArenaTypes", "HTTPCodec", "WebSocketCodec", "ArenaProtocol", "ArenaRules"] {
      for file in try Checkout.files(in: "Sources/\(target)", "swift") {
        for (index, line) in file.codeLines.enumerated() {
          for clock in Self.clocks {
            #expect(
              !line.contains(clock) || line.contains("using:"),
              "\(file.path):\(index + 1) has \(clock)")
          }
        }
      }
    }
  }

  @Test("Every TODO names its issue")
  func todos() throws {
    let files =
      try Checkout.files(in: "Sources", "swift", "c", "h") + Checkout.files(in: "Tests", "swift")
      + Checkout.files(in: "client-js", "js", "css", "html")
    for file in files where !file.path.hasPrefix("Tests/TidyTests/") {
      for (index, line) in file.lines.enumerated() {
        let isOpenEnd = line.contains("TODO") || line.contains("FIXME")
        #expect(!isOpenEnd || line.contains("#"), "\(file.path):\(index + 1)")
      }
    }
  }

  @Test("The root holds what a newcomer needs and nothing else")
  func root() throws {
    for name in try Checkout.names() {
      #expect(
        name.hasPrefix(".") || Self.rootNames.contains(name), "\(name) belongs into a folder")
    }
  }

  @Test("What is wrong is found", arguments: ["let a = b!", "c[0]!.d", "f()!", "x! + 1"])
  func forceUnwraps(line: String) {
    #expect(unwrapsByForce(SwiftCode(line).lines[0]))
  }

  @Test(
    "What is right is left alone",
    arguments: [
      "a != b", "if !a, !b {", "print(\"Hello!\")", "// what!", "a!=b", "/* a! /* b! */ c! */ d",
      "#\"raw! \"quoted!\" \"#", "\"\\(a)!\"", "f(!x)", "\"\"\"\n a! \"b!\"\n\"\"\"",
      "\"\\(a.map { \"x!\" } ?? \"y!\")\"",
    ])
  func noForceUnwraps(text: String) {
    #expect(!SwiftCode(text).lines.contains(where: unwrapsByForce))
  }

  /// Whether an expression ends in `!`: one that is not the first character of `!=`.
  private func unwrapsByForce(_ line: String) -> Bool {
    guard line.contains("!") else { return false }
    let characters = Array(line)
    return characters.indices.contains { index in
      guard characters[index] == "!", index > 0 else { return false }
      let before = characters[index - 1]
      let endsExpression = before.isLetter || before.isNumber || "_)]".contains(before)
      return endsExpression && characters.dropFirst(index + 1).first != "="
    }
  }
}
