import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct SafetensorsFileTests {
  private func bytes(_ header: String, data: [UInt8] = []) -> [UInt8] {
    var writer = GGUFWriter()
    writer.string(header)
    return writer.bytes + data
  }

  private func open(_ bytes: [UInt8]) throws(EngineError) -> SafetensorsFile {
    try SafetensorsFile(FileContents(bytes, name: "test.safetensors"))
  }

  private let good = """
    {"__metadata__": {"format": "pt", "shape": "any"},
     "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
     "b": {"dtype": "BF16", "shape": [2], "data_offsets": [8, 12]},
     "c": {"dtype": "F16", "shape": [1], "data_offsets": [12, 14]},
     "d": {"dtype": "I64", "shape": [], "data_offsets": [14, 14]}}
    """
  private let data: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x80, 0x3F, 0, 0x40, 0, 0x3C]

  @Test func `tensors of all float types are read`() throws {
    let file = try open(bytes(good, data: data))
    #expect(try file.floats("a", 2, 1) == [1, -2])
    #expect(try file.floats("b", 2) == [1, 2])
    #expect(try file.floats("c", 1) == [1])
    #expect(throws: EngineError.self) { try file.floats("a", 2) }
    #expect(throws: EngineError.self) { try file.floats("d") }
    #expect(throws: EngineError.self) { try file.floats("missing", 1) }
  }

  @Test func `a file cut anywhere is refused`() {
    let whole = bytes(good, data: data)
    for count in 0..<whole.count {
      #expect(throws: EngineError.self, "cut to \(count)") { try open(Array(whole[..<count])) }
    }
  }

  @Test(arguments: [
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 16]}}"#,
    #"{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}"#,
    #"{"a": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 9223372036854775807]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 1e300]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2]}}"#, #"{"a": 1}"#, "[]", "", "{",
    #"{"a": {"dtype": "I8", "shape": [], "data_offsets": [0, 0]}, "a": {"dtype": "I8", "shape": [], "data_offsets": [0, 0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2, "x"], "data_offsets": [0, 8]}}"#,
    #"{"a": {"dtype": "F32", "shape": [2.5], "data_offsets": [0, 8]}}"#,
  ])
  func `a wrong header is refused`(header: String) {
    #expect(throws: EngineError.self) {
      try open(bytes(header, data: [UInt8](repeating: 0, count: 8)))
    }
  }

  @Test func `deep nesting is refused`() {
    let deep = String(repeating: #"{"a":"#, count: 200_000)
    #expect(throws: EngineError.self) { try open(bytes(deep)) }
  }

  @Test func `flipped bytes never crash`() {
    var generator = SeededGenerator(seed: 0x5AFE)
    let whole = bytes(good, data: data)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      guard let file = try? open(bytes) else { continue }
      _ = try? file.floats("a", 2, 1)
      _ = try? file.floats("b", 2)
    }
  }
}
