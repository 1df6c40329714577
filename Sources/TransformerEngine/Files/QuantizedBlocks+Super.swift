/// The super-blocks of 256 elements ("K-quants"), whose sub-blocks have quantised scales.
extension QuantizedBlocks {
  /// scales [16] (low: scale, high: minimum) | 2-bit quants [64] | scale | minimum.
  static func expandQ2K(
    _ block: UnsafeRawBufferPointer, into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 80)
    let minimum = half(block, 82)
    for i in 0..<256 {
      let (part, within) = (i / 128, i % 128)
      let shift = within / 32 * 2
      let factors = block[part * 8 + within / 16]
      let quant = block[16 + part * 32 + within % 32] >> UInt8(shift) & 3
      out[i] = scale * Float(factors & 15) * Float(quant) - minimum * Float(factors >> 4)
    }
  }

  /// high bits [32] | 2-bit quants [64] | 6-bit scales [12] | scale.
  static func expandQ3K(
    _ block: UnsafeRawBufferPointer, into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 108)
    for i in 0..<256 {
      let (part, within) = (i / 128, i % 128)
      let group = within / 32
      let low = Int32(block[32 + part * 32 + within % 32] >> UInt8(group * 2) & 3)
      let isHigh = block[within % 32] >> UInt8(part * 4 + group) & 1 == 1
      let index = part * 8 + within / 16
      // Scale j: four low bits in bytes 0-7, two high ones in bytes 8-11.
      let bits = block[96 + index % 8] >> (index < 8 ? 0 : 4) & 15
      let top = block[104 + index % 4] >> UInt8(index / 4 * 2) & 3
      let factor = Float(Int32(bits | top << 4) - 32)
      out[i] = scale * factor * Float(low - (isHigh ? 0 : 4))
    }
  }

  /// scale | minimum | 6-bit scales and minima [12] | (fifth bits [32], Q5_K) | 4-bit quants [128].
  static func expandQ4K(
    _ block: UnsafeRawBufferPointer, highBits: Int?, into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 0)
    let minimum = half(block, 2)
    let quants = highBits == nil ? 16 : 48
    for group in 0..<8 {
      let (scaleBits, minimumBits) = sixBits(block, group)
      let factor = scale * Float(scaleBits)
      let offset = minimum * Float(minimumBits)
      for i in 0..<32 {
        var quant = block[quants + group / 2 * 32 + i] >> (group % 2 == 0 ? 0 : 4) & 15
        if let highBits { quant |= (block[highBits + i] >> UInt8(group) & 1) << 4 }
        out[group * 32 + i] = factor * Float(quant) - offset
      }
    }
  }

  /// ggml's `get_scale_min_k4`.
  private static func sixBits(_ block: UnsafeRawBufferPointer, _ j: Int) -> (UInt8, UInt8) {
    if j < 4 { return (block[4 + j] & 63, block[8 + j] & 63) }
    return (
      block[8 + j] & 15 | (block[j] >> 6) << 4,
      block[8 + j] >> 4 | (block[4 + j] >> 6) << 4
    )
  }

  /// low bits [128] | high bits [64] | signed scales [16] | scale.
  static func expandQ6K(
    _ block: UnsafeRawBufferPointer, into out: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = half(block, 208)
    for i in 0..<256 {
      let (part, within) = (i / 128, i % 128)
      let (group, lane) = (within / 32, within % 32)
      let low = block[part * 64 + group % 2 * 32 + lane] >> (group < 2 ? 0 : 4) & 15
      let high = block[128 + part * 32 + lane] >> UInt8(group * 2) & 3
      let factor = Float(Int8(bitPattern: block[192 + part * 8 + within / 16]))
      out[i] = scale * factor * Float(Int32(low | high << 4) - 32)
    }
  }
}
