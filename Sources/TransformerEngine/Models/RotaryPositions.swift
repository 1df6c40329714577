import CKernels
import Glibc

/// Rotary positions: how far each pair of a head's dimensions is turned at a position.
///
/// Su et al., "RoFormer", equation 15: pair i turns by position / base^(2i / size).
public struct RotaryPositions: Sendable, Hashable {
  /// The base of the frequencies.
  public let base: Double
  /// Dimensions of a head that are turned, an even number.
  public let size: Int

  /// Whether pair i is dimensions i and i + size / 2, as in checkpoints of transformers; else it is
  /// 2i and 2i + 1, as in GGUF files.
  public let turnsHalves: Bool

  /// Radians a position of each pair, [size / 2].
  var frequencies: [Double] {
    (0..<size / 2).map { pow(base, -2 * Double($0) / Double(size)) }
  }

  /// Cosine and sine of each pair at each position, [positions, size / 2] pairs.
  func table(positions: Int) -> FloatBuffer {
    let table = FloatBuffer(count: positions * size)
    ck_rotary_table_of(positions, size, frequencies, 1, table.pointer)
    return table
  }
}
