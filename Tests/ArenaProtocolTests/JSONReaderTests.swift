import ArenaProtocol
import Testing

@Suite struct JSONReaderTests {
  private func read(_ text: String, limits: JSONLimits = .serverFrame) throws(JSONError)
    -> JSONValue
  {
    try JSONReader.read(Array(text.utf8), limits: limits)
  }

  @Test(arguments: [
    ("null", JSONValue.null),
    (" true ", .bool(true)),
    ("false", .bool(false)),
    ("0", .integer(0)),
    ("-0", .integer(0)),
    ("-17", .integer(-17)),
    ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("1.5e2", .number(150)),
    ("2E-1", .number(0.2)),
    (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{C}\n\r\t")),
    (#""\u00e4\uD83D\ude00é😀""#, .string("ä😀é😀")),
    ("[]", .array([])),
    ("[ 1 , [ ] ]", .array([.integer(1), .array([])])),
    ("{}", .object(JSONObject([]))),
    (
      #"{"a":{"b":[null]}}"#,
      .object(
        JSONObject([
          .init(key: "a", value: .object(JSONObject([.init(key: "b", value: .array([.null]))])))
        ]))
    ),
  ])
  func readsWhatTheGrammarAllows(text: String, value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "NaN", "[1,]", "[1 2]",
    "[", "]", "{", "}", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{"a":1 "b":2}"#,
    #"""#, #""\x""#, #""\u12""#, #""\"#, "\"\n\"", "\"\u{0}\"", "1 2", "{} x", "'a'",
  ])
  func refusesWhatItDoesNot(text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }

  @Test func refusesHalfASurrogatePairAndBadUTF8() {
    for text in [#""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#] {
      #expect(throws: JSONError.badString(offset: 1)) { try read(text) }
    }
    #expect(throws: JSONError.badString(offset: 1)) {
      try JSONReader.read([0x22, 0xC3, 0x22], limits: .command)
    }
  }

  @Test func refusesNumbersThatADoubleCanNotHold() {
    #expect(throws: JSONError.numberOutOfRange(offset: 0)) { try read("1e400") }
  }

  @Test func refusesAKeyThatOccursTwiceInSmallAndInLargeObjects() {
    #expect(throws: JSONError.duplicateKey(offset: 13)) { try read(#"{"a":1,"a":2}"#) }
    let many = (0..<40).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(throws: Never.self) { try read("{\(many)}") }
    #expect(throws: JSONError.self) { try read("{\(many),\"k7\":1}") }
  }

  @Test func boundsBytesDepthAndValues() {
    let limits = JSONLimits(byteCountMax: 20, depthMax: 3, valueCountMax: 6)
    #expect(throws: Never.self) { try read("[[[1]],2]", limits: limits) }
    #expect(throws: JSONError.tooDeep(3)) { try read("[[[[1]]]]", limits: limits) }
    #expect(throws: JSONError.tooManyValues(6)) { try read("[1,2,3,4,5,6]", limits: limits) }
    #expect(throws: JSONError.tooManyBytes(20)) {
      try read("[1,2,3,4            ]", limits: limits)
    }
  }

  @Test func refusesTenThousandNestedArraysAtTheNinth() {
    let nested = String(repeating: "[", count: 4_000) + String(repeating: "]", count: 4_000)
    #expect(throws: JSONError.tooDeep(8)) { try read(nested, limits: .command) }
    let longer = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    #expect(throws: JSONError.tooManyBytes(8_192)) { try read(longer, limits: .command) }
    #expect(throws: JSONError.tooDeep(32)) { try read(longer, limits: .serverFrame) }
  }

  @Test func objectsAreEqualWhateverTheOrderOfTheirMembers() throws {
    let one = try read(#"{"a":1,"b":2}"#)
    let other = try read(#"{"b":2,"a":1}"#)
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    try #expect(one != read(#"{"a":1,"c":2}"#))
  }
}
