import Testing

@testable import TransformerEngine

@Suite struct QuantizedBlocksTests {
  struct Reference: Decodable {
    var block_bytes: Int
    var block_elems: Int
    var hex: [String]
    var f32: [[Float]]
  }

  static let types: [(String, ElementType)] = [
    ("Q4_0", .q4_0), ("Q4_1", .q4_1), ("Q5_0", .q5_0), ("Q5_1", .q5_1), ("Q8_0", .q8_0),
    ("Q2_K", .q2_K), ("Q3_K", .q3_K), ("Q4_K", .q4_K), ("Q5_K", .q5_K), ("Q6_K", .q6_K),
    ("F16", .f16), ("BF16", .bf16),
  ]

  @Test(arguments: types)
  func `blocks become the reference's floats`(name: String, type: ElementType) throws {
    let references = try Fixtures.decode([String: Reference].self, from: "quant_blocks.json")
    let reference = try #require(references[name])
    #expect(
      reference.block_bytes * type.blockElementCount
        == reference.block_elems * type.blockByteCount)
    for (hex, expected) in zip(reference.hex, reference.f32) {
      let found = floats(fromHex: hex, type: type)
      #expect(found.count == expected.count)
      for (value, expected) in zip(found, expected) {
        // The reference is written with eight decimals.
        #expect(abs(value - expected) <= 5.1e-9 + abs(expected) * 1e-7)
      }
    }
  }

  /// Where a block's halves are.
  private static func halves(_ type: ElementType) -> [Int] {
    switch type {
    case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
    case .q2_K: [80, 82]
    case .q3_K: [108]
    case .q6_K: [208]
    default: [0]
    }
  }

  /// Random blocks as of Tests/References/make_quant_fingerprints.py.
  @Test(arguments: types)
  func `random blocks become the reference's floats bit by bit`(
    name: String, type: ElementType
  ) throws {
    let expected = try Fixtures.decode([String: String].self, from: "quant_fingerprints.json")
    var generator = SplitMix64(state: UInt64(type.rawValue))
    var bytes = (0..<256 * type.blockByteCount).map { _ in UInt8(generator.next() >> 56) }
    for block in 0..<256 {
      for place in Self.halves(type) { bytes[block * type.blockByteCount + place + 1] &= 0xBF }
    }
    let floats = bytes.withUnsafeBytes { QuantizedBlocks.floats($0, type: type) }
    #expect(MixedText.fingerprint(floats.map(\.bitPattern)) == expected[name])
  }

  @Test func `tensors of the real file become the reference's floats`() throws {
    let reference = try Fixtures.decode(SmolLM2Reference.self, from: "smollm2.json")
    let file = try GGUFFile(path: Models.path("smollm2-135m-instruct-q4_1.gguf"))
    for (name, expected) in reference.dequant {
      let tensor = try #require(file.tensors[name])
      let (first, second) = file.withUnsafeBytes(of: tensor) { bytes in
        let row = tensor.type.byteCount(elements: tensor.columnCount) ?? 0
        return (
          QuantizedBlocks.floats(.init(rebasing: bytes[0..<row]), type: tensor.type),
          QuantizedBlocks.floats(.init(rebasing: bytes[row..<2 * row]), type: tensor.type)
        )
      }
      for (value, expected) in zip(first, expected.first_block_f32) {
        #expect(abs(value - expected) < 1e-7)
      }
      for (value, expected) in zip(second, expected.row_1_first4) {
        #expect(abs(value - expected) < 1e-7)
      }
      if tensor.elementCount > 1_000_000 { continue }
      let sum = file.withUnsafeBytes(of: tensor) {
        QuantizedBlocks.floats($0, type: tensor.type).reduce(0) { $0 + Double(abs($1)) }
      }
      #expect(abs(sum / expected.sum_abs - 1) < 1e-6)
    }
  }

  @Test func `bytes beyond the last whole block are left alone`() {
    #expect(floats(fromHex: "0000", type: .q4_1).isEmpty)
    #expect(floats(fromHex: "0000803f00", type: .f32) == [1])
  }

  private func floats(fromHex hex: String, type: ElementType) -> [Float] {
    let digits = Array(hex.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) ?? 0
    }
    return bytes.withUnsafeBytes { QuantizedBlocks.floats($0, type: type) }
  }
}
