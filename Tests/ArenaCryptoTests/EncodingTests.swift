import ArenaCrypto
import Testing

@Suite struct EncodingTests {
  @Test(
    "Base64 gives the examples of RFC 4648 section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(_ text: String, _ code: String) {
    #expect(Base64.encode(Array(text.utf8)) == code)
    #expect(Base64.decode(code) == Array(text.utf8))
    let bare = String(code.prefix { $0 != "=" })
    #expect(Base64.encode(Array(text.utf8), .url) == bare)
    #expect(Base64.decode(bare, .url) == Array(text.utf8))
  }

  @Test("The two alphabets differ in their last digits")
  func alphabets() {
    let bytes: [UInt8] = [0xFB, 0xFF, 0xBF]
    #expect(Base64.encode(bytes) == "+/+/")
    #expect(Base64.encode(bytes, .url) == "-_-_")
    #expect(Base64.decode("+/+/", .url) == nil)
    #expect(Base64.decode("-_-_") == nil)
  }

  @Test("All bytes come back, at every length", arguments: [Base64.Alphabet.standard, .url])
  func roundTrip(_ alphabet: Base64.Alphabet) {
    for count in 0...256 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      #expect(Base64.decode(Base64.encode(bytes, alphabet), alphabet) == bytes)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    }
  }

  @Test(
    "A second spelling of the same bytes is refused",
    arguments: [
      "Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", "Z", "====", "Zg==Zg==", "Z===", "Zm 9v", "Ä",
    ])
  func strict(_ code: String) {
    #expect(Base64.decode(code) == nil)
  }

  @Test(
    "A second spelling of the same bytes is refused in addresses too",
    arguments: ["Zg==", "Z", "Zh", "Zm9=", "Zg ", "Zm8="])
  func strictURL(_ code: String) {
    #expect(Base64.decode(code, .url) == nil)
  }

  @Test("Hexadecimal digits are read in either case and nothing else is")
  func hex() {
    #expect(Hex.encode([0x00, 0xAB, 0xFF]) == "00abff")
    #expect(Hex.decode("00AbfF") == [0x00, 0xAB, 0xFF])
    for text in ["0", "0g", " 0", "0x", "é0"] { #expect(Hex.decode(text) == nil) }
  }
}
