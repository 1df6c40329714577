/// Turns stored elements into floats, exactly as ggml's `dequantize_row_*` (ggml-quants.c) do.
///
/// This is the plain reference; the matrix products have their own kernels, which are tested
/// against it.
public enum QuantizedBlocks {
  /// All whole blocks of `bytes` as floats.
  public static func floats(_ bytes: UnsafeRawBufferPointer, type: ElementType) -> [Float] {
    let blocks = bytes.count / type.blockByteCount
    let count = blocks * type.blockElementCount
    return [Float](unsafeUninitializedCapacity: count) { out, initialised in
      initialised = count
      if type == .f32 {
        UnsafeMutableRawBufferPointer(out).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count * 4)))
        return
      }
      for block in 0..<blocks {
        let from = block * type.blockByteCount
        let to = block * type.blockElementCount
        expand(
          UnsafeRawBufferPointer(rebasing: bytes[from..<from + type.blockByteCount]), type: type,
          into: UnsafeMutableBufferPointer(rebasing: out[to..<to + type.blockElementCount]))
      }
    }
  }

  private static func expand(
    _ block: UnsafeRawBufferPointer, type: ElementType, into out: UnsafeMutableBufferPointer<Float>
  ) {
    switch type {
    case .f32: out[0] = Float(bitPattern: block.loadUnaligned(as: UInt32.self))
    case .f16: out[0] = half(block, 0)
    case .bf16: out[0] = Float(bitPattern: UInt32(block.loadUnaligned(as: UInt16.self)) << 16)
    case .q4_0: expandQ4(block, quants: 2, minimum: nil, into: out)
    case .q4_1: expandQ4(block, quants: 4, minimum: half(block, 2), into: out)
    case .q5_0: expandQ5(block, highBits: 2, minimum: nil, into: out)
    case .q5_1: expandQ5(block, highBits: 4, minimum: half(block, 2), into: out)
    case .q8_0:
      let scale = half(block, 0)
      for i in 0..<32 { out[i] = scale * Float(Int8(bitPattern: block[2 + i])) }
    case .q2_K: expandQ2K(block, into: out)
    case .q3_K: expandQ3K(block, into: out)
    case .q4_K: expandQ4K(block, highBits: nil, into: out)
    case .q5_K: expandQ4K(block, highBits: 16, into: out)
    case .q6_K: expandQ6K(block, into: out)
    }
  }

  static func half(_ block: UnsafeRawBufferPointer, _ offset: Int) -> Float {
    Float(Float16(bitPattern: block.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
  }

  /// Byte i holds elements i (low) and i + 16 (high); without a minimum they are biased by 8.
  private static func expandQ4(
    _ block: UnsafeRawBufferPointer, quants: Int, minimum: Float?,
    into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 0)
    let bias: Int32 = minimum == nil ? 8 : 0
    // Without a minimum nothing is added: -0 + 0 would be 0.
    func value(_ quant: Int32) -> Float {
      let scaled = Float(quant - bias) * scale
      return minimum.map { scaled + $0 } ?? scaled
    }
    for i in 0..<16 {
      let byte = Int32(block[quants + i])
      out[i] = value(byte & 15)
      out[i + 16] = value(byte >> 4)
    }
  }

  /// As Q4, with each element's fifth bit in a 32-bit mask.
  private static func expandQ5(
    _ block: UnsafeRawBufferPointer, highBits: Int, minimum: Float?,
    into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 0)
    let mask = UInt32(
      littleEndian: block.loadUnaligned(fromByteOffset: highBits, as: UInt32.self))
    let bias: Int32 = minimum == nil ? 16 : 0
    func value(_ quant: Int32) -> Float {
      let scaled = Float(quant - bias) * scale
      return minimum.map { scaled + $0 } ?? scaled
    }
    for i in 0..<16 {
      let byte = Int32(block[highBits + 4 + i])
      let low = byte & 15 | Int32(mask >> UInt32(i) & 1) << 4
      let high = byte >> 4 | Int32(mask >> UInt32(i + 16) & 1) << 4
      out[i] = value(low)
      out[i + 16] = value(high)
    }
  }
}
