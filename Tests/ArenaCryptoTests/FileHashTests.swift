import ArenaCrypto
import Glibc
import Testing

@Suite struct FileHashTests {
  @Test(
    "A file's hash is that of its bytes, around the borders of the pieces",
    arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
  func file(_ byteCount: Int) throws {
    var path = Array("/tmp/arena-crypto-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    try #require(descriptor >= 0)
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      for index in 0..<byteCount { buffer[index] = UInt8(truncatingIfNeeded: index &* 7) }
      count = byteCount
    }
    #expect(write(descriptor, bytes, byteCount) == byteCount)
    close(descriptor)
    #expect(try SHA256.hash(fileAt: name) == SHA256.hash(bytes))
  }

  @Test("A file that is not there is named in the error")
  func missing() {
    let path = "/nonexistent/model.gguf"
    #expect(throws: CryptoError.file(path: path, operation: "open", errorNumber: ENOENT)) {
      try SHA256.hash(fileAt: path)
    }
  }

  @Test("A folder cannot be read")
  func folder() {
    #expect(throws: CryptoError.file(path: "/tmp", operation: "read", errorNumber: EISDIR)) {
      try SHA256.hash(fileAt: "/tmp")
    }
  }
}
