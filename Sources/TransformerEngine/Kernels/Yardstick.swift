import CKernels

/// What this processor can do at most, to hold the engine's figures against.
///
/// Every method blocks for a few hundredths of a second and returns one measurement. Take several,
/// in turns with what is held against them: processors change their pace.
public struct Yardstick: Sendable {
  /// Larger than any cache that two cores have.
  private static let readByteCount = 256 << 20

  private let threads: EngineThreads
  private let memory: FloatBuffer

  /// Yardsticks for work on `threads`.
  public init(_ threads: EngineThreads) {
    self.threads = threads
    memory = FloatBuffer(count: Self.readByteCount / 4)
    // Memory that was never written is one page of zeros.
    memory.pointer.initialize(repeating: 1, count: memory.count)
  }

  /// Float operations a second of multiply-adds that touch nothing but registers, on all threads and
  /// with their instruction set; a multiply-add is two.
  public func operationsPerSecond() -> Double {
    Self.rate { threads.run { ck_peak_operations($0, 64 * threads.count) } }
  }

  /// Bytes a second that all threads together read from memory.
  public func bytesPerSecond() -> Double {
    Self.rate {
      threads.run { Double(ck_read_through($0, memory.pointer, Self.readByteCount)) }
    }
  }

  /// What `work` returns, a second.
  static func rate(_ work: () -> Double) -> Double {
    let start = ContinuousClock.now
    let done = work()
    return done / ((ContinuousClock.now - start) / .seconds(1))
  }
}

/// A matrix product by itself, of a weight matrix in one of the packed types.
public final class ProductProbe: Sendable {
  private let threads: EngineThreads
  private let weights: PackedMatrix
  private let input: FloatBuffer
  private let output: FloatBuffer
  private let rowCount: Int

  /// Products of [rows, inputs] with weights [outputs, inputs]; nil when the type has no packed form.
  public init?(
    _ type: ElementType, rows: Int, inputs: Int, outputs: Int, threads: EngineThreads
  ) {
    guard rows > 0, inputs > 0, outputs > 0,
      let weights = PackedMatrix(repeating: type, rows: outputs, columns: inputs)
    else { return nil }
    self.threads = threads
    self.weights = weights
    rowCount = rows
    input = FloatBuffer([Float](repeating: 1, count: rows * inputs))
    output = FloatBuffer(count: rows * outputs)
  }

  /// Float operations a second over so many products; a multiply-add is two.
  public func operationsPerSecond(products: Int) -> Double {
    Yardstick.rate {
      threads.run { pool in
        for _ in 0..<products {
          ck_gemm(
            pool, input.pointer, weights.columnCount, rowCount, weights.matrix, nil,
            output.pointer, weights.rowCount, 0)
        }
        return 2 * Double(rowCount * weights.columnCount) * Double(weights.rowCount * products)
      }
    }
  }
}
