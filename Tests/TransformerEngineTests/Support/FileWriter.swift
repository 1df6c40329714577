import TransformerEngine

/// Writes model files byte by byte, right or wrong, for the readers' tests.
struct GGUFWriter {
  var bytes: [UInt8] = []

  mutating func integer(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  mutating func string(_ text: String) {
    integer(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func header(version: UInt32 = 3, tensors: Int, metadata: Int) {
    bytes += "GGUF".utf8
    integer(version)
    integer(UInt64(tensors))
    integer(UInt64(metadata))
  }

  mutating func entry(_ key: String, integer value: Int) {
    string(key)
    integer(UInt32(4))
    integer(UInt32(value))
  }

  mutating func entry(_ key: String, number: Float) {
    string(key)
    integer(UInt32(6))
    integer(number.bitPattern)
  }

  mutating func entry(_ key: String, string value: String) {
    string(key)
    integer(UInt32(8))
    string(value)
  }

  mutating func entry(_ key: String, strings: [String]) {
    string(key)
    integer(UInt32(9))
    integer(UInt32(8))
    integer(UInt64(strings.count))
    for text in strings { string(text) }
  }

  mutating func tensor(_ name: String, _ dimensions: [Int], type: UInt32, offset: Int) {
    string(name)
    integer(UInt32(dimensions.count))
    for dimension in dimensions { integer(UInt64(dimension)) }
    integer(type)
    integer(UInt64(offset))
  }

  mutating func align(_ alignment: Int = 32) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}

/// A complete model, two layers of 32, small enough to be damaged thousands of times.
enum TinyLlama {
  static let hidden = 32
  static let inner = 64
  static let vocabulary =
    ["<|endoftext|>"] + (0x21...0x7E).map { String(UnicodeScalar($0)) } + ["ab"]

  /// The file's bytes, weights from a small generator.
  static func file() -> [UInt8] {
    var writer = GGUFWriter()
    let tensors = shapes()
    writer.header(tensors: tensors.count, metadata: 15)
    writeMetadata(&writer)
    var offset = 0
    for (name, dimensions, type) in tensors {
      writer.tensor(name, dimensions, type: type.rawValue, offset: offset)
      offset += byteCount(dimensions, type)
    }
    writer.align()
    var state: UInt32 = 1
    for (_, dimensions, type) in tensors {
      writer.bytes += weights(count: dimensions.reduce(1, *), type: type, state: &state)
      writer.align()
    }
    return writer.bytes
  }

  private static func writeMetadata(_ writer: inout GGUFWriter) {
    writer.entry("general.architecture", string: "llama")
    writer.entry("llama.block_count", integer: 2)
    writer.entry("llama.embedding_length", integer: hidden)
    writer.entry("llama.feed_forward_length", integer: inner)
    writer.entry("llama.attention.head_count", integer: 1)
    writer.entry("llama.attention.head_count_kv", integer: 1)
    writer.entry("llama.context_length", integer: 64)
    writer.entry("llama.vocab_size", integer: vocabulary.count)
    writer.entry("llama.rope.dimension_count", integer: 32)
    writer.entry("llama.attention.layer_norm_rms_epsilon", number: 1e-5)
    writer.entry("llama.rope.freq_base", number: 10_000)
    writer.entry("tokenizer.ggml.model", string: "gpt2")
    writer.entry("tokenizer.ggml.pre", string: "smollm")
    writer.entry("tokenizer.ggml.tokens", strings: vocabulary)
    writer.entry("tokenizer.ggml.merges", strings: ["a b"])
  }

  private static func shapes() -> [(String, [Int], ElementType)] {
    var shapes: [(String, [Int], ElementType)] = [
      ("token_embd.weight", [hidden, vocabulary.count], .q8_0),
      ("output_norm.weight", [hidden], .f32),
    ]
    for layer in 0..<2 {
      let type: ElementType = layer == 0 ? .q4_1 : .q4_0
      for (name, dimensions, type) in [
        ("attn_norm", [hidden], .f32), ("ffn_norm", [hidden], .f32),
        ("attn_q", [hidden, hidden], type), ("attn_k", [hidden, hidden], type),
        ("attn_v", [hidden, hidden], .f16), ("attn_output", [hidden, hidden], type),
        ("ffn_gate", [hidden, inner], type), ("ffn_up", [hidden, inner], type),
        ("ffn_down", [inner, hidden], .bf16),
      ] as [(String, [Int], ElementType)] {
        shapes.append(("blk.\(layer).\(name).weight", dimensions, type))
      }
    }
    return shapes
  }

  private static func byteCount(_ dimensions: [Int], _ type: ElementType) -> Int {
    let count = type.byteCount(elements: dimensions.reduce(1, *)) ?? 0
    return (count + 31) / 32 * 32
  }

  private static func weights(
    count: Int, type: ElementType, state: inout UInt32
  ) -> [UInt8] {
    func next() -> UInt8 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    var bytes: [UInt8] = []
    for _ in 0..<count / type.blockElementCount {
      switch type {
      case .f32: bytes += [next(), 0x20, 0x80, 0x3F]
      case .f16: bytes += [next(), 0x20 | next() & 0x8F]
      case .bf16: bytes += [next(), 0x3C | next() & 0x81]
      case .q4_1: bytes += [0, 0x20, 0, 0xA4] + (0..<16).map { _ in next() }
      case .q4_0: bytes += [0, 0x20] + (0..<16).map { _ in next() }
      default: bytes += [0, 0x10] + (0..<32).map { _ in next() }
      }
    }
    return bytes
  }
}
