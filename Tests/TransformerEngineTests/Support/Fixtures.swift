import FoundationEssentials
import TransformerEngine

/// Reads a reference file of Fixtures.
enum Fixtures {
  static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes(of: name)))
  }

  /// The bytes of a file.
  static func bytes(of name: String) throws -> [UInt8] {
    try FileContents(path: path(name)).withUnsafeBytes { Array($0) }
  }

  /// Where a file or folder of Fixtures lies.
  static func path(_ name: String) -> String {
    // Beside this file, so that full Foundation isn't needed to find a bundle.
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(folder)/Fixtures/\(name)"
  }
}

/// smollm2.json: the model in PyTorch, its weights dequantised to single precision.
struct SmolLM2Reference: Decodable {
  struct Token: Decodable {
    var id: Int32
    var logit: Float
  }

  struct Variant: Decodable {
    var ids: [Int32]
    var top5: [Token]
    var layer5_neurons0_4: [[Float]]
    var layer15_neurons0_4: [[Float]]
    var layer25_neurons0_4: [[Float]]
    var res1_first4: [[Float]]
    var res15_first4: [[Float]]
    var next_token_logprobs: [Float]
  }

  struct Case: Decodable {
    var text: String
    var ids: [Int32]
    var tokens: [String]
    var no_bos: Variant
    var bos0: Variant
  }

  struct Tensor: Decodable {
    var type: String
    var first_block_hex: String
    var first_block_f32: [Float]
    var row_1_first4: [Float]
    var sum_abs: Double
  }

  var cases: [Case]
  var dequant: [String: Tensor]
}

/// minilm.json: the model in PyTorch.
struct MiniLMReference: Decodable {
  struct Case: Decodable {
    var text: String
    var ids: [Int32]
    var embedding_first8_normalised: [Float]
  }

  var cases: [Case]
}
