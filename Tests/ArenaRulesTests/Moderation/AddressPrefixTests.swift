import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct AddressPrefixTests {
  @Test(
    "ranges are read, shortened and masked",
    arguments: [
      ("192.0.2.7", "192.0.2.7"), ("192.0.2.7/24", "192.0.2.0/24"), ("10.0.0.0/8", "10.0.0.0/8"),
      ("255.255.255.255/32", "255.255.255.255"), ("::ffff:192.0.2.7", "192.0.2.7"),
      ("2001:DB8:0:0:0:0:0:1/32", "2001:db8::/32"), ("::1", "::1"), ("fe80::/16", "fe80::/16"),
      ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
      ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("2001:db8::ff/65", "2001:db8::/65"),
    ])
  func read(text: String, shown: String) throws {
    let prefix = try #require(AddressPrefix(text))
    #expect(prefix.description == shown)
    #expect(AddressPrefix(prefix.description) == prefix)
    #expect(try roundTripped(prefix) == prefix)
  }

  @Test(
    "what is no address, and what would shut out a continent, is refused",
    arguments: [
      "", "x", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4/7", "1.2.3.4/33",
      "0.0.0.0/0", "1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/ 24", "1.2.3.4/24/8", "::/0", "::1/129",
      "1::2::3", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "g::1", "12345::",
      "1:2:3:4:5:6:7:8::", ":::", "1.2.3.4::", "1.2.3.4:1::2", "1.2.3.4:80", "٣.2.3.4",
      "192.0.2.7\0",
      String(repeating: "1", count: 4_000),
    ])
  func refused(text: String) { #expect(AddressPrefix(text) == nil) }

  @Test("an address is in a range exactly if its leading bits are the range's", arguments: 0..<40)
  func membership(seed: Int) throws {
    var dice = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let bits = UInt32.random(in: .min ... .max, using: &dice)
      let count = Int.random(in: 8...32, using: &dice)
      func text(_ bits: UInt32) -> String {
        (0..<4).map { "\(bits >> UInt32(24 - 8 * $0) & 0xFF)" }.joined(separator: ".")
      }
      let prefix = try #require(AddressPrefix("\(text(bits))/\(count)"))
      let flipped = Int.random(in: 0..<32, using: &dice)
      let other = bits ^ (1 << UInt32(31 - flipped))
      #expect(prefix.contains(text(bits)), "seed \(seed)")
      #expect(prefix.contains(text(other)) == (flipped >= count), "seed \(seed)")
      #expect(prefix.contains("::ffff:\(text(bits))"))
    }
  }

  @Test("a household is an IPv4 address or the /64 of IPv6")
  func household() throws {
    #expect(AddressPrefix.household(of: "192.0.2.7")?.description == "192.0.2.7")
    let home = try #require(AddressPrefix.household(of: "2001:db8:1:2:3::4"))
    #expect(home.description == "2001:db8:1:2::/64")
    #expect(home.contains("2001:db8:1:2:ffff::1"))
    #expect(!home.contains("2001:db8:1:3::1"))
    #expect(AddressPrefix.household(of: "unix") == nil)
    #expect(!home.contains("unix"))
  }
}
