import ArenaCrypto
import Testing

/// The test cases of RFC 4231 that are not about truncation.
@Suite struct HMACSHA256Tests {
  @Test(
    "The codes are those of RFC 4231",
    arguments: [
      (
        [UInt8](repeating: 0x0b, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func known(_ key: [UInt8], _ text: String, _ code: String) throws {
    #expect(Hex.encode(try HMACSHA256.code(of: Array(text.utf8), key: key)) == code)
  }

  @Test("An empty key and no bytes have a code as well")
  func empty() throws {
    #expect(
      Hex.encode(try HMACSHA256.code(of: [], key: []))
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }
}
