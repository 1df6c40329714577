import Glibc

/// The bytes of a whole file, read once and never changed.
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
    name = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: Self.systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(file: path, reason: Self.systemReason())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: "not a regular file")
    }
    let count = Int(status.st_size)
    guard count <= byteCountMax else {
      throw .unreadable(file: path, reason: "\(count) bytes, more than \(byteCountMax)")
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    var filled = 0
    while filled < count {
      let got = read(descriptor, memory.baseAddress?.advanced(by: filled), count - filled)
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else {
        let reason = got < 0 ? Self.systemReason() : "ends at \(filled) of \(count) bytes"
        memory.deallocate()
        throw .unreadable(file: path, reason: reason)
      }
      filled += got
    }
    bytes = UnsafeRawBufferPointer(memory)
    self.packed = packed(bytes)
  }

  /// A copy of `contents` under a name.
  public init(_ contents: [UInt8], name: String, packed: PackedWeights? = nil) {
    self.name = name
    self.packed = packed
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 64)
    memory.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(memory)
  }

  deinit { bytes.deallocate() }

  /// Whether there is something at `path`.
  static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// How many bytes the file has.
  public var count: Int { bytes.count }

  /// Calls `body` with the bytes, which are valid only during the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(bytes)
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
