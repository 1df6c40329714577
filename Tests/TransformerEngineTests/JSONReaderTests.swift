import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct JSONReaderTests {
  private func read(_ bytes: some Sequence<UInt8>) throws(EngineError) -> JSONValue {
    try JSONValue(FileContents(Array(bytes), name: "test.json"))
  }

  @Test(
    arguments: [
      ("null", .null), (" true\n", .bool(true)), ("false", .bool(false)), ("0", .integer(0)),
      ("-17", .integer(-17)), ("1.5e2", .number(150)), ("-0.25", .number(-0.25)),
      ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(0x1p63)),
      (#""""#, .string("")), (#""a\"\\\/\b\f\n\r\tĠ▁🙂""#, .string("a\"\\/\u{8}\u{C}\n\r\tĠ▁🙂")),
      (#""\u0041\u00e9\uD83D\uDE42x""#, .string("Aé🙂x")), ("[]", .array([])), ("{}", .object([])),
      ("[1,[ ],\t{}]", .array([.integer(1), .array([]), .object([])])),
      (#"{"a" : 1}"#, .object([.init(key: "a", value: .integer(1))])),
    ] as [(String, JSONValue)])
  func `values are read`(text: String, expected: JSONValue) throws {
    #expect(try read(text.utf8) == expected)
  }

  @Test(
    arguments: [
      "", " ", "nul", "nullx", "truefalse", "01", "1.", ".5", "-", "+1", "1e", "1e999", "--1", "[",
      "[1", "[1,]", "[,1]", "[1 2]", "{", "{a:1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
      #"{"a":1 "b":2}"#, #"""#, #""\"#, #""\x""#, #""\u12"#, #""\u12g4""#, #""\ud800""#,
      #""\ud800\u0041""#, #""\udc00""#, "\"\u{1}\"", "\"a\\n\u{1}\"", "NaN", "// 1", "1 1", "'a'",
    ])
  func `what isn't JSON is refused`(text: String) {
    #expect(throws: EngineError.self) { try read(text.utf8) }
  }

  @Test func `texts that aren't UTF-8 are refused`() {
    #expect(throws: EngineError.self) { try read([0x22, 0xFF, 0x22]) }
    #expect(throws: EngineError.self) { try read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
  }

  @Test func `nesting has a limit`() throws {
    let deep = JSONReader.depthMax - 1
    let text = String(repeating: "[", count: deep) + "1" + String(repeating: "]", count: deep)
    #expect(throws: Never.self) { try read(text.utf8) }
    for piece in ["[", "{\"a\":"] {
      let text = String(repeating: piece, count: 100_000)
      #expect(throws: EngineError.self) { try read(text.utf8) }
    }
  }

  @Test func `members and elements are found by their kind`() throws {
    let value = try read(#"{"a":1,"b":[2.5,"x"],"a":3.0,"c":true}"#.utf8)
    #expect(value["a"]?.integer == 3 && value["a"]?.number == 3)
    #expect(value["b"]?.array?.map(\.number) == [2.5, nil])
    #expect(value["b"]?.array?.last?.string == "x" && value["b"]?.array?.first?.integer == nil)
    #expect(value["c"]?.bool == true && value["d"] == nil && value["b"]?["a"] == nil)
    #expect(value.members?.map(\.key) == ["a", "b", "a", "c"])
  }

  @Test func `a cut text is refused`() throws {
    let text = Array(#"{"a":[1,"\u0041b",{"c":null}],"d":-1.5e-3}"#.utf8)
    #expect(throws: Never.self) { try read(text) }
    for count in 0..<text.count {
      #expect(throws: EngineError.self, "\(count)") { try read(text[..<count]) }
    }
  }
}
