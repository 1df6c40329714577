import ArenaTypes
import CKernels
import Testing

@testable import TransformerEngine

/// Stored types in their packed form against the plain reference: equal, but for the sign of zeros.
@Suite struct PackedMatrixTests {
  static let types: [ElementType] = [
    .f32, .f16, .bf16, .q4_0, .q4_1, .q5_0, .q5_1, .q8_0, .q4_K, .q5_K, .q6_K,
  ]

  /// Blocks of random bits whose scales and minima are of reasonable size.
  private func bytes(
    _ type: ElementType, elements: Int, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<elements / type.blockElementCount {
      var block = (0..<type.blockByteCount).map { _ in UInt8.random(in: 0...255, using: &generator)
      }
      switch type {
      case .f32: block[3] = 0x3E | block[3] & 0x81
      case .bf16: block[1] = 0x3E | block[1] & 0x81
      case .q6_K: block[209] = 0x20 | block[209] & 0x83
      case .q4_1, .q5_1, .q4_K, .q5_K:
        block[1] = 0x20 | block[1] & 0x87
        block[3] = 0x20 | block[3] & 0x87
      default: block[1] = 0x20 | block[1] & 0x87
      }
      bytes += block
    }
    return bytes
  }

  private func matrix(_ type: ElementType, _ bytes: [UInt8], _ rows: Int, _ columns: Int) throws
    -> OpaquePointer
  {
    let matrix = try #require(ck_matrix_create(Int32(type.rawValue), rows, columns))
    ck_matrix_set_rows(matrix, 0, rows, bytes)
    return matrix
  }

  private func floats(_ type: ElementType, _ bytes: [UInt8]) -> [Float] {
    bytes.withUnsafeBytes { QuantizedBlocks.floats($0, type: type) }
  }

  @Test(arguments: types)
  func `rows and columns are the reference's to the last bit`(type: ElementType) throws {
    var generator = SeededGenerator(seed: 11)
    for (rows, blocks) in [(1, 1), (33, 2), (70, 3)] {
      let columns = blocks * max(type.blockElementCount, 3)
      let stored = bytes(type, elements: rows * columns, &generator)
      let expected = floats(type, stored)
      let matrix = try matrix(type, stored, rows, columns)
      defer { ck_matrix_free(matrix) }
      for row in 0..<rows {
        var found = [Float](repeating: .nan, count: columns)
        ck_matrix_row(matrix, row, &found)
        let wanted = expected[row * columns..<(row + 1) * columns]
        #expect(found == Array(wanted))
      }
      for column in [0, columns / 2, columns - 1] {
        var found = [Float](repeating: .nan, count: rows)
        ck_matrix_column(matrix, column, &found)
        #expect(found == (0..<rows).map { expected[$0 * columns + column] })
      }
    }
  }

  /// A product with the unit matrix shows the expanded panel itself.
  @Test(arguments: KernelTests.instructionSets, types)
  func `products expand panels bit by bit`(
    set: EngineThreads.InstructionSet, type: ElementType
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 12)
    let (rows, columns) = (37, 256)
    let stored = bytes(type, elements: rows * columns, &generator)
    let expected = floats(type, stored)
    let matrix = try matrix(type, stored, rows, columns)
    defer { ck_matrix_free(matrix) }
    var unit = [Float](repeating: 0, count: columns * columns)
    for i in 0..<columns { unit[i * columns + i] = 1 }
    var c = [Float](repeating: .nan, count: columns * rows)
    threads.run { ck_gemm($0, unit, columns, columns, matrix, nil, &c, rows, 0) }
    for row in 0..<rows {
      #expect((0..<columns).allSatisfy { c[$0 * rows + row] == expected[row * columns + $0] })
    }
  }

  @Test(arguments: KernelTests.instructionSets, types)
  func `products with some of the columns are those of a plain loop`(
    set: EngineThreads.InstructionSet, type: ElementType
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    var generator = SeededGenerator(seed: 13)
    let (outputs, columns, rows) = (50, 512, 14)
    let stored = bytes(type, elements: outputs * columns, &generator)
    let w = floats(type, stored)
    let matrix = try matrix(type, stored, outputs, columns)
    defer { ck_matrix_free(matrix) }
    for (first, count) in [(0, 512), (64, 64), (3, 200), (511, 1), (0, 0), (31, 481)] {
      // Rows of a and c further apart than they are long.
      let a = (0..<rows * (count + 3)).map { _ in Float.random(in: -1...1, using: &generator) }
      var c = [Float](repeating: 7, count: rows * (outputs + 5))
      threads.run {
        ck_gemm_columns(
          $0, a, count + 3, rows, matrix, first, count, nil, &c, outputs + 5, 0)
      }
      for row in 0..<rows {
        for output in 0..<outputs {
          var (sum, size) = (0.0, 0.0)
          for k in 0..<count {
            let part = Double(a[row * (count + 3) + k]) * Double(w[output * columns + first + k])
            (sum, size) = (sum + part, size + abs(part))
          }
          let distance = abs(Double(c[row * (outputs + 5) + output]) - sum)
          #expect(distance <= size * 1e-6, "\(first), \(count)")
        }
        #expect(
          c[(row * (outputs + 5) + outputs)..<(row + 1) * (outputs + 5)].allSatisfy { $0 == 7 })
      }
    }
  }

  @Test(arguments: types)
  func `a matrix over packed bytes is the same and leaves them alone`(type: ElementType) throws {
    var generator = SeededGenerator(seed: 14)
    let (rows, columns) = (40, 256)
    let stored = bytes(type, elements: rows * columns, &generator)
    let kind = Int32(type.rawValue)
    let original = try matrix(type, stored, rows, columns)
    defer { ck_matrix_free(original) }
    let count = ck_matrix_packed_size(kind, rows, columns)
    #expect(count == ck_matrix_byte_count(original))
    let copy = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    defer { copy.deallocate() }
    copy.copyMemory(from: ck_matrix_bytes(original), byteCount: count)
    let borrowed = try #require(ck_matrix_create_over(kind, rows, columns, copy))
    ck_matrix_set_rows(borrowed, 0, 1, [UInt8](repeating: 0xFF, count: 4096))
    for row in [0, 39] {
      var (first, second) = (
        [Float](repeating: 0, count: columns), [Float](repeating: 1, count: columns)
      )
      ck_matrix_row(original, row, &first)
      ck_matrix_row(borrowed, row, &second)
      #expect(first == second)
    }
    ck_matrix_free(borrowed)
    #expect(ck_matrix_create_over(kind, rows, columns, copy + 4) == nil)
    #expect(ck_matrix_create_over(kind, rows, columns, nil) == nil)
  }

  @Test func `sizes that can't be are refused`() {
    #expect(ck_matrix_create(10, 32, 256) == nil)
    #expect(ck_matrix_create(-1, 1, 1) == nil)
    #expect(ck_matrix_create(Int32(CK_Q4_1), 1, 31) == nil)
    #expect(ck_matrix_create(Int32(CK_Q6_K), 1, 128) == nil)
    #expect(ck_matrix_packed_size(Int32(CK_F32), .max, .max) == -1)
    #expect(ck_matrix_create(Int32(CK_F32), 1 << 40, 1 << 40) == nil)
    #expect(ck_matrix_packed_size(Int32(CK_Q8_0), 0, 64) == 0)
  }
}
