import Testing
import WebSocketCodec

@Suite struct ExtensionOfferTests {
  @Test("Members, parameters and values come out in order, repeated ones repeated")
  func parts() throws {
    let list = try #require(
      ExtensionOffer.list(["foo; a; b=1; a=\"x\\y\" , bar", "baz;c=!#$%&'*+-.^_`|~"]))
    #expect(list.map(\.name) == ["foo", "bar", "baz"])
    #expect(list[0].parameters.map(\.name) == ["a", "b", "a"])
    #expect(list[0].parameters.map(\.value) == [nil, "1", "xy"])
    #expect(list[2].parameters.first?.value == "!#$%&'*+-.^_`|~")
  }

  @Test("Sixteen members are read, one more is refused")
  func countMax() {
    let most = [String](repeating: "a", count: ExtensionOffer.countMax)
    #expect(ExtensionOffer.list(most)?.count == ExtensionOffer.countMax)
    #expect(ExtensionOffer.list(most + ["a"]) == nil)
    #expect(ExtensionOffer.list([(most + ["a"]).joined(separator: ",")]) == nil)
  }

  @Test("Every single byte at every place of an offer gives an answer and no trap")
  func anyByte() {
    let offer = Array("a; b=\"c\\d\"; e, f".utf8)
    for index in offer.indices {
      for byte in UInt8.min..<128 {
        var changed = offer
        changed[index] = byte
        let list = ExtensionOffer.list([String(decoding: changed, as: UTF8.self)])
        #expect(list.map { $0.count <= 3 } ?? true)
      }
    }
  }
}
