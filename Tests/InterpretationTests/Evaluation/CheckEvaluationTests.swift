import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

/// Figures of the checks, from files of texts judged by hand.
@Suite struct CheckEvaluationTests {
  private func withFile<Result>(_ lines: [String], _ body: (String) throws -> Result) throws
    -> Result
  {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).jsonl"
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  private func evaluation() throws -> CheckEvaluation {
    try CheckEvaluation(embedder: ToyEmbedder())
  }

  @Test func `pairs are counted, and those for measuring once more`() throws {
    let pairs = [
      #"{"a": "banana", "b": "bananas", "same": true}"#,
      #"{"a": "before a noun", "b": "after a noun", "same": false}"#,
      #"{"a": "the word \"river\"", "b": "river", "same": true}"#,
      #"{"a": "a river", "b": "a river", "same": false}"#,
    ]
    let figures = try withFile(pairs) { try evaluation().duplicates(path: $0) }
    #expect(figures.map(\.name) == ["the same meaning", "the same meaning"])
    #expect(figures.map(\.isMeasuringHalf) == [false, true])
    #expect(figures[0].rightCount == 2 && figures[0].yesCount == 3 && figures[0].dueCount == 2)
    #expect(figures[1].yesCount <= 3 && figures[1].rightCount <= figures[1].dueCount)
    #expect(
      figures[0].row == "| the same meaning | all | 2 of 3, 67 % | 2 of 2, 100 % |")
  }

  @Test func `explicit texts are counted by what is to become of them`() throws {
    let texts = [
      #"{"text": "fuck", "label": "block"}"#, #"{"text": "a river", "label": "block"}"#,
      #"{"text": "fucking", "label": "fine"}"#,
    ]
    let figures = try withFile(texts) { try evaluation().explicit(path: $0) }
    #expect(figures.count == 4 && figures[0].name == "blocked")
    #expect(figures[0].rightCount == 1 && figures[0].yesCount == 2 && figures[0].dueCount == 2)
    #expect(figures[1].dueCount == 2 && figures[1].yesCount >= 2)
  }

  @Test func `a file without lines has figures of nothing`() throws {
    let figures = try withFile([]) { try evaluation().duplicates(path: $0) }
    #expect(figures.allSatisfy { $0.yesCount == 0 && $0.dueCount == 0 })
    #expect(figures[1].row == "| the same meaning | half for measuring | 0 of 0 | 0 of 0 |")
  }

  @Test(arguments: [
    (#"{"a": "x", "b": "y"}"#, "/same"), (#"{"a": "x", "same": true}"#, "/b"),
    (#"{"a": "", "b": "y", "same": true}"#, "/a"), (#"{"a": 3, "b": "y", "same": true}"#, "/a"),
    (#"{"a": "x", "b": "y", "same": "yes"}"#, "/same"), ("[1, 2", ""),
  ])
  func `a faulty line is named`(line: String, place: String) throws {
    let good = #"{"a": "banana", "b": "bananas", "same": true}"#
    try withFile([good, line, good]) { path in
      let fault = try #require(throws: ImportFault.self) {
        try evaluation().duplicates(path: path)
      }
      #expect(fault.line == 2 && fault.file == path && fault.path.hasPrefix(place), "\(fault)")
    }
  }

  @Test func `an unknown label and a missing file are refused`() throws {
    #expect(throws: ImportFault.self) {
      try withFile([#"{"text": "x", "label": "bad"}"#]) { try evaluation().explicit(path: $0) }
    }
    #expect(throws: ImportFault.self) { try evaluation().explicit(path: "/nowhere/x.jsonl") }
  }
}
