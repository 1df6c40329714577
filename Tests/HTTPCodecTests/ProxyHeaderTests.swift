import ArenaTestSupport
import ArenaTypes
import Testing

@testable import HTTPCodec

/// The PROXY protocol's bytes, whole, cut, and wrong.
@Suite("PROXY protocol header")
struct ProxyHeaderTests {
  private static func client(_ address: [UInt8], isSecure: Bool = false) -> ProxyHeader? {
    let isIPv4 = address.starts(with: ProxyHeaderBytes.mappedPrefix)
    let bytes = isIPv4 ? address : ProxyHeaderBytes.sixAddress
    return parsed(
      isIPv4
        ? ProxyHeaderBytes.header(
          family: 0x11, ProxyHeaderBytes.four + (isSecure ? ProxyHeaderBytes.tls : []))
        : ProxyHeaderBytes.header(
          family: 0x21, ProxyHeaderBytes.six + (isSecure ? ProxyHeaderBytes.tls : []))
    ).flatMap { $0.source == .client(address: bytes, port: 50_000, isIPv4: isIPv4) ? $0 : nil }
  }

  private static func parse(_ bytes: [UInt8], max: Int = 1_024) -> ProxyHeader.Parsing {
    bytes.withUnsafeBytes { ProxyHeader.parse($0, byteCountMax: max) }
  }

  private static func parsed(_ bytes: [UInt8]) -> ProxyHeader? {
    guard case .header(let header, bytes.count) = parse(bytes) else { return nil }
    return header
  }

  @Test("The client's address is read, of either family, and whether it speaks TLS")
  func addresses() throws {
    let four = try #require(Self.client(ProxyHeaderBytes.mappedPrefix + [203, 0, 113, 9]))
    #expect(!four.isSecure)
    let six = try #require(Self.client(ProxyHeaderBytes.sixAddress, isSecure: true))
    #expect(six.isSecure)
  }

