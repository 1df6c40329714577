import ArenaCrypto
import ArenaTypes
import FoundationEssentials
import Interpretation
import Testing
import TransformerEngine

/// Models of the caller's, opened as what a campaign is built on.
@Suite struct LanguageSubjectFileTests {
  private static let shapes =
    [
      ("model.embed_tokens.weight", [3, 4]), ("model.norm.weight", [4]),
      ("model.layers.0.input_layernorm.weight", [4]),
      ("model.layers.0.post_attention_layernorm.weight", [4]),
      ("model.layers.0.mlp.gate_proj.weight", [6, 4]),
      ("model.layers.0.mlp.up_proj.weight", [6, 4]),
      ("model.layers.0.mlp.down_proj.weight", [4, 6]),
    ] + ["q", "k", "v", "o"].map { ("model.layers.0.self_attn.\($0)_proj.weight", [4, 4]) }

  private static let files = [
    "config.json": #"""
    {"model_type": "llama", "num_hidden_layers": 1, "hidden_size": 4, "num_attention_heads": 2,
     "intermediate_size": 6, "vocab_size": 3, "max_position_embeddings": 8,
     "tie_word_embeddings": true}
    """#,
    "tokenizer.json": #"""
    {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
     "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
    """#,
    "README.md": "not read",
  ]

  /// A checkpoint of one layer, whose weights are all `value`.
  private func withCheckpoint<Result>(of value: Float, _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "subject-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    var entries: [String] = []
    var data: [UInt8] = []
    for (name, shape) in Self.shapes {
      let start = data.count
      let bytes = withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      for _ in 0..<shape.reduce(1, *) { data += bytes }
      entries.append(
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    try Data(length + header + data).write(to: folder.appending(path: "model.safetensors"))
    return try body(folder.path)
  }

  @Test func `a checkpoint's digest is that of what sha256sum prints of the files that are read`()
    throws
  {
    try withCheckpoint(of: 0.5) { path in
      let subject = try LanguageSubject(path: path, name: "tiny", threads: EngineThreads())
      var lines = ""
      for name in ["config.json", "model.safetensors", "tokenizer.json"] {
        lines += "\(Hex.encode(try SHA256.hash(fileAt: path + "/" + name)))  \(name)\n"
      }
      #expect(subject.digest == Hex.encode(try SHA256.hash(Array(lines.utf8))))
      #expect(subject.name == "tiny")
      #expect(try subject.tokenIDs(of: "abb") == [2, 1])
      #expect(subject.group(.mlp, layer: 0)?.count == 6)
      #expect(subject.group(.head, layer: 0)?.count == 2)
    }
  }

  @Test func `other weights have another digest`() throws {
    func digest(_ value: Float) throws -> String {
      try withCheckpoint(of: value) {
        try LanguageSubject(path: $0, name: "tiny", threads: EngineThreads()).digest
      }
    }
    #expect(try digest(0.5) == digest(0.5))
    #expect(try digest(0.5) != digest(0.25))
  }

  @Test(arguments: ["/nowhere", "/", #filePath, ""])
  func `what is no model is refused`(path: String) {
    #expect(throws: InterpretationError.self) {
      try LanguageSubject(path: path, name: "x", threads: EngineThreads())
    }
  }

  @Test func `units are found by name, and names given twice are told`() throws {
    try withCheckpoint(of: 0.5) { path in
      var subject = try LanguageSubject(path: path, name: "tiny", threads: EngineThreads())
      let set = DirectionSet(name: "axes", layer: 1, vectors: [[1, 0, 0, 0], [0, 1, 0, 0]])
      subject.directions = [set]
      #expect(subject.repeatedNames.isEmpty)
      let neuron = NeuronIndex(layer: 0, neuron: 5)
      let head = HeadIndex(layer: 0, head: 1)
      let direction = ResidualDirection(layer: 1, vector: [0, 1, 0, 0])
      #expect(try subject.unit(UnitID(rawValue: "tiny/0/mlp/5")) == .neuron(neuron))
      #expect(try subject.unit(UnitID(rawValue: "tiny/0/head/1")) == .head(head))
      #expect(try subject.unit(UnitID(rawValue: "tiny/1/residual:axes/1")) == .direction(direction))
      for name in [
        "tiny/0/mlp/6", "tiny/1/mlp/0", "tiny/0/head/2", "tiny/0/residual:axes/0",
        "tiny/1/residual:axes/2", "tiny/0/feature:axes/0", "tiny/0/mlp", "",
      ] {
        #expect(throws: InterpretationError.unknownUnit(UnitID(rawValue: name))) {
          try subject.unit(UnitID(rawValue: name))
        }
      }
      subject.directions = [set, set]
      #expect(subject.repeatedNames == ["residual:axes of layer 1"])
    }
  }
}
