import ArenaTypes
import CKernels
import Testing

@testable import TransformerEngine

/// Attention over packed sequences against the textbook formula in double precision.
@Suite struct AttentionTests {
  struct Shape: Sendable {
    var heads: Int
    var kvHeads: Int
    var headSize: Int
    var isCausal: Bool
  }

  static let shapes = [
    Shape(heads: 3, kvHeads: 1, headSize: 64, isCausal: true),
    Shape(heads: 2, kvHeads: 2, headSize: 32, isCausal: false),
  ]

  @Test(arguments: KernelTests.instructionSets, shapes)
  func `each sequence attends to itself alone`(
    set: EngineThreads.InstructionSet, shape: Shape
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 7)
    let lengths = [1, 0, 33, 12, 65, 2]
    let rows = lengths.reduce(0, +)
    let width = (shape.heads + 2 * shape.kvHeads) * shape.headSize
    let qkv = (0..<rows * width).map { _ in Float.random(in: -1...1, using: &generator) }
    let rotary = FloatBuffer(count: 80 * shape.headSize)
    ck_rotary_table(80, shape.headSize, 10_000, rotary.pointer)
    let kernel = ck_attention_shape(
      heads: shape.heads, kv_heads: shape.kvHeads, head_size: shape.headSize,
      causal: shape.isCausal ? 1 : 0,
      rotary: shape.isCausal ? UnsafePointer(rotary.pointer) : nil)
    let batch = PackedBatch(lengths.map { [Int32](repeating: 0, count: $0) })
    let sequences = batch.sequences(layer: 0)
    var workspace = [Float](
      repeating: .nan, count: ck_attention_workspace(kernel, sequences, sequences.count))
    var input = qkv
    var out = [Float](repeating: .nan, count: rows * shape.heads * shape.headSize)
    threads.run { pool in
      ck_attention(pool, kernel, &input, sequences, sequences.count, &workspace, &out)
    }
    for range in batch.ranges {
      let expected = plain(Array(qkv[range.lowerBound * width..<range.upperBound * width]), shape)
      let start = range.lowerBound * shape.heads * shape.headSize
      #expect(Plain.worst(out[start..<start + expected.count], expected) < 1e-5)
    }
  }

  /// softmax(q k^T / sqrt(size)) v of one sequence, rotated by adjacent pairs when causal.
  private func plain(_ qkv: [Float], _ shape: Shape) -> [Double] {
    let size = shape.headSize
    let width = (shape.heads + 2 * shape.kvHeads) * size
    let count = qkv.count / width
    var x = qkv.map(Double.init)
    if shape.isCausal {
      for row in 0..<count {
        for head in 0..<shape.heads + shape.kvHeads {
          for i in stride(from: 0, to: size, by: 2) {
            let angle = Double(row) * Plain.exp(-Double(i) / Double(size) * Plain.log(10_000))
            let at = row * width + head * size + i
            let (even, odd) = (x[at], x[at + 1])
            x[at] = even * Plain.cos(angle) - odd * Plain.sin(angle)
            x[at + 1] = even * Plain.sin(angle) + odd * Plain.cos(angle)
          }
        }
      }
    }
    var out = [Double](repeating: 0, count: count * shape.heads * size)
    for row in 0..<count {
      for head in 0..<shape.heads {
        let kv = head / (shape.heads / shape.kvHeads)
        let keys = shape.isCausal ? row + 1 : count
        var weights = (0..<keys).map { key in
          let q = row * width + head * size
          let k = key * width + (shape.heads + kv) * size
          return Plain.exp(
            (0..<size).reduce(0) { $0 + x[q + $1] * x[k + $1] } / Double(size).squareRoot())
        }
        let sum = weights.reduce(0, +)
        weights = weights.map { $0 / sum }
        for (key, weight) in weights.enumerated() {
          let v = key * width + (shape.heads + shape.kvHeads + kv) * size
          for i in 0..<size { out[(row * shape.heads + head) * size + i] += weight * x[v + i] }
        }
      }
    }
    return out
  }
}
