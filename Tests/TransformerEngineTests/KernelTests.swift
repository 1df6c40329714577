import ArenaTypes
import CKernels
import Testing

@testable import TransformerEngine

/// Every kernel against a plain loop in double precision, on every instruction set of this machine.
@Suite struct KernelTests {
  static let instructionSets = EngineThreads.InstructionSet.allCases.filter(\.isAvailable)

  private func random(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  /// a * w^T + bias + c, in double precision.
  private func product(
    _ a: [Float], _ w: [Float], rows: Int, outputs: Int, inputs: Int, bias: [Float]?, c: [Float]?
  ) -> [Double] {
    var result = [Double](repeating: 0, count: rows * outputs)
    a.withUnsafeBufferPointer { a in
      w.withUnsafeBufferPointer { w in
        for row in 0..<rows {
          for output in 0..<outputs {
            var sum = Double(bias?[output] ?? 0) + Double(c?[row * outputs + output] ?? 0)
            for k in 0..<inputs {
              sum += Double(a[row * inputs + k]) * Double(w[output * inputs + k])
            }
            result[row * outputs + output] = sum
          }
        }
      }
    }
    return result
  }

  @Test(arguments: instructionSets)
  func `the product of floats is that of a plain loop`(set: EngineThreads.InstructionSet) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 1)
    let shapes = [
      (0, 5, 7), (1, 1, 1), (1, 33, 64), (2, 0, 3), (3, 31, 0), (5, 32, 17), (7, 65, 33),
      (12, 96, 40), (13, 40, 96), (25, 64, 31), (121, 34, 16), (250, 3, 5),
    ]
    for (index, (rows, outputs, inputs)) in shapes.enumerated() {
      let a = random(rows * inputs, &generator)
      let w = random(outputs * inputs, &generator)
      let bias = index % 2 == 0 ? random(outputs, &generator) : nil
      let start = index % 3 == 0 ? random(rows * outputs, &generator) : nil
      let matrix = try PackedMatrix(w, rows: outputs, columns: inputs)
      var c = start ?? [Float](repeating: .nan, count: rows * outputs)
      threads.run { pool in
        ck_gemm(
          pool, a, inputs, rows, matrix.matrix, bias, &c, outputs, start == nil ? 0 : 1)
      }
      let expected = product(
        a, w, rows: rows, outputs: outputs, inputs: inputs, bias: bias, c: start)
      #expect(Plain.worst(c, expected) < 1e-5, "\(rows) x \(outputs) x \(inputs)")
    }
  }

  @Test(arguments: instructionSets)
  func `norms and activations are those of plain formulas`(
    set: EngineThreads.InstructionSet
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 3)
    for (rows, columns) in [(0, 4), (1, 1), (3, 17), (40, 600)] {
      let x = random(rows * columns, &generator).map { $0 * 5 }
      let weight = random(columns, &generator)
      let bias = random(columns, &generator)
      var rms = x
      var layer = x
      var gelu = x
      var tanh = x
      threads.run { pool in
        ck_rms_norm(pool, x, rows, columns, weight, 1e-5, &rms)
        ck_layer_norm(pool, x, rows, columns, weight, bias, 1e-12, &layer)
        ck_gelu(pool, &gelu, rows, columns)
        ck_gelu_tanh(pool, &tanh, rows, columns)
      }
      for row in 0..<rows {
        let values = x[row * columns..<(row + 1) * columns].map(Double.init)
        let mean = values.reduce(0, +) / Double(columns)
        let square = values.reduce(0) { $0 + $1 * $1 } / Double(columns)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
        for (column, value) in values.enumerated() {
          let index = row * columns + column
          let (w, b) = (Double(weight[column]), Double(bias[column]))
          let expected = value / (square + 1e-5).squareRoot() * w
          #expect(abs(Double(rms[index]) - expected) < 1e-5)
          let normal = (value - mean) / (variance + 1e-12).squareRoot() * w + b
          #expect(abs(Double(layer[index]) - normal) < 1e-5)
          #expect(abs(Double(gelu[index]) - Plain.gelu(value)) < 1e-6)
          #expect(abs(Double(tanh[index]) - Plain.geluTanh(value)) < 1e-6)
        }
      }
    }
  }

  @Test(arguments: instructionSets)
  func `the exponential keeps its precision from end to end`(
    set: EngineThreads.InstructionSet
  ) throws {
    let threads = try EngineThreads(count: 1, niceValue: 0, instructionSet: set)
    // silu(g) = g / (1 + e^-g), with an up of 1.
    func silu(_ gates: [Float]) -> [Float] {
      let rows: [Float] = gates.reduce(into: []) { $0 += [$1, 1] }
      var out = [Float](repeating: .nan, count: gates.count)
      threads.run { ck_swiglu($0, rows, gates.count, 1, &out) }
      return out
    }
    let gates = stride(from: Float(-86), to: 86, by: 0.0625).map { $0 + 0.01 }
    for (gate, value) in zip(gates, silu(gates)) {
      let expected = Double(gate) / (1 + Plain.exp(-Double(gate)))
      #expect(abs(Double(value) / expected - 1) < 4e-7, "\(gate)")
    }
    #expect(silu([200, 1e30, 0]) == [200, 1e30, 0])
    #expect(silu([-200]).allSatisfy { abs($0) < 1e-30 })
  }

  @Test(arguments: instructionSets)
  func `log-softmax sums to one over a whole vocabulary`(
    set: EngineThreads.InstructionSet
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 4)
    for columns in [1, 31, 50_000] {
      let x = random(2 * columns, &generator).map { $0 * 20 }
      var y = x
      threads.run { ck_log_softmax($0, &y, 2, columns) }
      for row in 0..<2 {
        let logits = x[row * columns..<(row + 1) * columns]
        let top = Double(logits.max() ?? 0)
        let shift = top + Plain.log(logits.reduce(0) { $0 + Plain.exp(Double($1) - top) })
        for index in stride(from: 0, to: columns, by: 1 + columns / 100) {
          let expected = Double(x[row * columns + index]) - shift
          #expect(abs(Double(y[row * columns + index]) - expected) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: instructionSets)
  func `rectifiers and top-k keep what is above`(set: EngineThreads.InstructionSet) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 5)
    for (rows, columns) in [(0, 3), (2, 1), (3, 129), (600, 31)] {
      var x = random(rows * columns, &generator)
      // Equal values, of which the earlier are kept.
      for index in stride(from: 0, to: x.count, by: 3) { x[index] = (x[index] * 4).rounded() / 4 }
      let thresholds = random(columns, &generator).map(abs)
      var relu = x
      var jump = x
      threads.run { pool in
        ck_relu(pool, &relu, rows, columns)
        ck_jump_relu(pool, &jump, rows, columns, thresholds)
      }
      #expect(relu == x.map { max($0, 0) })
      #expect(jump == x.enumerated().map { $1 > thresholds[$0 % columns] ? $1 : 0 })
      for k in [0, 1, 7, columns, columns + 1] {
        var top = x
        threads.run { ck_top_k($0, &top, rows, columns, k) }
        for row in 0..<rows {
          let range = row * columns..<(row + 1) * columns
          let kept = range.sorted { (-x[$0], $0) < (-x[$1], $1) }.prefix(k)
          #expect(top[range].indices.allSatisfy { top[$0] == (kept.contains($0) ? x[$0] : 0) })
        }
      }
    }
    var special: [Float] = [.nan, -.infinity, 3, .infinity, -0.0, 0, .nan, -2]
    threads.run { ck_top_k($0, &special, 1, 8, 4) }
    #expect(special == [0, 0, 3, .infinity, -0.0, 0, 0, 0])
  }
}
