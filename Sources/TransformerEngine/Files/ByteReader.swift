/// Reads little-endian values from a file's bytes, front to back; never beyond the end.
struct ByteReader {
  let file: FileContents
  private(set) var offset = 0

  init(_ file: FileContents) { self.file = file }

  var remaining: Int { file.count - offset }

  func malformed(_ reason: String) -> EngineError { .malformed(file: file.name, reason: reason) }

  /// The next `count` bytes.
  mutating func bytes(_ count: Int, _ what: @autoclosure () -> String)
    throws(EngineError) -> UnsafeRawBufferPointer
  {
    guard count >= 0, count <= remaining else {
      throw malformed("ends within \(what()) at byte \(offset)")
    }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + count])
  }

  /// The next integer.
  mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self, _ what: @autoclosure () -> String
  ) throws(EngineError) -> Value {
    let bytes = try bytes(MemoryLayout<Value>.size, what())
    return Value(littleEndian: bytes.loadUnaligned(as: Value.self))
  }

  /// The next 64-bit count or length, at most `max`.
  mutating func count(max: Int, _ what: @autoclosure () -> String) throws(EngineError) -> Int {
    let value = try integer(UInt64.self, what())
    guard value <= UInt64(max) else { throw malformed("\(what()) is \(value), at most \(max)") }
    return Int(value)
  }
}
