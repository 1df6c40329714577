import CKernels
import Glibc

extension PackedWeightsFile {
  /// Writes `parts` to `path`: into a file beside it, which then takes its place.
  ///
  /// Nothing waits for the disk: a file that a loss of power leaves half-written fails its checksums
  /// and is written again.
  static func write(
    _ parts: [Key: UnsafeRawBufferPointer], replaced: [Range<Int>], digest: [UInt8],
    to path: String
  ) -> PackedWeights.Outcome {
    makeFolder(of: path)
    guard let target = NewFile(path: path + ".new") else { return .failed(systemReason()) }
    switch target {
    case .busy: return .busy
    case .open(let descriptor):
      // Closing releases the lock, after the file has its name or is gone.
      defer { close(descriptor) }
      let sorted = parts.sorted { $0.key < $1.key }
      let (header, offsets, byteCount) = header(
        of: sorted, replaced: disjoint(replaced), digest: digest)
      guard ftruncate(descriptor, 0) == 0, write(header, descriptor, at: 0),
        zip(sorted, offsets).allSatisfy({ write($0.value, descriptor, at: $1) }),
        ftruncate(descriptor, byteCount) == 0, rename(path + ".new", path) == 0
      else {
        let reason = systemReason()
        unlink(path + ".new")
        return .failed(reason)
      }
      return .saved(byteCount: byteCount)
    }
  }

  /// The header, each part's offset, and the whole file's length.
  private static func header(
    of parts: [(key: Key, value: UnsafeRawBufferPointer)], replaced: [Range<Int>], digest: [UInt8]
  ) -> (header: [UInt8], offsets: [Int], byteCount: Int) {
    func rounded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
    let headerCount =
      magic.count + 4 + 4 + 8 + 8 + 32 + 8 + 4 + 16 * replaced.count + 4 + 8
      + parts.reduce(0) { $0 + 4 + 5 * 8 + 4 + $1.key.name.utf8.count }
    var offsets: [Int] = []
    var end = rounded(headerCount)
    for part in parts {
      offsets.append(end)
      end = rounded(end + part.value.count)
    }
    var header = magic
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value) { header += $0 }
    }
    append(version)
    append(UInt32(CK_PACKED_VERSION))
    append(UInt64(end))
    append(UInt64(headerCount))
    header += digest
    append(layouts())
    append(UInt32(replaced.count))
    for range in replaced {
      append(range.lowerBound)
      append(range.upperBound)
    }
    append(UInt32(parts.count))
    for (part, offset) in zip(parts, offsets) {
      append(part.key.type)
      append(part.key.rowCount)
      append(part.key.columnCount)
      append(UInt64(offset))
      append(UInt64(part.value.count))
      append(checksum(part.value))
      append(UInt32(part.key.name.utf8.count))
      header += part.key.name.utf8
    }
    append(header.withUnsafeBytes { checksum($0) })
    return (header, offsets, end)
  }

  /// The same ranges, which are in order, without those that begin within another.
  private static func disjoint(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.reduce(into: []) { result, range in
      if range.lowerBound >= result.last?.upperBound ?? 0 { result.append(range) }
    }
  }

  private static func write(_ bytes: [UInt8], _ descriptor: Int32, at offset: Int) -> Bool {
    bytes.withUnsafeBytes { write($0, descriptor, at: offset) }
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, at offset: Int
  ) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, offset + done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Makes the folder that `path` lies in, and those above it, for this user alone.
  private static func makeFolder(of path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}

/// The file that is being written.
private enum NewFile {
  case open(Int32)
  /// Another process has it.
  case busy

  /// Opens or makes the file at `path` and locks it; nil when the system refuses.
  init?(path: String) {
    let descriptor = Glibc.open(
      path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return nil }
    var named = stat()
    var opened = stat()
    // The lock may have been another's until a moment ago, who then gave the file its final name: it
    // must not be written to any more.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, stat(path, &named) == 0,
      fstat(descriptor, &opened) == 0, named.st_ino == opened.st_ino,
      opened.st_mode & S_IFMT == S_IFREG
    else {
      close(descriptor)
      self = .busy
      return
    }
    self = .open(descriptor)
  }
}
