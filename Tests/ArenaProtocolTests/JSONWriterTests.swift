import ArenaProtocol
import ArenaTypes
import Testing

@Suite struct JSONWriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func setsCommasBetweenFieldsAndElementsOnly() {
    let text = text { writer in
      writer.object { writer in
        writer.field("a", [1, 2])
        writer.field("b", [Int]())
        writer.key("c")
        writer.object { $0.field("d", true) }
        writer.field("e", Int?.none)
        writer.key("f")
        writer.verbatim(Array("[0]".utf8))
        writer.field("g", Timestamp(millisecondsSinceEpoch: -5))
      }
    }
    #expect(text == #"{"a":[1,2],"b":[],"c":{"d":true},"e":null,"f":[0],"g":-5}"#)
  }

  @Test func escapesWhatMustBeEscapedAndNothingElse() throws {
    let string = "a\"b\\c\n\r\t\u{0}\u{1F}/é😀\u{2028}"
    let written = text { $0.value(string) }
    #expect(written == #""a\"b\\c\n\r\t\u0000\u001f/é😀"# + "\u{2028}\"")
    try #expect(JSONReader.read(Array(written.utf8), limits: .serverFrame) == .string(string))
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (0.5, "0.5"), (0.05, "0.05"), (-0.0004, "0"),
    (-0.0006, "-0.001"), (12.3456, "12.346"), (0.9996, "1"), (100, "100"), (1_234.5, "1234.5"),
    (.nan, "0"), (.infinity, "1000000000000"), (-.infinity, "-1000000000000"),
    (1e300, "1000000000000"), (.leastNonzeroMagnitude, "0"),
  ])
  func writesNumbersWithAtMostThreeDigitsAfterThePoint(number: Double, expected: String) {
    #expect(text { $0.object { $0.field("n", number, decimals: 3) } } == "{\"n\":\(expected)}")
  }

  @Test(arguments: [Int64.min, .max, 0, 9, 10, -10, 1_790_000_000_000])
  func writesEveryInteger(value: Int64) {
    #expect(text { $0.value(value) } == "\(value)")
  }

  @Test func writesATreeAsAnEqualText() throws {
    let source = #"{"a":[null,true,1,-2.5,"x\"y"],"b\n":{},"c":1e-7}"#
    let tree = try JSONReader.read(Array(source.utf8), limits: .serverFrame)
    try #expect(JSONReader.read(JSONWriter.bytes(of: tree), limits: .serverFrame) == tree)
  }
}
