import FoundationEssentials
import Testing

@testable import Interpretation

/// What is said of a folder that holds no judge.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
struct JudgeFileTests {
  private static let folder = Repository.path("Sources/neuronarena/Judge")

  /// Loads a copy of the shipped judge with some of its bytes changed.
  private func load(
    configuration: (String) -> String? = { $0 }, adapter: (Data) -> Data? = { $0 }
  ) throws -> InterpretationModels {
    let manager = FileManager.default
    let copy = manager.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)")
    try manager.createDirectory(at: copy, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: copy) }
    let folder = URL(filePath: Self.folder)
    let text = String(
      decoding: try Data(contentsOf: folder.appending(path: "judge.json")), as: UTF8.self)
    if let text = configuration(text) {
      try Data(text.utf8).write(to: copy.appending(path: "judge.json"))
    }
    if let data = adapter(try Data(contentsOf: folder.appending(path: "judge.safetensors"))) {
      try data.write(to: copy.appending(path: "judge.safetensors"))
    }
    return try #require(RealModels.shared).judging(by: copy.path())
  }

  private func fault(
    configuration: (String) -> String? = { $0 }, adapter: (Data) -> Data? = { $0 }
  ) throws -> String {
    let error = #expect(throws: ModelFileError.self) {
      try load(configuration: configuration, adapter: adapter)
    }
    return try #require(error).description
  }

  @Test func `the shipped judge is read`() throws {
    let judge = try #require(try load().judge)
    #expect(judge.version >= 1)
    let mixture = try #require(judge.mixture)
    #expect(mixture.judge > 0 && mixture.formula >= 0)
    #expect(judge.configuration.tables.count == JudgeFile.features.count)
  }

  @Test func `a missing file is named`() throws {
    #expect(try fault(configuration: { _ in nil }).contains("judge.json"))
    let missing = try fault(adapter: { _ in nil })
    #expect(missing.contains("can't read") && missing.contains("judge.safetensors"))
  }

  @Test func `an adapter cut off anywhere is refused`() throws {
    for count in [0, 7, 8, 100, 4_000, 500_000] {
      let fault = try fault(adapter: { $0.prefix(count) })
      #expect(fault.contains("judge.safetensors"), "\(count): \(fault)")
    }
  }

  @Test func `a configuration that isn't the engine's is refused, with the reason`() throws {
    func replacing(_ old: String, _ new: String) throws -> String {
      try fault(configuration: { text in
        #expect(text.contains(old), "\(old)")
        return text.replacing(old, with: new)
      })
    }
    #expect(
      try replacing("{\n \"version\"", "{\n \"format\": 9,\n \"version\"").contains("format 9"))
    #expect(try replacing("\"count\": 6", "\"count\": 7").contains("before 8 7"))
    #expect(try replacing("\"seen\"", "\"mood\"").contains("mood"))
    #expect(try replacing("\"layersApart\": 3", "\"layersApart\": 9").contains("9 layers"))
    #expect(try replacing("\"layersApart\": 3", "\"layersApart\": 2").contains("upper"))
    #expect(try replacing("\"piecesBefore\": 20", "\"piecesBefore\": -1").contains("-1"))
    #expect(try replacing("\"floor\": 0.02", "\"floor\": 0").contains("readout"))
    #expect(try replacing("\"tokenPiecesMax\": 5", "\"tokenPiecesMax\": 6").contains("6 pieces"))
    #expect(try fault(configuration: { $0.dropLast(9).description }).contains("judge.json"))
    #expect(try fault(configuration: { _ in "[]" }).contains("judge.json"))
  }
}
