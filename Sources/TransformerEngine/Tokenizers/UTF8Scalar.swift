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

  /// Whether it is white space (Unicode's White_Space, `\s` of the reference patterns).
  var isSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}
