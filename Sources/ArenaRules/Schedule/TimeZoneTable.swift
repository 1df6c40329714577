public import ArenaTypes

/// When the clocks of a named zone show what: pure, from the bytes of a TZif file (RFC 9636).
///
/// The system's files say all that is known of a zone, so nothing heavier is needed; who reads them is
/// the shell's business. A moment after the last listed change follows the file's footer.
public struct TimeZoneTable: Hashable, Sendable {
  /// The zone's name, such as `Europe/Berlin`.
  public let name: String
  /// When the offset changes, in seconds since the epoch, ascending.
  private let changes: [Int64]
  /// The offset from each change on.
  private let offsets: [Int64]
  /// The offset before the first change.
  private let firstOffset: Int64
  /// What holds after the last change; nil: what held last.
  private let footer: PosixZone?

  /// The zone whose clocks never change.
  public static let utc = TimeZoneTable(
    name: "UTC", changes: [], offsets: [], firstOffset: 0, footer: nil)

  private init(
    name: String, changes: [Int64], offsets: [Int64], firstOffset: Int64, footer: PosixZone?
  ) {
    self.name = name
    self.changes = changes
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.footer = footer
  }

  /// Seconds to add to UTC at a moment.
  ///
  /// - Complexity: O(log *n*) in the number of listed changes.
  public func offset(at moment: Timestamp) -> Int64 {
    offset(atSecond: floorDivision(moment.millisecondsSinceEpoch, by: 1_000))
  }

  func offset(atSecond second: Int64) -> Int64 {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= second { low = middle + 1 } else { high = middle }
    }
    if low == changes.count, let footer { return footer.offset(atSecond: second) }
    return low == 0 ? firstOffset : offsets[low - 1]
  }

  /// What the zone's clocks show at a moment.
  public func local(_ moment: Timestamp) -> LocalTime {
    LocalTime(
      seconds: floorDivision(moment.millisecondsSinceEpoch, by: 1_000) + offset(at: moment))
  }

  /// The moment at which the zone's clocks show `local`.
  ///
  /// Where they show it twice, the first of the two; where they jump over it, the moment of the jump,
  /// which is the first that is not before it.
  public func moment(of local: LocalTime) -> Timestamp {
    let (from, to) = (local.seconds - Self.offsetMax, local.seconds + Self.offsetMax)
    // The first moment from which on the clocks show `local` or later, looked for between one change
    // of the offset and the next.
    var start = from
    while start < to {
      let offset = offset(atSecond: start)
      let end = min(nextChange(after: start, before: to) ?? to, to)
      let second = local.seconds - offset
      if second < start { return Timestamp(millisecondsSinceEpoch: start * 1_000) }
      if second < end { return Timestamp(millisecondsSinceEpoch: second * 1_000) }
      start = end
    }
    return Timestamp(millisecondsSinceEpoch: (local.seconds - offset(atSecond: to)) * 1_000)
  }

  /// No zone is further from UTC, in seconds.
  static let offsetMax: Int64 = 26 * 3_600

  /// The first second after `second` and before `limit` from which another offset holds.
  func nextChange(after second: Int64, before limit: Int64) -> Int64? {
    let before = offset(atSecond: second)
    // A change that is taken back within a day isn't seen; no zone has one.
    var low = second
    while low < limit {
      let high = min(low + 86_400, limit)
      guard offset(atSecond: high) != before else {
        low = high
        continue
      }
      var (same, other) = (low, high)
      while other - same > 1 {
        let middle = same + (other - same) / 2
        if offset(atSecond: middle) == before { same = middle } else { other = middle }
      }
      return other < limit ? other : nil
    }
    return nil
  }
}

/// Why bytes are no time zone.
public enum TimeZoneError: Error, Hashable, Sendable {
  /// They don't begin as a TZif file does.
  case notAZone
  /// They end too early, or a number in them is out of its range.
  case damaged
  /// The rule for later years isn't understood.
  case badFooter(String)
}

extension TimeZoneTable {
  /// Reads a TZif file of version 2 or later; of version 1, which knows no moment after 2038, the list
  /// alone.
  ///
  /// - Throws: What is wrong with the bytes.
  public init(name: String, bytes: [UInt8]) throws(TimeZoneError) {
    var reader = ZoneReader(bytes)
    let first = try reader.header()
    let width: Int
    let header: ZoneReader.Header
    if first.version >= 2 {
      try reader.skip(first.byteCount(width: 4))
      header = try reader.header()
      width = 8
    } else {
      header = first
      width = 4
    }
    var changes: [Int64] = []
    for _ in 0..<header.changeCount { changes.append(try reader.integer(width)) }
    guard zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged }
    var kinds: [Int] = []
    for _ in 0..<header.changeCount { kinds.append(try reader.byte()) }
    var types: [Int64] = []
    for _ in 0..<header.typeCount {
      types.append(try reader.integer(4))
      try reader.skip(2)
    }
    guard let firstOffset = types.first, kinds.allSatisfy(types.indices.contains),
      types.allSatisfy({ abs($0) < Self.offsetMax })
    else { throw .damaged }
    var footer: PosixZone?
    if width == 8 {
      try reader.skip(header.byteCountAfterTypes(width: width))
      let text = try reader.footer()
      if !text.isEmpty {
        guard let zone = PosixZone(text) else { throw .badFooter(text) }
        footer = zone
      }
    }
    self.init(
      name: name, changes: changes, offsets: kinds.map { types[$0] }, firstOffset: firstOffset,
      footer: footer)
  }
}

/// Reads the parts of a TZif file, big-endian and within its bounds.
private struct ZoneReader {
  struct Header {
    var version: Int
    var utcCount: Int
    var standardCount: Int
    var leapCount: Int
    var changeCount: Int
    var typeCount: Int
    var letterCount: Int

    func byteCount(width: Int) -> Int {
      changeCount * (width + 1) + typeCount * 6 + byteCountAfterTypes(width: width)
    }
    func byteCountAfterTypes(width: Int) -> Int {
      letterCount + leapCount * (width + 4) + standardCount + utcCount
    }
  }

  /// More than any zone has, and far below what would be slow to read.
  static let countMax = 100_000
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func header() throws(TimeZoneError) -> Header {
    guard bytes.count - position >= 44, bytes[position..<position + 4].elementsEqual("TZif".utf8)
    else { throw .notAZone }
    let version = bytes[position + 4]
    position += 20
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(Int(try integer(4))) }
    guard counts.allSatisfy((0...Self.countMax).contains) else { throw .damaged }
    return Header(
      version: version == 0 ? 1 : Int(version) - 48, utcCount: counts[0],
      standardCount: counts[1], leapCount: counts[2], changeCount: counts[3],
      typeCount: counts[4], letterCount: counts[5])
  }

  mutating func skip(_ count: Int) throws(TimeZoneError) {
    guard count <= bytes.count - position else { throw .damaged }
    position += count
  }

  mutating func byte() throws(TimeZoneError) -> Int {
    guard position < bytes.count else { throw .damaged }
    position += 1
    return Int(bytes[position - 1])
  }

  mutating func integer(_ width: Int) throws(TimeZoneError) -> Int64 {
    guard width <= bytes.count - position else { throw .damaged }
    var bits: UInt64 = 0
    for byte in bytes[position..<position + width] { bits = bits << 8 | UInt64(byte) }
    position += width
    return width == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  /// The text between two line feeds.
  mutating func footer() throws(TimeZoneError) -> String {
    guard try byte() == 10, let end = bytes[position...].firstIndex(of: 10) else {
      throw .damaged
    }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