  @Test("A client that comes with TLS flags of zero is not secure")
  func noTLS() throws {
    let extra: [UInt8] = [0x20, 0, 5, 0, 0, 0, 0, 0]
    #expect(
      Self.parsed(ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + extra))?.isSecure
        == false)
  }

  @Test("IPv4 in the clothes of IPv6 is IPv4")
  func mapped() throws {
    let body = ProxyHeaderBytes.mappedPrefix + [1, 2, 3, 4] + ProxyHeaderBytes.six[16...]
    let header = try #require(Self.parsed(ProxyHeaderBytes.header(family: 0x21, body)))
    #expect(
      header.source
        == .client(
          address: ProxyHeaderBytes.mappedPrefix + [1, 2, 3, 4], port: 50_000, isIPv4: true))
  }

  @Test(
    "Whom a proxy can't name, or what it says for itself, stays the proxy",
    arguments: [
      ProxyHeaderBytes.header(command: 0x20, family: 0x00, []),
      ProxyHeaderBytes.header(command: 0x20, family: 0x11, ProxyHeaderBytes.four),
      // A LOCAL header's body is skipped, whatever it is.
      ProxyHeaderBytes.header(command: 0x20, family: 0x77, [1, 2, 3]),
      ProxyHeaderBytes.header(family: 0x00, []),
      ProxyHeaderBytes.header(family: 0x00, [4, 0, 1, 9]),
      ProxyHeaderBytes.header(family: 0x31, [UInt8](repeating: 65, count: 216)),
    ])
  func proxyItself(_ bytes: [UInt8]) throws {
    let header = try #require(Self.parsed(bytes))
    #expect(header.source == .proxy)
  }

  @Test("Cut anywhere, it asks for more, and never for more than the whole")
  func cutEverywhere() {
    for whole in [
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + ProxyHeaderBytes.tls),
      ProxyHeaderBytes.header(family: 0x21, ProxyHeaderBytes.six),
      ProxyHeaderBytes.header(command: 0x20, family: 0, []),
    ] {
      for cut in 0..<whole.count {
        let needed = cut < 16 ? 16 : whole.count
        #expect(Self.parse(Array(whole[..<cut])) == .incomplete(needed: needed), "cut at \(cut)")
      }
      guard case .header(_, let byteCount) = Self.parse(whole + Array("GET /".utf8)) else {
        Issue.record("not read with bytes behind it")
        continue
      }
      #expect(byteCount == whole.count)
    }
  }

  @Test("The first wrong byte of the signature is enough")
  func signature() {
    for index in 0..<12 {
      var bytes = Array(ProxyHeader.signature[...index])
      bytes[index] ^= 1
      #expect(Self.parse(bytes) == .malformed)
    }
    #expect(Self.parse(Array("GET / HTTP/1.1\r\n".utf8)) == .malformed)
    #expect(Self.parse(Array("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n".utf8)) == .malformed)
    #expect(Self.parse([]) == .incomplete(needed: 16))
  }

  @Test(
    "What the protocol does not know, or what does not fit, is malformed",
    arguments: [
      // Versions and commands.
      ProxyHeaderBytes.header(command: 0x11, family: 0x11, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(command: 0x31, family: 0x11, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(command: 0x22, family: 0x11, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(command: 0x00, family: 0x11, ProxyHeaderBytes.four),
      // Families and transports.
      ProxyHeaderBytes.header(family: 0x12, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(family: 0x22, ProxyHeaderBytes.six),
      ProxyHeaderBytes.header(family: 0x41, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(family: 0x10, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(family: 0x01, ProxyHeaderBytes.four),
      // Addresses that are too short.
      ProxyHeaderBytes.header(family: 0x11, Array(ProxyHeaderBytes.four.dropLast())),
      ProxyHeaderBytes.header(family: 0x21, ProxyHeaderBytes.four),
      ProxyHeaderBytes.header(family: 0x31, ProxyHeaderBytes.six),
      ProxyHeaderBytes.header(family: 0x11, []),
      // Extras that reach beyond the end.
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [4]),
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [4, 0]),
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [4, 0, 1]),
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [4, 0xFF, 0xFF, 0]),
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [0x20, 0, 4, 1, 0, 0, 0]),
      ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + [0x03, 0, 3, 1, 0, 0]),
    ])
  func malformed(_ bytes: [UInt8]) { #expect(Self.parse(bytes) == .malformed) }

  @Test("A header above the bound is refused before it comes")
  func tooLong() {
    let padded = ProxyHeaderBytes.four + [4, 0, 100] + [UInt8](repeating: 0, count: 100)
    let whole = ProxyHeaderBytes.header(family: 0x11, padded)
    #expect(Self.parse(Array(whole[..<16]), max: whole.count - 1) == .malformed)
    #expect(Self.parse(whole, max: whole.count - 1) == .malformed)
    guard case .header = Self.parse(whole, max: whole.count) else {
      Issue.record("a header at the bound is read")
      return
    }
    #expect(Self.parse(ProxyHeaderBytes.header(family: 0x11, [], length: 65_535)) == .malformed)
  }

  @Test("A checksum is verified where there is one")
  func checksum() throws {
    // RFC 3720 appendix B.4: 32 zeros, and the check value of the field's catalogues.
    #expect(
      [UInt8](repeating: 0, count: 32).withUnsafeBytes { ProxyHeader.crc32c($0, blank: 0..<0) }
        == 0x8A91_36AA)
    #expect(
      Array("123456789".utf8).withUnsafeBytes { ProxyHeader.crc32c($0, blank: 0..<0) }
        == 0xE306_9283)
    var whole = ProxyHeaderBytes.header(
      family: 0x11, ProxyHeaderBytes.four + [0x03, 0, 4, 0, 0, 0, 0] + ProxyHeaderBytes.tls)
    let field = 31..<35
    let sum = whole.withUnsafeBytes { ProxyHeader.crc32c($0, blank: field) }
    for (place, index) in field.enumerated() {
      whole[index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * place))
    }
    #expect(Self.parsed(whole)?.isSecure == true)
    // Whatever changes is noticed; but with another kind, at 28, the checksum is none.
    for index in 16..<whole.count where index != 28 {
      var changed = whole
      changed[index] ^= 0x10
      #expect(Self.parse(changed) == .malformed, "byte \(index)")
    }
  }

  @Test("Random bytes behind the signature never trap", arguments: 1...20 as ClosedRange<UInt64>)
  func random(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let body = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let family: UInt8 = [0x11, 0x21, 0x31, 0x00, 0x21].randomElement(using: &generator) ?? 0
      let length = Int.random(in: 0...90, using: &generator)
      let whole = ProxyHeaderBytes.header(family: family, body, length: length)
      switch Self.parse(whole) {
      case .header(_, let byteCount): #expect(byteCount == 16 + length && byteCount <= whole.count)
      case .incomplete(let needed): #expect(needed > whole.count)
      case .malformed: break
      }
    }
  }
}
