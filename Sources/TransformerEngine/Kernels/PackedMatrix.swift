import CKernels

/// A weight matrix [rows, columns] in the layout that the matrix product wants, kept in the
/// precision of its file.
///
/// `@unchecked Sendable`: it is written only while it is made.
final class PackedMatrix: @unchecked Sendable {
  let rowCount: Int
  let columnCount: Int
  let matrix: OpaquePointer
  /// What the matrix's memory belongs to; nil if it is its own.
  private let owner: AnyObject?

  private init(type: Int32, rows: Int, columns: Int, file: String) throws(EngineError) {
    guard let matrix = ck_matrix_create(type, rows, columns) else {
      throw .unsupported(file: file, reason: "no memory for a [\(rows), \(columns)] matrix")
    }
    self.matrix = matrix
    owner = nil
    rowCount = rows
    columnCount = columns
  }

  private init(kept: (matrix: OpaquePointer, owner: AnyObject), rows: Int, columns: Int) {
    matrix = kept.matrix
    owner = kept.owner
    rowCount = rows
    columnCount = columns
  }

  deinit { ck_matrix_free(matrix) }

  /// Stacks the rows of `tensors`, which have the same number of columns.
  ///
  /// Types without a packed form, and tensors of different types, become floats, which is exact.
  /// What the file's cache has already is used as it is.
  convenience init(_ tensors: [GGUFFile.Tensor], of file: GGUFFile) throws(EngineError) {
    let packed = Set(tensors.map(\.type))
    let type = packed.count == 1 ? packed.first.flatMap(Self.packedType) : nil
    let key = PackedWeightsFile.Key(
      name: tensors.map(\.name).joined(separator: " "), type: type ?? Int32(CK_F32),
      rowCount: tensors.reduce(0) { $0 + $1.rowCount },
      columnCount: tensors.first?.columnCount ?? 0)
    if let kept = file.contents.packed?.matrix(key) {
      self.init(kept: kept, rows: key.rowCount, columns: key.columnCount)
      return
    }
    try self.init(
      type: key.type, rows: key.rowCount, columns: key.columnCount, file: file.contents.name)
    PackedWeights.making(for: file.contents.packed) {
      var row = 0
      for tensor in tensors {
        file.withUnsafeBytes(of: tensor) { bytes in
          if type != nil {
            ck_matrix_set_rows(matrix, row, tensor.rowCount, bytes.baseAddress)
          } else {
            ck_matrix_set_rows(
              matrix, row, tensor.rowCount, QuantizedBlocks.floats(bytes, type: tensor.type))
          }
        }
        row += tensor.rowCount
      }
    }
    file.contents.packed?.add(key, .matrix(self))
  }

  /// Packs floats of `file`, [rows, columns] row-major; `values` is called only when the file's cache
  /// has nothing of this name and shape.
  convenience init(
    _ name: String, of file: FileContents, rows: Int, columns: Int,
    values: () throws(EngineError) -> [Float]
  ) throws(EngineError) {
    let key = PackedWeightsFile.Key(
      name: name, type: Int32(CK_F32), rowCount: rows, columnCount: columns)
    if let kept = file.packed?.matrix(key) {
      self.init(kept: kept, rows: rows, columns: columns)
      return
    }
    let floats = try PackedWeights.making(for: file.packed, values)
    try self.init(floats, rows: rows, columns: columns)
    file.packed?.add(key, .matrix(self))
  }

  /// Packs `values`, [rows, columns] row-major.
  convenience init(_ values: [Float], rows: Int, columns: Int) throws(EngineError) {
    precondition(values.count == rows * columns)
    try self.init(type: Int32(CK_F32), rows: rows, columns: columns, file: "weights")
    ck_matrix_set_rows(matrix, 0, rows, values)
  }

  /// Weights that are all alike, for measuring; nil when the type has no packed form.
  convenience init?(repeating type: ElementType, rows: Int, columns: Int) {
    guard let packed = Self.packedType(type), let count = type.byteCount(elements: columns) else {
      return nil
    }
    do throws(EngineError) {
      try self.init(type: packed, rows: rows, columns: columns, file: "weights")
    } catch { return nil }
    // Small numbers in every type, none of them so small that the processor takes longer over it.
    let row = [UInt8](repeating: 0x2A, count: count)
    for index in 0..<rows { ck_matrix_set_rows(matrix, index, 1, row) }
  }

  private static func packedType(_ type: ElementType) -> Int32? {
    switch type {
    case .f32, .f16, .bf16, .q4_0, .q4_1, .q5_0, .q5_1, .q8_0, .q4_K, .q5_K, .q6_K:
      Int32(type.rawValue)
    case .q2_K, .q3_K: nil
    }
  }

  /// Bytes that it takes.
  var byteCount: Int { ck_matrix_byte_count(matrix) }

  /// Row `row` as floats.
  func row(_ row: Int) -> [Float] {
    precondition((0..<rowCount).contains(row))
    return [Float](unsafeUninitializedCapacity: columnCount) { out, count in
      if let base = out.baseAddress { ck_matrix_row(matrix, row, base) }
      count = columnCount
    }
  }

  /// Column `column` as floats.
  func column(_ column: Int) -> [Float] {
    precondition((0..<columnCount).contains(column))
    return [Float](unsafeUninitializedCapacity: rowCount) { out, count in
      if let base = out.baseAddress { ck_matrix_column(matrix, column, base) }
      count = rowCount
    }
  }

  /// The given rows as a matrix of floats.
  func rows(_ rows: [Int]) throws(EngineError) -> PackedMatrix {
    try PackedMatrix(rows.flatMap(row), rows: rows.count, columns: columnCount)
  }

  /// Stacks parts of `rows` rows each, laid out row by row in `type`; `bytes` shows a part's rows to
  /// the closure that it is given.
  convenience init(
    type: ElementType, rows: Int, columns: Int, of file: String,
    parts: [(rows: Int, bytes: ((UnsafeRawBufferPointer) -> Void) -> Void)]
  ) throws(EngineError) {
    guard let packed = Self.packedType(type) else {
      throw .unsupported(file: file, reason: "no packed form of \(type)")
    }
    try self.init(type: packed, rows: rows, columns: columns, file: file)
    var row = 0
    for part in parts {
      part.bytes { ck_matrix_set_rows(matrix, row, part.rows, $0.baseAddress) }
      row += part.rows
    }
  }
}
