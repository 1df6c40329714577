import HTTPCodec
import Testing

@testable import DispatchTransport

/// What is believed of `X-Forwarded-For` and `X-Forwarded-Proto`.
@Suite("Forwarded peers")
struct ForwardedPeerTests {
  private static func peer(
    _ fields: [(String, String)], hops: Int = 1
  ) throws -> PeerAddress? {
    let proxy = try #require(PeerAddress(host: "127.0.0.1", port: 1, listener: 2))
    let request = SimulatedRequest.plain(fields: fields.map { HTTPField($0.0, $0.1) })
    return ForwardedPeer.peer(of: request, behind: proxy, trustedHops: hops)
  }

  private static func host(_ list: String..., hops: Int = 1) throws -> String? {
    try peer(list.map { ("X-Forwarded-For", $0) }, hops: hops)?.host
  }

  @Test("Entries are counted from the right, over all lines of the field")
  func hops() throws {
    #expect(try Self.host("1.1.1.1") == "1.1.1.1")
    #expect(try Self.host("9.9.9.9, 8.8.8.8, 1.1.1.1") == "1.1.1.1")
    #expect(try Self.host("9.9.9.9, 1.1.1.1, 2.2.2.2", hops: 2) == "1.1.1.1")
    #expect(try Self.host("1.1.1.1", "2.2.2.2", hops: 2) == "1.1.1.1")
    #expect(try Self.host("9.9.9.9", "1.1.1.1, 2.2.2.2, 3.3.3.3", hops: 3) == "1.1.1.1")
  }

  @Test("What a client puts in front of the trusted entries never counts")
  func spoofed() throws {
    for invented in [
      "127.0.0.1", "::1", "not an address", "", ",,,", "unknown", "\"", "1.1.1.1, 127.0.0.1",
      String(repeating: "6.6.6.6, ", count: 300) + "6.6.6.6",
    ] {
      #expect(try Self.host(invented, "203.0.113.7") == "203.0.113.7", "\(invented)")
    }
  }

  @Test(
    "An entry is an address of either family, with a port or without",
    arguments: [
      ("1.2.3.4", "1.2.3.4", 0), ("1.2.3.4:567", "1.2.3.4", 567),
      ("2001:db8::1", "2001:db8::1", 0), ("[2001:db8::1]", "2001:db8::1", 0),
      ("[2001:db8::1]:567", "2001:db8::1", 567), ("::ffff:1.2.3.4", "1.2.3.4", 0),
    ] as [(String, String, UInt16)])
  func forms(_ entry: String, _ host: String, _ port: UInt16) throws {
    let peer = try #require(try Self.peer([("X-Forwarded-For", entry)]))
    #expect(peer.host == host)
    #expect(peer.port == port)
    #expect(peer.listener == 2)
  }

  @Test(
    "A trusted entry that is no address names nobody",
    arguments: [
      "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "1.2.3.4:", "1.2.3.4:99999", "[1.2.3.4]",
      "[::1", "::1]", "fe80::1%eth0", "unix:/run/x", "for=1.2.3.4", "1.2.3.4 5.6.7.8", "[]:1",
    ])
  func malformed(_ entry: String) throws {
    #expect(try Self.host(entry) == nil)
    #expect(try Self.host("1.1.1.1", entry) == nil)
  }

  @Test("Too few entries for the proxies that are trusted name nobody")
  func tooFew() throws {
    #expect(try Self.peer([]) == nil)
    #expect(try Self.host("") == nil)
    #expect(try Self.host(", ,") == nil)
    #expect(try Self.host("1.1.1.1", hops: 2) == nil)
    #expect(try Self.host("1.1.1.1", hops: 0) == nil)
  }

  @Test("https from a proxy makes the peer secure, unless it stands there twice")
  func secure() throws {
    let from = ("X-Forwarded-For", "1.1.1.1")
    #expect(try Self.peer([from, ("X-Forwarded-Proto", "https")])?.isSecure == true)
    #expect(try Self.peer([from, ("x-forwarded-proto", "HTTPS")])?.isSecure == true)
    for others in [[], ["http"], ["https", "http"], ["https", "https"], ["https, http"], ["wss"]] {
      let fields = [from] + others.map { ("X-Forwarded-Proto", $0) }
      #expect(try Self.peer(fields)?.isSecure == false, "\(others)")
    }
  }

  @Test("A forwarded peer is never of this machine, whatever it is called")
  func loopback() throws {
    #expect(try Self.peer([("X-Forwarded-For", "127.0.0.1")])?.isLoopback == false)
    #expect(try Self.peer([("X-Forwarded-For", "::1")])?.isLoopback == false)
  }
}
