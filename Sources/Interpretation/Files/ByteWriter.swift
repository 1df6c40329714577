/// Appends numbers and texts to bytes, little-endian.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: UInt8) { bytes.append(value) }

  mutating func write(_ value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
    }
  }

  mutating func write(_ value: Float) { write(value.bitPattern) }

  mutating func write(_ value: Double) {
    write(UInt32(truncatingIfNeeded: value.bitPattern))
    write(UInt32(truncatingIfNeeded: value.bitPattern >> 32))
  }

  /// Seven bits a byte, the lowest first; the top bit says that more follow (LEB128).
  mutating func write(count value: Int) {
    var rest = UInt64(max(0, value))
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ values: some Sequence<Int8>) {
    bytes.append(contentsOf: values.lazy.map { UInt8(bitPattern: $0) })
  }

  mutating func write(raw values: some Sequence<UInt8>) { bytes.append(contentsOf: values) }

  mutating func write(_ text: String) {
    write(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write<Element>(
    _ elements: [Element], _ body: (inout ByteWriter, Element) -> Void
  ) {
    write(count: elements.count)
    for element in elements { body(&self, element) }
  }
}
