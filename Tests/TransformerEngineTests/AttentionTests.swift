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
    /// Dimensions of a head that are rotated; 0 for no rotary positions.
    var rotarySize = 0
    /// Whether pairs are halves apart rather than neighbours.
    var isHalves = false
  }

  static let shapes = [
    Shape(heads: 3, kvHeads: 1, headSize: 64, isCausal: true, rotarySize: 64),
    Shape(heads: 2, kvHeads: 2, headSize: 32, isCausal: false),
    Shape(heads: 4, kvHeads: 2, headSize: 80, isCausal: true, rotarySize: 32, isHalves: true),
    Shape(heads: 2, kvHeads: 1, headSize: 2, isCausal: true, rotarySize: 2, isHalves: true),
    Shape(heads: 3, kvHeads: 3, headSize: 10, isCausal: true, rotarySize: 4),
    Shape(heads: 1, kvHeads: 1, headSize: 34, isCausal: false, rotarySize: 34, isHalves: true),
  ]

  static let lengths = [1, 0, 33, 12, 65, 2]

  /// A batch of sequences of `lengths`, and what attention makes of it.
  private struct Run {
    let batch: PackedBatch
    let qkv: [Float]
    var out: [Float]
    var patterns: [Float]
    var workspace: [Float]
    let kernel: ck_attention_shape
    let rotary: FloatBuffer

    init(_ shape: Shape, _ set: EngineThreads.InstructionSet, patternsOf heads: [Int]) throws {
      let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
      var generator = SeededGenerator(seed: 7)
      let rows = lengths.reduce(0, +)
      let width = (shape.heads + 2 * shape.kvHeads) * shape.headSize
      qkv = (0..<rows * width).map { _ in Float.random(in: -1...1, using: &generator) }
      rotary = FloatBuffer(count: 80 * shape.rotarySize)
      ck_rotary_table(80, shape.rotarySize, 10_000, rotary.pointer)
      kernel = ck_attention_shape(
        heads: shape.heads, kv_heads: shape.kvHeads, head_size: shape.headSize,
        causal: shape.isCausal ? 1 : 0,
        rotary: shape.rotarySize > 0 ? UnsafePointer(rotary.pointer) : nil,
        rotary_size: shape.rotarySize, rotary_halves: shape.isHalves ? 1 : 0)
      batch = PackedBatch(lengths.map { [Int32](repeating: 0, count: $0) })
      let sequences = batch.sequences(layer: 0)
      workspace = [Float](
        repeating: .nan, count: ck_attention_workspace(kernel, sequences, sequences.count))
      out = [Float](repeating: .nan, count: rows * shape.heads * shape.headSize)
      patterns = [Float](
        repeating: .nan, count: heads.count * ck_pattern_size(sequences, sequences.count))
      var input = qkv
      threads.run { [kernel] pool in
        patterns.withUnsafeMutableBufferPointer { kept in
          var wanted = ck_patterns(heads: nil, count: heads.count, out: kept.baseAddress)
          heads.withUnsafeBufferPointer {
            $0.withMemoryRebound(to: Int.self) { wanted.heads = $0.baseAddress }
            ck_attention(
              pool, kernel, &input, sequences, sequences.count, &workspace, &out, &wanted)
          }
        }
      }
    }
  }

  @Test(arguments: KernelTests.instructionSets, shapes)
  func `each sequence attends to itself alone`(
    set: EngineThreads.InstructionSet, shape: Shape
  ) throws {
    let run = try Run(shape, set, patternsOf: [shape.heads - 1, 0])
    let width = (shape.heads + 2 * shape.kvHeads) * shape.headSize
    var place = 0
    for range in run.batch.ranges {
      let (out, weights) = plain(
        Array(run.qkv[range.lowerBound * width..<range.upperBound * width]), shape)
      let start = range.lowerBound * shape.heads * shape.headSize
      #expect(Plain.worst(run.out[start..<start + out.count], out) < 1e-5)
      let size = range.count * range.count
      for (index, head) in [shape.heads - 1, 0].enumerated() {
        let from = index * run.patterns.count / 2 + place
        #expect(Plain.worst(run.patterns[from..<from + size], weights[head]) < 1e-6)
      }
      place += size
    }
    #expect(place * 2 == run.patterns.count)
  }

  @Test(arguments: KernelTests.instructionSets, shapes.filter(\.isCausal))
  func `a sequence goes on from exported keys and values`(
    set: EngineThreads.InstructionSet, shape: Shape
  ) throws {
    let whole = try Run(shape, set, patternsOf: [])
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    let sequences = whole.batch.sequences(layer: 0)
    // The fifth sequence again, its first 40 rows as a past.
    let (index, past) = (4, 40)
    let size = shape.kvHeads * shape.headSize
    var keys = [Float](repeating: .nan, count: Self.lengths[index] * size)
    var values = keys
    ck_attention_export(
      whole.kernel, sequences, sequences.count, index, whole.workspace, &keys, &values)
    let width = size * 2 + shape.heads * shape.headSize
    let range = whole.batch.ranges[index].dropFirst(past)
    var rest = Array(whole.qkv[range.lowerBound * width..<range.upperBound * width])
    var out = [Float](repeating: .nan, count: range.count * shape.heads * shape.headSize)
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeBufferPointer { values in
        let sequence = ck_sequence(
          first_row: 0, row_count: range.count, past_count: past, past_keys: keys.baseAddress,
          past_values: values.baseAddress)
        var workspace = [Float](
          repeating: .nan, count: ck_attention_workspace(whole.kernel, [sequence], 1))
        threads.run { pool in
          ck_attention(pool, whole.kernel, &rest, [sequence], 1, &workspace, &out, nil)
        }
      }
    }
    let start = range.lowerBound * shape.heads * shape.headSize
    let expected = whole.out[start..<start + out.count].map(Double.init)
    #expect(Plain.worst(out, expected) < 1e-6)
  }

  /// softmax(q k^T / sqrt(size)) v of one sequence, and each head's weights, [queries, keys].
  private func plain(_ qkv: [Float], _ shape: Shape) -> (out: [Double], weights: [[Double]]) {
    let size = shape.headSize
    let width = (shape.heads + 2 * shape.kvHeads) * size
    let count = qkv.count / width
    let x = rotated(qkv.map(Double.init), shape, width)
    var out = [Double](repeating: 0, count: count * shape.heads * size)
    var all = [[Double]](
      repeating: [Double](repeating: 0, count: count * count), count: shape.heads)
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
          all[head][row * count + key] = weight
          let v = key * width + (shape.heads + shape.kvHeads + kv) * size
          for i in 0..<size { out[(row * shape.heads + head) * size + i] += weight * x[v + i] }
        }
      }
    }
    return (out, all)
  }

  /// Queries and keys turned by their positions.
  private func rotated(_ qkv: [Double], _ shape: Shape, _ width: Int) -> [Double] {
    var x = qkv
    for row in 0..<qkv.count / width {
      for head in 0..<shape.heads + shape.kvHeads {
        for pair in 0..<shape.rotarySize / 2 {
          let exponent = -2 * Double(pair) / Double(shape.rotarySize)
          let angle = Double(row) * Plain.exp(exponent * Plain.log(10_000))
          let start = row * width + head * shape.headSize
          let first = start + (shape.isHalves ? pair : 2 * pair)
          let second = first + (shape.isHalves ? shape.rotarySize / 2 : 1)
          let (a, b) = (x[first], x[second])
          x[first] = a * Plain.cos(angle) - b * Plain.sin(angle)
          x[second] = a * Plain.sin(angle) + b * Plain.cos(angle)
        }
      }
    }
    return x
  }

  @Test func `rotary tables of given frequencies are scaled by their magnitude`() {
    var table = [Float](repeating: .nan, count: 3 * 4)
    ck_rotary_table_of(3, 4, [1, 0.25], 2, &table)
    for position in 0..<3 {
      for (pair, frequency) in [1, 0.25].enumerated() {
        let angle = Double(position) * frequency
        #expect(table[position * 4 + 2 * pair] == Float(2 * Plain.cos(angle)))
        #expect(table[position * 4 + 2 * pair + 1] == Float(2 * Plain.sin(angle)))
      }
    }
  }
}
