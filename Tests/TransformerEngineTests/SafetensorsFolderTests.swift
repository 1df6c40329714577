import FoundationEssentials
import Testing

@testable import TransformerEngine

@Suite struct SafetensorsFolderTests {
  /// A folder of the given files, removed afterwards.
  private func withFolder(
    _ files: [String: [UInt8]], _ body: (String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "safetensors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    try body(folder.path)
  }

  /// A file of vectors with one element each.
  private func file(_ tensors: [String: Float]) -> [UInt8] {
    let names = tensors.keys.sorted()
    let entries = names.enumerated().map { index, name in
      #""\#(name)": {"dtype": "F32", "shape": [1], "data_offsets": [\#(index * 4), \#(index * 4 + 4)]}"#
    }
    var writer = GGUFWriter()
    writer.string("{" + entries.joined(separator: ", ") + "}")
    for name in names { writer.integer((tensors[name] ?? 0).bitPattern) }
    return writer.bytes
  }

  private func index(_ map: String) -> [UInt8] { Array(#"{"weight_map": \#(map)}"#.utf8) }

  @Test func `a single file's tensors are found`() throws {
    try withFolder([
      "model.safetensors": file(["a": 1, "b": 2]), "config.json": Array(#"{"n": 3}"#.utf8),
    ]) { path in
      let folder = try SafetensorsFolder(path: path)
      #expect(folder.tensorNames == ["a", "b"] && folder.files.count == 1)
      let (file, tensor) = try #require(folder.tensor("b"))
      #expect(try file.floats(of: tensor) == [2] && tensor.type == .f32)
      #expect(folder.tensor("c") == nil)
      #expect(try folder.json("config.json")?["n"]?.integer == 3)
      #expect(try folder.json("tokenizer.json") == nil)
    }
  }

  @Test func `tensors are found in the file that the index names`() throws {
    try withFolder([
      "1.safetensors": file(["a": 1, "x": 9]), "2.safetensors": file(["b": 2]),
      "model.safetensors.index.json": index(#"{"b": "2.safetensors", "a": "1.safetensors"}"#),
    ]) { path in
      let folder = try SafetensorsFolder(path: path)
      // What the index doesn't name isn't a part of the checkpoint.
      #expect(folder.tensorNames == ["a", "b"] && folder.files.count == 2)
      let (file, tensor) = try #require(folder.tensor("b"))
      #expect(try file.floats(of: tensor) == [2])
    }
  }

  @Test(arguments: [
    #"{"a": "2.safetensors"}"#, #"{"b": "1.safetensors"}"#, #"{"a": "../1.safetensors"}"#,
    #"{"a": "/etc/passwd"}"#, #"{"a": ""}"#, #"{"a": ".."}"#, #"{"a": "1.safetensors\u0000"}"#,
    #"{"a": 1}"#, #"{"a": "1.safetensors", "a": "1.safetensors"}"#, "[]", "null", "1",
  ])
  func `an index that leads astray is refused`(map: String) throws {
    try withFolder([
      "1.safetensors": file(["a": 1]), "model.safetensors": file(["a": 1]),
      "model.safetensors.index.json": index(map),
    ]) { path in
      #expect(throws: EngineError.self) { try SafetensorsFolder(path: path) }
    }
  }

  @Test func `an empty or missing folder says so`() throws {
    try withFolder([:]) { path in
      #expect(throws: EngineError.self) { try SafetensorsFolder(path: path) }
    }
    #expect(throws: EngineError.self) { try SafetensorsFolder(path: "/nowhere") }
  }
}
