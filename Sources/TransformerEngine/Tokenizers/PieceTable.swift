/// Pieces of a vocabulary by their bytes: an open hash table over one array of all bytes.
///
/// A dictionary of texts compares by Unicode's equivalence, which takes ten times as long and holds
/// for equal what a vocabulary tells apart.
struct PieceTable: Sendable {
  /// All pieces' bytes; piece i's are [offsets[i], offsets[i + 1]).
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = [0]
  /// Places in `offsets` by hash, -1 where there is none; a power of two, half of it empty.
  private var slots: [Int32]
  private var values: [Int32] = []

  /// The first step of a hash; ``step(_:_:)`` takes each byte in turn.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// An empty table that has room for `count` pieces.
  init(capacity count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    offsets.reserveCapacity(count + 1)
    values.reserveCapacity(count)
  }

  /// FNV-1a; any beginning's hash is met on the way to the whole one's.
  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The slot to begin at; the multiplication alone leaves the lowest bits poorly mixed.
  @inline(__always)
  private func slot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(slots.count - 1))
  }

  /// The value of a piece; nil when there is no such piece.
  func find(_ piece: UnsafeBufferPointer<UInt8>) -> Int32? {
    find(piece, hash: piece.reduce(Self.seed, Self.step))
  }

  /// The value of a piece of that hash; nil when there is no such piece.
  @inline(__always)
  func find(_ piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32? {
    index(of: piece, hash: hash).map { values[$0] }
  }

  @inline(__always)
  private func index(of piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
    var place = slot(hash)
    while slots[place] >= 0 {
      let index = Int(slots[place])
      let start = offsets[index]
      if offsets[index + 1] - start == piece.count, isEqual(piece, start) { return index }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  @inline(__always)
  private func isEqual(_ piece: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    for index in 0..<piece.count where bytes[start + index] != piece[index] { return false }
    return true
  }

  /// Adds a piece, unless it is there already.
  ///
  /// - Precondition: No more pieces are added than the table has room for.
  mutating func insert(_ piece: UnsafeBufferPointer<UInt8>, _ value: Int32) {
    let hash = piece.reduce(Self.seed, Self.step)
    guard find(piece, hash: hash) == nil else { return }
    precondition(values.count < slots.count / 2)
    var place = slot(hash)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(values.count)
    bytes += piece
    offsets.append(bytes.count)
    values.append(value)
  }
}

extension PieceTable {
  /// The value of the piece that is `text`.
  func find(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { find($0) }
  }

  /// The value of a piece.
  func find(_ piece: [UInt8]) -> Int32? { piece.withUnsafeBufferPointer { find($0) } }

  /// Adds a piece, unless it is there already.
  mutating func insert(_ piece: [UInt8], _ value: Int32) {
    piece.withUnsafeBufferPointer { insert($0, value) }
  }

  /// Adds a piece, or gives one that is there another value.
  mutating func replace(_ piece: [UInt8], _ value: Int32) {
    piece.withUnsafeBufferPointer { piece in
      guard let index = index(of: piece, hash: piece.reduce(Self.seed, Self.step)) else {
        return insert(piece, value)
      }
      values[index] = value
    }
  }
}
