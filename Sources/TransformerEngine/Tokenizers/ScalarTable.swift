/// A 16-bit entry for every scalar, in pages of 256; pages that are the same throughout are shared.
struct ScalarTable: Sendable {
  private static let pageSize = 256
  private static let pageCount = 0x110000 / pageSize

  /// Where each page's entries begin.
  private var starts: [Int32]
  private var entries: [UInt16]
  /// The page that holds one entry throughout, by that entry.
  private var uniform: [UInt16: Int32]

  /// Zero for every scalar.
  init() {
    starts = [Int32](repeating: 0, count: Self.pageCount)
    entries = [UInt16](repeating: 0, count: Self.pageSize)
    uniform = [0: 0]
  }

  /// The entry of a scalar; the last one's for values above.
  @inline(__always)
  subscript(scalar: UInt32) -> UInt16 {
    let page = min(Int(scalar >> 8), Self.pageCount - 1)
    return entries[Int(starts[page]) + Int(scalar & 0xFF)]
  }

  /// Calls `body` with a view for many look-ups, which is valid only during the call.
  @inline(__always)
  func withView<Result>(_ body: (View) -> Result) -> Result {
    starts.withUnsafeBufferPointer { starts in
      entries.withUnsafeBufferPointer { body(View(starts: starts, entries: $0)) }
    }
  }

  /// A table's memory.
  struct View {
    fileprivate let starts: UnsafeBufferPointer<Int32>
    fileprivate let entries: UnsafeBufferPointer<UInt16>

    /// The entry of a scalar; another's for values above the last.
    @inline(__always)
    subscript(scalar: UInt32) -> UInt16 {
      // Bytes that aren't UTF-8 can give a value of 21 bits.
      let page = min(Int(scalar >> 8), ScalarTable.pageCount - 1)
      return entries[Int(starts[page]) + Int(scalar & 0xFF)]
    }

    /// The entry of a byte below 0x80: the first page is never shared with others.
    @inline(__always)
    subscript(ascii byte: UInt8) -> UInt16 { entries[Int(starts[0]) + Int(byte)] }
  }

  /// Sets the bits of `value` for each scalar of `range`.
  mutating func add(_ value: UInt16, to range: ClosedRange<Int>) {
    var scalar = range.lowerBound
    while scalar <= range.upperBound {
      let page = scalar / Self.pageSize
      let end = min(range.upperBound, (page + 1) * Self.pageSize - 1)
      if end - scalar + 1 == Self.pageSize, let shared = sharedEntry(of: page) {
        starts[page] = start(ofUniform: shared | value)
      } else {
        let start = ownStart(of: page)
        for index in scalar % Self.pageSize...end % Self.pageSize {
          entries[start + index] |= value
        }
      }
      scalar = end + 1
    }
  }

  private func sharedEntry(of page: Int) -> UInt16? {
    let entry = entries[Int(starts[page])]
    return uniform[entry] == starts[page] ? entry : nil
  }

  private mutating func start(ofUniform entry: UInt16) -> Int32 {
    if let start = uniform[entry] { return start }
    let start = Int32(entries.count)
    entries += repeatElement(entry, count: Self.pageSize)
    uniform[entry] = start
    return start
  }

  private mutating func ownStart(of page: Int) -> Int {
    guard let entry = sharedEntry(of: page) else { return Int(starts[page]) }
    starts[page] = Int32(entries.count)
    entries += repeatElement(entry, count: Self.pageSize)
    return Int(starts[page])
  }
}
