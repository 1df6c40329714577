/// The weights of a checkpoint of transformers, whose names and layouts differ from those of GGUF
/// files.
struct CheckpointWeights: WeightSource {
  let folder: SafetensorsFolder
  let architecture: DecoderConfiguration.Architecture
  /// Whether the output head is the embedding, even if the file has another.
  let isTied: Bool
  /// `transformer.` or `model.`, which checkpoints of the bare model lack.
  private let prefix: String

  init(
    _ folder: SafetensorsFolder, _ architecture: DecoderConfiguration.Architecture, isTied: Bool
  ) {
    self.folder = folder
    self.architecture = architecture
    self.isTied = isTied
    let prefix = architecture == .gpt2 ? "transformer." : "model."
    self.prefix = folder.tensorNames.contains { $0.hasPrefix(prefix) } ? prefix : ""
  }

  /// GGUF's names of a block's parts, and the checkpoint's.
  private static let names: [DecoderConfiguration.Architecture: [String: String]] = [
    .gpt2: [
      "attn_norm": "ln_1", "attn_qkv": "attn.c_attn", "attn_output": "attn.c_proj",
      "ffn_norm": "ln_2", "ffn_up": "mlp.c_fc", "ffn_down": "mlp.c_proj",
      "token_embd": "wte", "position_embd": "wpe", "output_norm": "ln_f",
    ],
    .llama: [
      "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
      "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
      "ffn_norm": "post_attention_layernorm", "ffn_gate": "mlp.gate_proj",
      "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
      "token_embd": "embed_tokens", "output_norm": "norm",
    ],
  ]

  /// Parts that GPT-2 stores as [inputs, outputs].
  private static let transposed: Set<String> = ["attn_qkv", "attn_output", "ffn_up", "ffn_down"]

  /// The checkpoint's name of a tensor, `blk.3.attn_norm.weight` for example, and how it lies there.
  private func place(of name: String) -> (name: String, isTransposed: Bool) {
    var words = name.split(separator: ".").map(String.init)
    if words.first == "output" { return ("lm_head." + words[1...].joined(separator: "."), false) }
    var block = ""
    if words.count == 4, words[0] == "blk" {
      block = (architecture == .gpt2 ? "h." : "layers.") + words[1] + "."
      words.removeFirst(2)
    }
    let part = Self.names[architecture]?[words[0]] ?? words[0]
    let isTransposed =
      architecture == .gpt2 && words.last == "weight" && Self.transposed.contains(words[0])
    return (prefix + block + part + "." + words[1...].joined(separator: "."), isTransposed)
  }

  func has(_ name: String) -> Bool {
    // Where an untied head is missing, reading it says so.
    name == "output.weight" ? !isTied : folder.tensor(place(of: name).name) != nil
  }

  func matrix(
    _ parts: [(name: String, rows: Int)], columns: Int
  ) throws(EngineError) -> PackedMatrix {
    var stored: [StoredMatrix] = []
    for part in parts {
      let (name, isTransposed) = place(of: part.name)
      let shape = isTransposed ? [columns, part.rows] : [part.rows, columns]
      let (file, tensor) = try tensor(name, shape)
      stored.append(
        StoredMatrix(
          file: file, tensor: tensor, rows: part.rows, columns: columns,
          isTransposed: isTransposed))
    }
    return try StoredMatrix.packed(stored, columns: columns, of: folder.path)
  }

  func vector(_ parts: [(name: String, count: Int)]) throws(EngineError) -> FloatBuffer {
    var values: [Float] = []
    for part in parts {
      let (file, tensor) = try tensor(place(of: part.name).name, [part.count])
      values += try file.floats(of: tensor)
    }
    return FloatBuffer(values)
  }

  private func tensor(
    _ name: String, _ shape: [Int]
  ) throws(EngineError) -> (SafetensorsFile, SafetensorsFile.Tensor) {
    guard let (file, tensor) = folder.tensor(name) else {
      throw .malformed(file: folder.path, reason: "tensor \(name) is missing")
    }
    guard tensor.shape == shape else {
      throw .malformed(
        file: file.contents.name, reason: "tensor \(name) is \(tensor.shape), not \(shape)")
    }
    return (file, tensor)
  }
}

/// A matrix as it lies in a safetensors file.
private struct StoredMatrix {
  let file: SafetensorsFile
  let tensor: SafetensorsFile.Tensor
  let rows: Int
  let columns: Int
  /// Whether it lies there as [columns, rows].
  let isTransposed: Bool

  /// The matrices below each other, in their own precision if they have one in common.
  static func packed(
    _ parts: [StoredMatrix], columns: Int, of name: String
  ) throws(EngineError) -> PackedMatrix {
    let types = Set(parts.map(\.tensor.type))
    let rows = parts.reduce(0) { $0 + $1.rows }
    guard types.count == 1, case .some(.some(let type)) = types.first else {
      var values: [Float] = []
      for part in parts {
        let floats = try part.file.floats(of: part.tensor)
        values += part.isTransposed ? part.transposed(floats) : floats
      }
      return try PackedMatrix(values, rows: rows, columns: columns)
    }
    return try PackedMatrix(
      type: type, rows: rows, columns: columns, of: name, parts: parts.map { ($0.rows, $0.bytes) })
  }

  /// Calls `body` with the elements, row by row.
  private func bytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    file.withUnsafeBytes(of: tensor) { bytes in
      guard isTransposed else { return body(bytes) }
      switch tensor.type {
      case .f32: transposed(elements(bytes, UInt32.self)).withUnsafeBytes(body)
      default: transposed(elements(bytes, UInt16.self)).withUnsafeBytes(body)
      }
    }
  }

  private func elements<Element: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ type: Element.Type
  ) -> [Element] {
    [Element](unsafeUninitializedCapacity: rows * columns) { out, count in
      count = rows * columns
      UnsafeMutableRawBufferPointer(out).copyMemory(from: bytes)
    }
  }

  /// [columns, rows] as [rows, columns].
  private func transposed<Element>(_ values: [Element]) -> [Element] {
    values.withUnsafeBufferPointer { values in
      [Element](unsafeUninitializedCapacity: rows * columns) { out, count in
        count = rows * columns
        guard let base = out.baseAddress else { return }
        for row in 0..<rows {
          for column in 0..<columns {
            (base + row * columns + column).initialize(to: values[column * rows + row])
          }
        }
      }
    }
  }
}
