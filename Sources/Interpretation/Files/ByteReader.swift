/// Reads what `ByteWriter` wrote; every length is checked.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0
  private let place: String

  /// A reader of `bytes`; `place` names them in errors.
  init(_ bytes: [UInt8], place: String) {
    self.bytes = bytes
    self.place = place
  }

  private func damaged() -> CampaignError { .damaged("\(place), byte \(position)") }

  private mutating func take(_ count: Int) throws(CampaignError) -> Range<Int> {
    guard count >= 0, count <= bytes.count - position else { throw damaged() }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func readByte() throws(CampaignError) -> UInt8 { bytes[try take(1).lowerBound] }

  mutating func readUInt32() throws(CampaignError) -> UInt32 {
    let range = try take(4)
    return range.reversed().reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
  }

  mutating func readFloat() throws(CampaignError) -> Float {
    let value = Float(bitPattern: try readUInt32())
    guard value.isFinite else { throw damaged() }
    return value
  }

  mutating func readDouble() throws(CampaignError) -> Double {
    let low = UInt64(try readUInt32())
    let value = Double(bitPattern: UInt64(try readUInt32()) << 32 | low)
    guard value.isFinite else { throw damaged() }
    return value
  }

  /// A number of at most `max`.
  mutating func readCount(max: Int) throws(CampaignError) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      let byte = try readByte()
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 {
        guard max >= 0, value <= UInt64(max) else { throw damaged() }
        return Int(value)
      }
    }
    throw damaged()
  }

  mutating func readInt8s(count: Int) throws(CampaignError) -> [Int8] {
    bytes[try take(count)].map { Int8(bitPattern: $0) }
  }

  mutating func readBytes(count: Int) throws(CampaignError) -> ArraySlice<UInt8> {
    bytes[try take(count)]
  }

  mutating func readText() throws(CampaignError) -> String {
    let count = try readCount(max: bytes.count - position)
    return String(decoding: bytes[try take(count)], as: UTF8.self)
  }

  /// As many elements as were written, at most `max`.
  mutating func readArray<Element>(
    max: Int, _ body: (inout ByteReader) throws(CampaignError) -> Element
  ) throws(CampaignError) -> [Element] {
    let count = try readCount(max: max)
    var elements: [Element] = []
    // A byte an element is the least that was written; so a forged count reserves no more than that.
    elements.reserveCapacity(min(count, bytes.count - position))
    for _ in 0..<count { elements.append(try body(&self)) }
    return elements
  }

  /// - Throws: `damaged` where bytes are left over.
  func finish() throws(CampaignError) {
    guard position == bytes.count else { throw damaged() }
  }
}
