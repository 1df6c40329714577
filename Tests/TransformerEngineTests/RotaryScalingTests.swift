import Testing

@testable import TransformerEngine

/// What GGUF files say of rotary positions; that it is computed so, `ModelReferenceTests` shows.
@Suite struct RotaryScalingTests {
  private static let key = "llama.rope.scaling."

  private func scaling(
    _ type: String?, _ numbers: [(key: String, value: Float)] = [], originalLength: Int? = nil
  ) throws -> RotaryPositions.Scaling? {
    var writer = GGUFWriter()
    let count = 7 + numbers.count + (type == nil ? 0 : 1) + (originalLength == nil ? 0 : 1)
    writer.header(tensors: 1, metadata: count)
    writer.entry("general.architecture", string: "llama")
    for (key, value) in [
      ("block_count", 1), ("embedding_length", 4), ("feed_forward_length", 3),
      ("attention.head_count", 1), ("context_length", 64),
    ] { writer.entry("llama." + key, integer: value) }
    writer.entry("llama.attention.layer_norm_rms_epsilon", number: 1e-5)
    if let type { writer.entry(Self.key + "type", string: type) }
    if let originalLength {
      writer.entry(Self.key + "original_context_length", integer: originalLength)
    }
    for (key, value) in numbers {
      writer.entry(key.contains(".") ? key : Self.key + key, number: value)
    }
    writer.tensor("token_embd.weight", [4, 2], type: 0, offset: 0)
    writer.align()
    writer.bytes += [UInt8](repeating: 0, count: 32)
    return try DecoderConfiguration(
      GGUFFile(FileContents(writer.bytes, name: "scaled.gguf"))
    ).rotary?.scaling
  }

  @Test func `nothing is scaled unless a file says so`() throws {
    #expect(try scaling(nil) == RotaryPositions.Scaling.none)
    #expect(try scaling("none", [("factor", 4)]) == RotaryPositions.Scaling.none)
    #expect(try scaling("linear") == RotaryPositions.Scaling.none)
  }

  @Test func `a factor without a type is linear, under its old name too`() throws {
    for (type, key) in [
      ("linear", "factor"), (nil, "factor"), (nil, "llama.rope.scale_linear"),
    ] as [(String?, String)] {
      #expect(try scaling(type, [(key, 4)]) == .linear(factor: 4))
    }
  }

  @Test func `YaRN has the converter's numbers, and usual ones where it wrote none`() throws {
    var yarn = RotaryPositions.YaRN(factor: 4, contextLength: 64)
    #expect(try scaling("yarn", [("factor", 4)]) == .yarn(yarn))
    yarn.contextLength = 16
    #expect(try scaling("yarn", [("factor", 4)], originalLength: 16) == .yarn(yarn))
    (yarn.betaFast, yarn.betaSlow, yarn.magnitude) = (8, 0.5, 1.25)
    let numbers: [(String, Float)] = [
      ("factor", 4), ("yarn_beta_fast", 8), ("yarn_beta_slow", 0.5), ("yarn_attn_factor", 1.25),
      ("yarn_ext_factor", 1), ("attn_factor", 1), ("yarn_log_multiplier", 0),
    ]
    #expect(try scaling("yarn", numbers, originalLength: 16) == .yarn(yarn))
  }

  @Test(
    arguments: [
      ("longrope", [("factor", 4)]), ("yarn", []), ("", []), ("linear", [("factor", 0)]),
      ("linear", [("factor", -1)]), ("linear", [("factor", .nan)]), ("yarn", [("factor", 0)]),
      ("yarn", [("factor", 4), ("yarn_ext_factor", 0.5)]),
      ("yarn", [("factor", 4), ("attn_factor", 2)]),
      ("yarn", [("factor", 4), ("yarn_log_multiplier", 0.1)]),
      ("yarn", [("factor", 4), ("yarn_beta_fast", .infinity)]),
      ("yarn", [("factor", 4), ("yarn_beta_slow", -1)]),
    ] as [(String, [(String, Float)])])
  func `what can't be computed is refused`(type: String, numbers: [(String, Float)]) {
    #expect(throws: EngineError.self) { try scaling(type, numbers) }
  }

  @Test func `a context before scaling that is none is refused`() {
    #expect(throws: EngineError.self) {
      try scaling("yarn", [("factor", 4)], originalLength: 0)
    }
  }
}
