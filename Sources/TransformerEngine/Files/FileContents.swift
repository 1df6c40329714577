import ArenaTypes
import Glibc

/// The bytes of a whole file, read once and never changed.
///
/// What is kept of a model file in packed form can be left out, see ``init(path:besides:byteCountMax:_:)``.
///
/// The file is read rather than mapped: a mapped file that someone truncates kills the process, and
/// a file that someone replaces could differ from the one whose checksum was compared.
///
/// `@unchecked Sendable`: the memory is written in `init` alone and read afterwards.
public final class FileContents: @unchecked Sendable {
  /// The largest file that is read by default: far above the models in use, far below memory.
  public static let byteCountMax = 4 << 30

  /// The file's path or name, for messages.
  public let name: String
  let bytes: UnsafeRawBufferPointer
  /// The ranges that were left out since their packed form is kept; zeros stand there.
  private let missing: [Range<Int>]
  private let missed = Locked(false)
  /// Whether the memory came from mmap.
  private let isMapped: Bool
  /// What is kept of this file in packed form, and what is to be kept of it; nil without a cache.
  public let packed: PackedWeights?

  /// Reads the file at `path`.
  ///
  /// `packed` is called with the bytes, which are valid only during the call, and finds what is kept
  /// in packed form of a file with these bytes.
  ///
  /// - Throws: `EngineError.unreadable` when it can't be opened, isn't a regular file, is larger
  ///   than `byteCountMax` or shrinks while it is read.
  public init(
    path: String, byteCountMax: Int = FileContents.byteCountMax,
    packed: (UnsafeRawBufferPointer) -> PackedWeights? = { _ in nil }
  ) throws(EngineError) {
    let file = try OpenFile(path: path, byteCountMax: byteCountMax)
    defer { file.end() }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: file.count, alignment: 64)
    do {
      try file.read(into: memory, at: 0)
    } catch {
      memory.deallocate()
      throw error
    }
    name = path
    missing = []
    isMapped = false
    bytes = UnsafeRawBufferPointer(memory)
    self.packed = packed(bytes)
  }

  /// Reads the file at `path` but for what `kept` has in packed form.
  ///
  /// All of the file goes through `piece`, in order, for a checksum. When it is the right one, and
  /// ``isSound`` after everything was made from these contents, they were as good as the whole file.
  ///
  /// - Throws: `EngineError.unreadable` as above.
  public init(
    path: String, besides kept: PackedWeights, byteCountMax: Int = FileContents.byteCountMax,
    _ piece: (UnsafeRawBufferPointer) -> Void
  ) throws(EngineError) {
    let file = try OpenFile(path: path, byteCountMax: byteCountMax)
    defer { file.end() }
    // Of this memory, all zeros, only the pages that are written to exist.
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let mapped = mmap(nil, max(file.count, 1), PROT_READ | PROT_WRITE, flags, -1, 0),
      mapped != UnsafeMutableRawPointer(bitPattern: -1)
    else { throw .unreadable(file: path, reason: "no memory for \(file.count) bytes") }
    let memory = UnsafeMutableRawBufferPointer(start: mapped, count: file.count)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    missing = kept.replaced.filter { $0.upperBound <= file.count }
    var start = 0
    while start < file.count {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<min(buffer.count, file.count - start)])
      do {
        try file.read(into: part, at: start)
      } catch {
        munmap(mapped, max(file.count, 1))
        throw error
      }
      piece(UnsafeRawBufferPointer(part))
      Self.copy(part, at: start, to: memory, besides: missing)
      start += part.count
    }
    name = path
    bytes = UnsafeRawBufferPointer(memory)
    isMapped = true
    packed = kept
  }

  /// A copy of `contents` under a name.
  public init(_ contents: [UInt8], name: String, packed: PackedWeights? = nil) {
    self.name = name
    self.packed = packed
    missing = []
    isMapped = false
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 64)
    memory.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(memory)
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), max(bytes.count, 1))
    } else {
      bytes.deallocate()
    }
  }

  /// Whether there is something at `path`.
  public static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether nothing was asked for that was left out.
  public var isSound: Bool { missed.withLock { !$0 } }

  /// The bytes of a tensor.
  func bytes(of range: Range<Int>) -> UnsafeRawBufferPointer {
    if missing.contains(where: { $0.overlaps(range) }) { missed.withLock { $0 = true } }
    packed?.note(range)
    return UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  /// Copies what lies outside of `missing`, which is sorted, from a piece of the file to its place.
  private static func copy(
    _ piece: UnsafeMutableRawBufferPointer, at start: Int, to memory: UnsafeMutableRawBufferPointer,
    besides missing: [Range<Int>]
  ) {
    let all = start..<start + piece.count
    var next = start
    func copy(upTo end: Int) {
      guard end > next, let from = piece.baseAddress, let to = memory.baseAddress else { return }
      (to + next).copyMemory(from: from + (next - start), byteCount: end - next)
    }
    for range in missing where range.overlaps(all) {
      copy(upTo: range.lowerBound)
      next = max(next, range.upperBound)
    }
    copy(upTo: all.upperBound)
  }

  /// How many bytes the file has.
  public var count: Int { bytes.count }

  /// Calls `body` with the bytes, which are valid only during the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(bytes)
  }
}

/// A regular file that is being read.
private struct OpenFile {
  let path: String
  let descriptor: Int32
  let count: Int

  init(path: String, byteCountMax: Int) throws(EngineError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: Self.systemReason()) }
    var status = stat()
    var reason: String?
    if fstat(descriptor, &status) != 0 {
      reason = Self.systemReason()
    } else if status.st_mode & S_IFMT != S_IFREG {
      reason = "not a regular file"
    } else if status.st_size > byteCountMax {
      reason = "\(status.st_size) bytes, more than \(byteCountMax)"
    }
    count = Int(status.st_size)
    guard let reason else { return }
    close(descriptor)
    throw .unreadable(file: path, reason: reason)
  }

  func end() { close(descriptor) }

  /// Fills `memory` with the bytes from `start` on.
  func read(into memory: UnsafeMutableRawBufferPointer, at start: Int) throws(EngineError) {
    var filled = 0
    while filled < memory.count {
      let got = Glibc.read(
        descriptor, memory.baseAddress?.advanced(by: filled), memory.count - filled)
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else {
        let reason = got < 0 ? Self.systemReason() : "ends at \(start + filled) bytes"
        throw .unreadable(file: path, reason: reason)
      }
      filled += got
    }
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
