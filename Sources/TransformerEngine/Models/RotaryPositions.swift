import CKernels
import Glibc

/// Rotary positions: how far each pair of a head's dimensions is turned at a position.
///
/// Su et al., "RoFormer", equation 15: pair i turns by position / base^(2i / size). Models made for a
/// longer context scale these frequencies.
public struct RotaryPositions: Sendable, Hashable {
  /// How the frequencies are scaled.
  public enum Scaling: Sendable, Hashable {
    /// Not at all.
    case none
    /// All divided by a factor.
    case linear(factor: Double)
    /// Low ones divided by a factor, high ones left, and those between blended (transformers,
    /// `_compute_llama3_parameters`).
    case llama3(factor: Double, low: Double, high: Double, contextLength: Double)
    /// Blended by how often a pair turns within the context, and all made longer (Peng et al.,
    /// "YaRN"; transformers, `_compute_yarn_parameters`).
    case yarn(YaRN)
    /// Each divided by its own number, as `rope_freqs.weight` of GGUF files says.
    case divided(by: [Float])
  }

  /// What YaRN needs to know.
  public struct YaRN: Sendable, Hashable {
    /// By how much the context was made longer.
    public var factor: Double
    /// The context before that.
    public var contextLength: Double
    /// Turns within that context from which on a pair is left as it is.
    public var betaFast = 32.0
    /// Turns within that context up to which a pair is divided by the factor.
    public var betaSlow = 1.0
    /// What queries and keys are multiplied by; nil for 0.1 ln(factor) + 1.
    public var magnitude: Double?
    /// Whether the pairs between which is blended are whole numbers.
    public var isTruncated = true
  }

  /// The base of the frequencies.
  public let base: Double
  /// Dimensions of a head that are turned, an even number.
  public let size: Int
  /// Whether pair i is dimensions i and i + size / 2, as in checkpoints of transformers; else it is
  /// 2i and 2i + 1, as in GGUF files.
  public let turnsHalves: Bool
  /// How the frequencies are scaled.
  public var scaling = Scaling.none

  /// Radians a position of each pair, [size / 2].
  var frequencies: [Double] {
    let plain = (0..<size / 2).map { pow(base, -2 * Double($0) / Double(size)) }
    switch scaling {
    case .none: return plain
    case .linear(let factor): return plain.map { $0 / factor }
    case .divided(let divisors): return zip(plain, divisors).map { $0 / Double($1) }
    case .llama3(let factor, let low, let high, let contextLength):
      return plain.map { frequency in
        let turns = contextLength * frequency / (2 * Double.pi)
        let share = min(max((turns - low) / (high - low), 0), 1)
        return (1 - share) * frequency / factor + share * frequency
      }
    case .yarn(let yarn):
      let (low, high) = blendedPairs(yarn)
      return plain.enumerated().map { pair, frequency in
        let share = min(max((Double(pair) - low) / (high - low), 0), 1)
        return share * frequency / yarn.factor + (1 - share) * frequency
      }
    }
  }

  /// The pairs between which YaRN blends.
  private func blendedPairs(_ yarn: YaRN) -> (low: Double, high: Double) {
    func pair(turning turns: Double) -> Double {
      Double(size) * log(yarn.contextLength / (turns * 2 * Double.pi)) / (2 * log(base))
    }
    var low = pair(turning: yarn.betaFast)
    var high = pair(turning: yarn.betaSlow)
    if yarn.isTruncated {
      low = low.rounded(.down)
      high = high.rounded(.up)
    }
    low = max(low, 0)
    high = min(high, Double(size - 1))
    return (low, high == low ? high + 0.001 : high)
  }

  /// What turned queries and keys are multiplied by.
  var magnitude: Double {
    guard case .yarn(let yarn) = scaling else { return 1 }
    return yarn.magnitude ?? (yarn.factor <= 1 ? 1 : 0.1 * log(yarn.factor) + 1)
  }

  /// Cosine and sine of each pair at each position, [positions, size / 2] pairs.
  func table(positions: Int) -> FloatBuffer {
    let table = FloatBuffer(count: positions * size)
    ck_rotary_table_of(positions, size, frequencies, magnitude, table.pointer)
    return table
  }
}
