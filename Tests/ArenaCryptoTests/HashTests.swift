import ArenaCrypto
import Testing

/// Known answers of FIPS 180-4's examples.
@Suite struct HashTests {
  private static let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

  @Test(
    "SHA-256 gives the standard's answers",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (long, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
  func sha256(_ text: String, _ digest: String) throws {
    #expect(Hex.encode(try SHA256.hash(Array(text.utf8))) == digest)
  }

  @Test(
    "SHA-1 gives the standard's answers",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (long, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ])
  func sha1(_ text: String, _ digest: String) throws {
    #expect(Hex.encode(try SHA1.hash(Array(text.utf8))) == digest)
  }

  @Test("One hasher gives the same digests as many, again and again")
  func hasher() throws {
    let hasher = try SHA1Hasher()
    for text in ["abc", "", Self.long, "abc"] {
      let digest = try Array(text.utf8).withUnsafeBytes { try hasher.hash($0) }
      #expect(digest == (try SHA1.hash(Array(text.utf8))))
    }
  }

  @Test("A hash in pieces is the hash of the whole, however it is cut")
  func pieces() throws {
    let bytes = (0..<200).map { UInt8($0) }
    let whole = try SHA256.hash(bytes)
    for cut in 0...bytes.count {
      var hash = try SHA256()
      try Array(bytes[..<cut]).withUnsafeBytes { try hash.update($0) }
      try Array(bytes[cut...]).withUnsafeBytes { try hash.update($0) }
      #expect(try hash.finish() == whole)
    }
  }

  @Test("A copy of a running hash goes its own way, and finishing does not end it")
  func valueSemantics() throws {
    var first = try SHA256()
    try Array("ab".utf8).withUnsafeBytes { try first.update($0) }
    var second = first
    #expect(try first.finish() == SHA256.hash(Array("ab".utf8)))
    try Array("c".utf8).withUnsafeBytes { try first.update($0) }
    try Array("d".utf8).withUnsafeBytes { try second.update($0) }
    #expect(try first.finish() == SHA256.hash(Array("abc".utf8)))
    #expect(try second.finish() == SHA256.hash(Array("abd".utf8)))
  }
}
