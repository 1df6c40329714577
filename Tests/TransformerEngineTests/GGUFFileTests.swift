import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct GGUFFileTests {
  private func open(_ bytes: [UInt8]) throws(EngineError) -> GGUFFile {
    try GGUFFile(FileContents(bytes, name: "test.gguf"))
  }

  @Test func `a small file's metadata and tensors are found`() throws {
    let file = try open(TinyLlama.file())
    #expect(file.tensors.count == 20)
    #expect(try file.string("general.architecture") == "llama")
    #expect(try file.strings("tokenizer.ggml.merges") == ["a b"])
    #expect(try file.number("llama.rope.freq_base") == 10_000)
    let gate = try file.tensor("blk.0.ffn_gate.weight", 32, 64)
    #expect(gate.type == .q4_1)
    #expect(file.withUnsafeBytes(of: gate) { $0.count } == 64 * 20)
  }

  @Test func `a file cut anywhere is refused`() throws {
    let whole = TinyLlama.file()
    let end = try open(whole).tensors.values.map(\.range.upperBound).max() ?? 0
    for count in stride(from: 0, to: end, by: 7) {
      #expect(throws: EngineError.self, "cut to \(count)") { try open(Array(whole[..<count])) }
    }
  }

  @Test func `counts beyond the file or the limits are refused`() {
    for count in [UInt64(1) << 20, UInt64(Int64.max), .max] {
      var many = GGUFWriter()
      many.bytes += "GGUF".utf8
      many.integer(UInt32(3))
      many.integer(count)
      many.integer(UInt64(0))
      #expect(throws: EngineError.self) { try open(many.bytes) }

      var text = GGUFWriter()
      text.header(tensors: 0, metadata: 1)
      text.integer(count)
      #expect(throws: EngineError.self) { try open(text.bytes) }

      var array = GGUFWriter()
      array.header(tensors: 0, metadata: 1)
      array.string("key")
      array.integer(UInt32(9))
      array.integer(UInt32(0))
      array.integer(count)
      #expect(throws: EngineError.self) { try open(array.bytes) }
    }
  }

  @Test func `a tensor outside of the file is refused`() {
    for offset in [32, 1 << 40, Int.max - 31] {
      var writer = GGUFWriter()
      writer.header(tensors: 1, metadata: 0)
      writer.tensor("t", [8], type: 0, offset: offset)
      writer.align()
      writer.bytes += [UInt8](repeating: 0, count: 32)
      #expect(throws: EngineError.self) { try open(writer.bytes) }
    }
  }

  @Test func `dimensions whose product overflows are refused`() {
    var writer = GGUFWriter()
    writer.header(tensors: 1, metadata: 0)
    writer.tensor("t", [1 << 30, 1 << 30, 1 << 30], type: 0, offset: 0)
    #expect(throws: EngineError.self) { try open(writer.bytes) }
  }

  @Test(arguments: [1, 2, 8, 64, 4096])
  func `tensors begin where the file's alignment says`(alignment: Int) throws {
    var writer = GGUFWriter()
    writer.header(tensors: 2, metadata: 1)
    writer.entry("general.alignment", integer: alignment)
    // An odd length, so that the second can't begin right behind unless it may begin anywhere.
    let second = (6 + alignment - 1) / alignment * alignment
    writer.tensor("a", [3], type: ElementType.f16.rawValue, offset: 0)
    writer.tensor("b", [1], type: 0, offset: second)
    writer.align(alignment)
    let start = writer.bytes.count
    writer.bytes += [0, 0x3C, 0, 0x40, 0, 0xC0]
    writer.bytes += [UInt8](repeating: 0xFF, count: start + second - writer.bytes.count)
    writer.integer(Float(7).bitPattern)
    let file = try open(writer.bytes)
    for (name, count, expected) in [("a", 3, [1, 2, -2]), ("b", 1, [7])] as [(String, Int, [Float])]
    {
      let tensor = try file.tensor(name, count)
      #expect(
        file.withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: tensor.type) }
          == expected)
    }
    #expect(throws: EngineError.self) { try open(Array(writer.bytes.dropLast())) }
  }

  @Test(arguments: [0, 3, 12, 1 << 21])
  func `an alignment that is no power of two or beyond reason is refused`(alignment: Int) {
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: 1)
    writer.entry("general.alignment", integer: alignment)
    #expect(throws: EngineError.self) { try open(writer.bytes) }
  }

  @Test func `a part of a model in several files says so`() {
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: 1)
    writer.entry("split.count", integer: 3)
    #expect(
      throws: EngineError.unsupported(file: "test.gguf", reason: "it is one of 3 files of a model")
    ) {
      try open(writer.bytes)
    }
  }

  @Test func `rows that aren't whole blocks are refused`() {
    var writer = GGUFWriter()
    writer.header(tensors: 1, metadata: 0)
    writer.tensor("t", [16, 2], type: ElementType.q4_1.rawValue, offset: 0)
    writer.align()
    writer.bytes += [UInt8](repeating: 0, count: 64)
    #expect(throws: EngineError.self) { try open(writer.bytes) }
  }

  @Test func `arrays nested without end are refused`() {
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: 1)
    writer.string("key")
    writer.integer(UInt32(9))
    for _ in 0..<100_000 {
      writer.integer(UInt32(9))
      writer.integer(UInt64(1))
    }
    #expect(throws: EngineError.self) { try open(writer.bytes) }
  }

  @Test func `another version or magic number is refused`() {
    var old = GGUFWriter()
    old.header(version: 2, tensors: 0, metadata: 0)
    #expect(throws: EngineError.self) { try open(old.bytes) }
    #expect(throws: EngineError.self) { try open(Array("GGML and more bytes behind".utf8)) }
  }

  @Test func `a file or model with flipped bytes is refused or still runs`() throws {
    let whole = TinyLlama.file()
    let threads = try EngineThreads(count: 1, niceValue: 0)
    let seed: UInt64 = 0x5EED
    var generator = SeededGenerator(seed: seed)
    let headerEnd = try open(whole).tensors.values.map(\.range.lowerBound).min() ?? 0
    var loaded = 0
    for round in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        // Mostly in the header, where the dangerous numbers are.
        let end = round % 4 == 0 ? bytes.count : headerEnd
        bytes[Int.random(in: 0..<end, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      guard let file = try? open(bytes),
        let model = try? LanguageModel(file: file, threads: threads)
      else { continue }
      loaded += 1
      #expect(
        try model.mlpActivations(of: [[1, 2, 3]], layers: [1])[0][1]?.tokenCount == 3,
        "seed \(seed), round \(round)")
    }
    #expect(loaded > 0)
  }

  @Test func `a missing file or a folder says so`() {
    #expect(throws: EngineError.self) { try FileContents(path: "/nowhere/model.gguf") }
    #expect(throws: EngineError.self) { try FileContents(path: "/") }
    #expect(throws: EngineError.self) { try FileContents(path: #filePath, byteCountMax: 10) }
  }
}
