/// A scalar of well-formed UTF-8, and where the next one begins.
///
/// Bytes that aren't well-formed give some value, but never a read out of bounds.
struct UTF8Scalar {
  /// The scalar's value.
  let value: UInt32
  /// The offset behind its last byte.
  let end: Int

  /// The scalar that begins at `start`, which lies within `bytes`.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) {
    let first = UInt32(bytes[start])
    if first < 0x80 {
      value = first
      end = start + 1
      return
    }
    let last = bytes.count - 1
    func next(_ offset: Int) -> UInt32 {
      start + offset <= last ? UInt32(bytes[start + offset] & 0x3F) : 0
    }
    if first < 0xE0 {
      value = (first & 0x1F) << 6 | next(1)
      end = min(start + 2, last + 1)
    } else if first < 0xF0 {
      value = (first & 0x0F) << 12 | next(1) << 6 | next(2)
      end = min(start + 3, last + 1)
    } else {
      value = (first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3)
      end = min(start + 4, last + 1)
    }
  }

  /// Whether it is white space (`\s` of the reference patterns).
  var isSpace: Bool {
    UnicodeClasses.table[value] & UnicodeClasses.kindMask == UnicodeClasses.Kind.space.rawValue
  }

  /// Appends a scalar to UTF-8.
  @inline(__always)
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    func last(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    switch value {
    case ..<0x80: bytes.append(UInt8(value))
    case ..<0x800:
      bytes.append(UInt8(0xC0 | value >> 6))
      bytes.append(last(0))
    case ..<0x10000:
      bytes.append(UInt8(0xE0 | value >> 12))
      bytes.append(last(6))
      bytes.append(last(0))
    default:
      bytes.append(UInt8(0xF0 | value >> 18 & 7))
      bytes.append(last(12))
      bytes.append(last(6))
      bytes.append(last(0))
    }
  }
}
