import ArenaTypes
import CKernels
import Testing

@testable import TransformerEngine

/// Products in integers: what they cost in precision, for one matrix and for the real model.
@Suite struct IntegerArithmeticTests {
  static let instructionSets = [EngineThreads.InstructionSet.avx2, .avx512].filter(\.isAvailable)

  @Test(arguments: instructionSets, [ElementType.q4_0, .q4_1, .q5_0, .q5_1])
  func `products differ from those in floats by rounding alone`(
    set: EngineThreads.InstructionSet, type: ElementType
  ) throws {
    let floats = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    let integers = try EngineThreads(
      count: 2, niceValue: 0, instructionSet: set, arithmetic: .integers)
    var generator = SeededGenerator(seed: 21)
    let (rows, outputs, columns) = (13, 70, 320)
    var stored: [UInt8] = []
    for _ in 0..<outputs * columns / 32 {
      var block = (0..<type.blockByteCount).map { _ in UInt8.random(in: 0...255, using: &generator)
      }
      block[1] = 0x20 | block[1] & 0x83
      if type == .q4_1 || type == .q5_1 { block[3] = 0x20 | block[3] & 0x83 }
      stored += block
    }
    let matrix = try #require(ck_matrix_create(Int32(type.rawValue), outputs, columns))
    defer { ck_matrix_free(matrix) }
    ck_matrix_set_rows(matrix, 0, outputs, stored)
    let a = (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &generator) }
    var exact = [Float](repeating: .nan, count: rows * outputs)
    var rounded = exact
    floats.run { ck_gemm($0, a, columns, rows, matrix, nil, &exact, outputs, 0) }
    integers.run { pool in
      #expect(ck_arithmetic_available(pool, Int32(CK_INTEGERS), Int32(type.rawValue)) == 1)
      ck_gemm(pool, a, columns, rows, matrix, nil, &rounded, outputs, 0)
    }
    #expect(exact != rounded)
    #expect(Self.relativeError(rounded, exact) < 0.01)
    // A row's result doesn't depend on the rows beside it.
    var alone = [Float](repeating: .nan, count: outputs)
    let last = Array(a.suffix(columns))
    integers.run { ck_gemm($0, last, columns, 1, matrix, nil, &alone, outputs, 0) }
    #expect(alone == Array(rounded.suffix(outputs)))
  }

  @Test(arguments: instructionSets)
  func `what isn't finite stays so`(set: EngineThreads.InstructionSet) throws {
    let threads = try EngineThreads(count: 1, instructionSet: set, arithmetic: .integers)
    let matrix = try #require(ck_matrix_create(Int32(CK_Q4_1), 1, 64))
    defer { ck_matrix_free(matrix) }
    for value in [Float.nan, .infinity, -.infinity] {
      var a = [Float](repeating: 1, count: 3 * 64)
      a[64 + 5] = value
      var c = [Float](repeating: 7, count: 3)
      threads.run { ck_gemm($0, a, 64, 3, matrix, nil, &c, 1, 0) }
      #expect(c[0] == 0 && c[1].isNaN && c[2] == 0)
    }
    // The smallest and the largest numbers.
    for value in [Float.leastNonzeroMagnitude, 1e-38, 1e36] {
      let a = [Float](repeating: value, count: 64)
      var c: [Float] = [7]
      threads.run { ck_gemm($0, a, 64, 1, matrix, nil, &c, 1, 0) }
      #expect(c == [0])
    }
  }

  @Test func `activations and logits of the real model stay close`() throws {
    let model = try Models.llama.get()
    guard EngineThreads.InstructionSet.best != .portable, EngineThreads.InstructionSet.best != .neon
    else { return }
    let integers = LanguageModel(
      model, threads: try EngineThreads(niceValue: 0, arithmetic: .integers))
    let ids = model.tokenizer.encode(
      "The quick brown fox jumps over the lazy dog, and in 1969 two men walked on the Moon.")
    let layers = Array(0..<model.configuration.layerCount)
    let exact = try model.mlpActivations(of: [ids], layers: layers)[0]
    let rounded = try integers.mlpActivations(of: [ids], layers: layers)[0]
    for layer in layers {
      let expected = try #require(exact[layer]).values
      let error = Self.relativeError(try #require(rounded[layer]).values, expected)
      // Measured on 2,044 tokens of four texts: at most 4.8 % of any layer and text.
      #expect(error < 0.07 && error > 0, "layer \(layer): \(error)")
    }
    let logits = try model.nextTokenLogProbabilities(after: [ids])[0]
    let others = try integers.nextTokenLogProbabilities(after: [ids])[0]
    #expect(Self.top(logits) == Self.top(others))
    // Measured: 0.16 in the mean over tokens and vocabulary, nowhere above 2.3.
    let distances = zip(logits, others).map { Double(abs($0 - $1)) }
    let mean = distances.reduce(0, +) / Double(distances.count)
    #expect(mean < 0.4 && distances.max() ?? .infinity < 3, "\(mean)")
  }

  private static func top(_ values: [Float]) -> Int? {
    values.indices.max { values[$0] < values[$1] }
  }

  /// The RMS of the difference beside that of `exact`.
  static func relativeError(_ found: [Float], _ exact: [Float]) -> Double {
    var (error, size) = (0.0, 0.0)
    for (found, exact) in zip(found, exact) {
      error += Double(found - exact) * Double(found - exact)
      size += Double(exact) * Double(exact)
    }
    return (error / size).squareRoot()
  }
}
