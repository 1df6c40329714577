import Glibc

/// A file of the user's own, mapped for reading: its pages are loaded when they are touched, and
/// processes share them.
///
/// Whoever cuts a mapped file short kills the processes that read it. So this is for files alone that
/// are written under another name and then renamed into place, never for those that people exchange.
///
/// `@unchecked Sendable`: the memory can't be written.
final class MappedFile: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`; nil when it can't be read, is empty or larger than `byteCountMax`, or
  /// belongs to somebody else or may be written by others, so that its content is anybody's.
  init?(path: String, byteCountMax: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o022 == 0,
      status.st_size > 0, status.st_size <= byteCountMax
    else { return nil }
    let count = Int(status.st_size)
    guard let memory = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0),
      memory != UnsafeMutableRawPointer(bitPattern: -1)
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: count)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  /// Lets go of the pages of a range that begins at one; they come back from the file when they are
  /// touched again.
  func forgetPages(_ range: Range<Int>) {
    guard !range.isEmpty, let base = bytes.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base + range.lowerBound), range.count, MADV_DONTNEED)
  }
}
