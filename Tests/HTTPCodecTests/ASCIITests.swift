import Testing

@testable import HTTPCodec

@Suite struct ASCIITests {
  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte)
  }

  @Test(
    "Each set of bytes is the one that its grammar spells out", arguments: UInt8.min...UInt8.max)
  func sets(_ byte: UInt8) {
    let isToken = isLetterOrDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    #expect(ASCII.token.contains(byte) == isToken)
    let isTarget = byte > 0x20 && byte < 0x7F && !"#\"<>\\".utf8.contains(byte)
    #expect(ASCII.target.contains(byte) == isTarget)
    #expect(
      ASCII.hostName.contains(byte) == (isLetterOrDigit(byte) || "-._~".utf8.contains(byte)))
    let digits = Array("0123456789abcdef".utf8)
    let lower = ASCII.isLetter(byte) ? byte | 0x20 : byte
    #expect(ASCII.hexValue(byte) == digits.firstIndex(of: lower).map { UInt8($0) })
  }

  @Test("A control character is found at every place, and a tab is none", arguments: 0..<40)
  func controls(_ place: Int) {
    for byte in UInt8.min...UInt8.max {
      var bytes = [UInt8](repeating: 0xE9, count: 40)
      bytes[place] = byte
      if place > 0 { bytes[place - 1] = ASCII.tab }
      let isControl = byte < 0x20 && byte != ASCII.tab || byte == 0x7F
      #expect(
        ByteScan.firstControl(in: bytes.span.bytes, 0..<40) == (isControl ? place : 40))
      #expect(
        ByteScan.firstIndex(of: byte, in: bytes.span.bytes, from: place) == place)
    }
  }

  @Test(
    "A path is decoded strictly",
    arguments: [
      ("/a%20b", "/a b"), ("/%C3%A4", "/ä"), ("/%2e%2E/x", "/../x"), ("/plain", "/plain"),
      ("/%00", nil), ("/a%2Fb", nil), ("/%FF", nil), ("/%C3", nil), ("/%4", nil), ("/%zz", nil),
    ])
  func decoding(_ path: String, _ decoded: String?) {
    #expect(PercentCoding.decodedPath(path) == decoded)
  }
}
