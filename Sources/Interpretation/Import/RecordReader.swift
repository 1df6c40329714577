import CZlib
import Glibc

/// Reads the JSON records of a file one after the other, in the memory of one record.
///
/// A file whose name ends in `.jsonl` or `.ndjson` has a record a line; any other is one record, or
/// an array or a sequence of records. Either may be compressed by gzip (RFC 1952), whatever its name.
struct RecordReader: ~Copyable {
  /// The largest record: 64 MiB, a hundred times what a neuron with all its texts takes.
  static let recordByteCountMax = 64 << 20
  private static let chunkByteCount = 256 << 10

  /// One record, not yet looked at.
  struct Record {
    let bytes: [UInt8]
    /// The line on which it begins, from 1.
    let line: Int
  }

  let path: String
  private let file: gzFile
  private let hasLines: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1
  private var isAtEnd = false

  /// Opens the file at `path`.
  ///
  /// - Throws: `ImportFault` where it can't be read.
  init(path: String) throws(ImportFault) {
    guard let file = gzopen(path, "rb") else {
      let reason = String(cString: strerror(errno))
      throw ImportFault(file: path, line: 0, reason: "can't be read: \(reason)")
    }
    gzbuffer(file, UInt32(Self.chunkByteCount))
    self.path = path
    self.file = file
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    hasLines = name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
  }

  deinit { gzclose(file) }

  /// The next record; nil at the end.
  ///
  /// - Throws: `ImportFault` for a record that is too long or a stream that is damaged; the reader
  ///   then goes on with the next record, if there is one.
  mutating func next() throws(ImportFault) -> Record? {
    try hasLines ? nextLine() : nextValue()
  }

  /// How many bytes of the file have been taken in.
  var byteCount: Int { max(0, Int(gzoffset(file))) }

  /// Whether there is a byte at `position`, read if need be.
  private mutating func fill() throws(ImportFault) -> Bool {
    if position < buffer.count { return true }
    if isAtEnd { return false }
    position = 0
    buffer = [UInt8](repeating: 0, count: Self.chunkByteCount)
    let count = gzread(file, &buffer, UInt32(Self.chunkByteCount))
    var status: Int32 = 0
    let message = gzerror(file, &status)
    buffer.removeLast(buffer.count - max(0, Int(count)))
    if count <= 0 { isAtEnd = true }
    if count < 0 || (status != Z_OK && status != Z_STREAM_END) {
      isAtEnd = true
      let reason = message.map { String(cString: $0) } ?? "status \(status)"
      throw ImportFault(file: path, line: line, reason: "the stream is damaged: \(reason)")
    }
    return count > 0
  }

  private mutating func nextLine() throws(ImportFault) -> Record? {
    while try fill() {
      var bytes: [UInt8] = []
      let start = line
      var isTooLong = false
      while try fill() {
        let rest = buffer[position...]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count
        if bytes.count + end - position > Self.recordByteCountMax { isTooLong = true }
        if !isTooLong { bytes += rest[..<end] }
        position = min(end + 1, buffer.count)
        if end < buffer.count, rest[end] == UInt8(ascii: "\n") {
          line += 1
          break
        }
      }
      if isTooLong { throw tooLong(start) }
      if bytes.contains(where: { $0 > 0x20 }) { return Record(bytes: bytes, line: start) }
    }
    return nil
  }

  private func tooLong(_ line: Int) -> ImportFault {
    ImportFault(file: path, line: line, reason: "is longer than 64 MiB")
  }

  /// The next value, taken from within an array at the top.
  ///
  /// Only brackets and quotes are looked at; whether it is JSON is for the scanner to say.
  private mutating func nextValue() throws(ImportFault) -> Record? {
    try skipBetweenValues()
    var bytes: [UInt8] = []
    let start = line
    var depth = 0
    var isInString = false
    var isEscaped = false
    while try fill() {
      let byte = buffer[position]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ","), 0...0x20:
          if depth == 0 { return Record(bytes: bytes, line: start) }
        default: break
        }
      }
      guard bytes.count < Self.recordByteCountMax else {
        isAtEnd = true
        position = buffer.count
        throw tooLong(start)
      }
      bytes.append(byte)
      position += 1
      if depth <= 0, !isInString, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { break }
    }
    return bytes.isEmpty ? nil : Record(bytes: bytes, line: start)
  }

  /// White space, commas, and the brackets of an array at the top.
  private mutating func skipBetweenValues() throws(ImportFault) {
    while try fill() {
      switch buffer[position] {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), 0...0x20: break
      default: return
      }
      position += 1
    }
  }
}
