import CKernels

/// A file of packed weights, mapped and checked.
///
/// ```
/// header   "NARENAPW" | version u32 | CK_PACKED_VERSION u32 | file's bytes u64 | header's bytes u64
///          | SHA-256 of the model file, 32 bytes | layouts u64
///          | range count u32 | ranges of the model file that parts stand for: from u64 | to u64
///          | part count u32
///          | parts: type u32 | rows u64 | columns u64 | offset u64 | bytes u64 | checksum u64
///                   | name's bytes u32 | name
///          | checksum of the header u64
/// padding to 4096, then each part at a multiple of 4096
/// ```
///
/// Numbers are in the machine's own byte order, as the weights are. `layouts` tells the present
/// layouts of all types apart from those of another version of the program, even one that forgot to
/// count up its version.
final class PackedWeightsFile: Sendable {
  /// What is asked for: the name, and what has to be true of it.
  struct Key: Hashable, Sendable, Comparable {
    var name: String
    /// A matrix's type, as the kernels number them.
    var type: Int32
    var rowCount: Int
    var columnCount: Int

    /// Plain floats, which aren't packed.
    static func floats(_ name: String, count: Int) -> Key {
      Key(name: name, type: -1, rowCount: 1, columnCount: count)
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.name, left.type, left.rowCount, left.columnCount)
        < (right.name, right.type, right.rowCount, right.columnCount)
    }
  }

  static let magic = Array("NARENAPW".utf8)
  static let version: UInt32 = 1
  /// A page: parts begin at one, so that none shares a page with another.
  static let alignment = 4096
  /// The largest file; far above the models in use, far below memory.
  static let byteCountMax = 8 << 30
  /// A thousand parts take some 100 KB.
  static let headerByteCountMax = 16 << 20

  /// The ranges of the model file that the parts stand for, in order.
  let replaced: [Range<Int>]
  private let ranges: [Key: Range<Int>]
  private let file: MappedFile

  /// Maps the file at `path`; nil unless it was written whole, by this version of the program, for
  /// the model file with this SHA-256, and is as it was written.
  init?(path: String, digest: [UInt8]) {
    guard let file = MappedFile(path: path, byteCountMax: Self.byteCountMax),
      let (ranges, replaced) = Self.ranges(in: file, digest: digest)
    else { return nil }
    self.file = file
    self.ranges = ranges
    self.replaced = replaced
  }

  /// All parts.
  var keys: some Collection<Key> { ranges.keys }

  /// A part's bytes, valid as long as this file is; nil if it isn't there.
  subscript(key: Key) -> UnsafeRawBufferPointer? {
    ranges[key].map { UnsafeRawBufferPointer(rebasing: file.bytes[$0]) }
  }

  /// Reads and checks everything; where the parts lie, and what of the model file they stand for.
  private static func ranges(
    in file: MappedFile, digest: [UInt8]
  ) -> ([Key: Range<Int>], replaced: [Range<Int>])? {
    let bytes = file.bytes
    var reader = HeaderReader(bytes)
    guard reader.bytes(magic.count)?.elementsEqual(magic) == true,
      reader.integer(UInt32.self) == version,
      reader.integer(UInt32.self) == UInt32(CK_PACKED_VERSION),
      reader.integer(UInt64.self) == UInt64(bytes.count),
      let headerCount = reader.integer(UInt64.self),
      headerCount <= min(headerByteCountMax, bytes.count), headerCount > 8,
      checksum(UnsafeRawBufferPointer(rebasing: bytes[..<(Int(headerCount) - 8)]))
        == bytes.loadUnaligned(fromByteOffset: Int(headerCount) - 8, as: UInt64.self),
      reader.bytes(32)?.elementsEqual(digest) == true,
      reader.integer(UInt64.self) == layouts(), let replaced = reader.ranges(),
      let count = reader.integer(UInt32.self)
    else { return nil }
    var ranges: [Key: Range<Int>] = [:]
    for _ in 0..<count {
      guard let part = reader.part(), part.offset % UInt64(alignment) == 0,
        part.offset <= UInt64(bytes.count), part.byteCount <= UInt64(bytes.count) - part.offset
      else { return nil }
      let range = Int(part.offset)..<Int(part.offset + part.byteCount)
      guard checksum(UnsafeRawBufferPointer(rebasing: bytes[range])) == part.checksum else {
        return nil
      }
      // Checking has touched every page; those that are never used again needn't stay.
      file.forgetPages(range)
      ranges[part.key] = range
    }
    return (ranges, replaced)
  }

  /// A checksum that finds damage; it is no proof of who wrote the bytes.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    ck_checksum(bytes.baseAddress, bytes.count)
  }

  /// A number that changes with the layout of any type.
  static func layouts() -> UInt64 {
    var sums: [UInt64] = []
    for type in ElementType.allCases {
      // One row more than a panel, and a super-block.
      guard let matrix = ck_matrix_create(Int32(type.rawValue), CK_PANEL_ROWS + 1, 256),
        let rowByteCount = type.byteCount(elements: 256)
      else { continue }
      defer { ck_matrix_free(matrix) }
      var state: UInt32 = 1
      let rows = (0..<rowByteCount * (CK_PANEL_ROWS + 1)).map { _ -> UInt8 in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      }
      ck_matrix_set_rows(matrix, 0, CK_PANEL_ROWS + 1, rows)
      sums.append(UInt64(type.rawValue))
      sums.append(ck_checksum(ck_matrix_bytes(matrix), ck_matrix_byte_count(matrix)))
    }
    return sums.withUnsafeBytes { checksum($0) }
  }
}

/// The kernels' panel, in Swift's own number.
private let CK_PANEL_ROWS = Int(CK_PANEL)

/// Reads the header front to back; nil at its end.
private struct HeaderReader {
  struct Part {
    var key: PackedWeightsFile.Key
    var offset: UInt64
    var byteCount: UInt64
    var checksum: UInt64
  }

  private let all: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { all = bytes }

  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, count <= all.count - offset else { return nil }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: all[offset..<offset + count])
  }

  mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> Value? {
    bytes(MemoryLayout<Value>.size)?.loadUnaligned(as: Value.self)
  }

  /// Ranges in order, none overlapping another.
  mutating func ranges() -> [Range<Int>]? {
    guard let count = integer(UInt32.self) else { return nil }
    var ranges: [Range<Int>] = []
    for _ in 0..<count {
      guard let lower = integer(Int.self), let upper = integer(Int.self),
        lower >= ranges.last?.upperBound ?? 0, upper >= lower
      else { return nil }
      ranges.append(lower..<upper)
    }
    return ranges
  }

  mutating func part() -> Part? {
    guard let type = integer(Int32.self), let rows = integer(Int.self),
      let columns = integer(Int.self), rows >= 0, columns >= 0,
      let offset = integer(UInt64.self), let byteCount = integer(UInt64.self),
      let checksum = integer(UInt64.self), let nameCount = integer(UInt32.self),
      let name = bytes(Int(nameCount))
    else { return nil }
    return Part(
      key: .init(
        name: String(decoding: name, as: UTF8.self), type: type, rowCount: rows,
        columnCount: columns), offset: offset, byteCount: byteCount, checksum: checksum)
  }
}
