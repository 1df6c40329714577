/// How a tensor's elements are stored, numbered as in GGUF (`ggml_type` of ggml.h).
public enum ElementType: UInt32, Sendable, Hashable, CaseIterable {
  /// IEEE single precision.
  case f32 = 0
  /// IEEE half precision.
  case f16 = 1
  /// Blocks of 32: scale; 4 bits, biased by 8.
  case q4_0 = 2
  /// Blocks of 32: scale, minimum; 4 bits.
  case q4_1 = 3
  /// Blocks of 32: scale; 5 bits, biased by 16.
  case q5_0 = 6
  /// Blocks of 32: scale, minimum; 5 bits.
  case q5_1 = 7
  /// Blocks of 32: scale; 8 bits, signed.
  case q8_0 = 8
  /// Super-blocks of 256 in 16 sub-blocks: 2 bits.
  case q2_K = 10
  /// Super-blocks of 256 in 16 sub-blocks: 3 bits.
  case q3_K = 11
  /// Super-blocks of 256 in 8 sub-blocks: 4 bits.
  case q4_K = 12
  /// Super-blocks of 256 in 8 sub-blocks: 5 bits.
  case q5_K = 13
  /// Super-blocks of 256 in 16 sub-blocks: 6 bits.
  case q6_K = 14
  /// The upper half of IEEE single precision.
  case bf16 = 30

  /// Elements of a block; 1 for the plain types.
  public var blockElementCount: Int {
    switch self {
    case .f32, .f16, .bf16: 1
    case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0: 32
    case .q2_K, .q3_K, .q4_K, .q5_K, .q6_K: 256
    }
  }

  /// Bytes of a block.
  public var blockByteCount: Int {
    switch self {
    case .f32: 4
    case .f16, .bf16: 2
    case .q4_0: 18
    case .q4_1: 20
    case .q5_0: 22
    case .q5_1: 24
    case .q8_0: 34
    case .q2_K: 84
    case .q3_K: 110
    case .q4_K: 144
    case .q5_K: 176
    case .q6_K: 210
    }
  }

  /// Bytes of `count` elements; nil when they aren't whole blocks or the product overflows.
  public func byteCount(elements count: Int) -> Int? {
    guard count >= 0, count % blockElementCount == 0 else { return nil }
    let (bytes, overflow) = (count / blockElementCount).multipliedReportingOverflow(
      by: blockByteCount)
    return overflow ? nil : bytes
  }
}
