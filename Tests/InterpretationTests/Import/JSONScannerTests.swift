import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct JSONScannerTests {
  private func scanner(_ text: String) -> JSONScanner { JSONScanner(Array(text.utf8)) }

  private func fault(_ text: String) -> JSONFault? {
    do throws(JSONFault) {
      _ = try JSONRecord(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("\"\"", ""), ("\"abc\"", "abc"), (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{C}\n\r\t"),
    (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{FFFD}"),
    (#""\ud83dx\ude00""#, "\u{FFFD}x\u{FFFD}"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), ("\"ä😀\"", "ä😀"), ("  \"x\"", "x"),
  ])
  func `strings are what they stand for`(text: String, value: String) throws {
    var scanner = scanner(text)
    #expect(try scanner.string() == value)
    try scanner.finish()
  }

  @Test func `numbers are rounded as the library rounds them`() throws {
    var generator = SeededGenerator(seed: 3)
    var texts = [
      "0", "-0", "1", "0.1", "123456789012345", "0.000000000000001", "1e5", "-2.5E-3", "1e400",
      "123456789.123456", "9007199254740993", "0.30000000000000004", "1e-320", "-1.5e+2",
    ]
    for _ in 0..<2_000 {
      let value = Double.random(in: -1_000...1_000, using: &generator)
      let places = Int.random(in: 0...17, using: &generator)
      texts.append("\(value)".prefix(places + 6).description)
    }
    for text in texts where !text.hasSuffix(".") && !text.hasSuffix("e") && !text.hasSuffix("-") {
      var scanner = scanner(text)
      let value = try scanner.number()
      #expect(value == Double(text), "\(text)")
    }
  }

  @Test func `Python's words for what is no number are taken`() throws {
    var scanner = scanner("[NaN, Infinity, -Infinity]")
    var values: [Double] = []
    try scanner.elements { scanner, _ throws(JSONFault) in values.append(try scanner.number()) }
    #expect(values[0].isNaN)
    #expect(values[1...].elementsEqual([.infinity, -.infinity]))
  }

  @Test(arguments: [
    ("", "", "is not an object"), ("[]", "", "is not an object"),
    ("{\"a\": }", "/a", "is not a number"),
    ("{\"a\": 01}", "/a", "is a number with a leading zero"),
    ("{\"a\": [1, {\"b\": tru}]}", "/a/1/b", "is no JSON value"),
    ("{\"a\": \"x}", "/a", "is a string that does not end"),
    ("{\"a\": [1, 2}", "/a", "is an array that does not end"),
    ("{\"a\": 1", "", "is an object that does not end"),
    ("{\"a\" 1}", "", "has no colon after \"a\""), ("{a: 1}", "", "has a member without a name"),
    ("{\"a\": 1,}", "", "has a member without a name"),
    ("{} {}", "", "is followed by something else"),
    ("{\"a\": \"\u{1}\"}", "/a", "is a string with a control character"),
    ("{\"a\": -}", "/a", "is not a number"), ("{\"a\": 1.}", "/a", "is not a number"),
    ("{\"a\": 1e}", "/a", "is not a number"), ("{\"a\": 'x'}", "/a", "is not a number"),
  ])
  func `a fault says where it is`(text: String, path: String, reason: String) {
    #expect(fault(text) == JSONFault(path: path, reason: reason))
  }

  @Test func `a bomb of brackets is refused`() {
    for bracket in ["[", "{\"a\":"] {
      let text = "{\"x\": " + String(repeating: bracket, count: 100_000)
      #expect(fault(text)?.reason == "is nested too deeply")
    }
  }

  @Test func `a record that is cut off or has a byte changed never does harm`() throws {
    let whole = Array(
      #"{"modelId": "m", "tokens": ["a", "b\n\ud83d\ude00"], "values": [1.5e3, -0.25, null], "x": {"y": [true, false]}}"#
        .utf8)
    for length in whole.indices {
      #expect(throws: JSONFault.self) { try JSONRecord(Array(whole.prefix(length))) }
    }
    var generator = SeededGenerator(seed: 8)
    var refused = 0
    for _ in 0..<4_000 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        changed[Int.random(in: 0..<changed.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      do throws(JSONFault) {
        let record = try JSONRecord(changed)
        _ = try record.texts("tokens")
        _ = try record.floats("values")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 2_000)
  }

  @Test func `members are read as what they are asked to be`() throws {
    let record = try JSONRecord(
      Array(#"{"a": "7", "b": 7, "c": 7.5, "d": null, "e": -1, "f": [1, NaN], "b": 8}"#.utf8))
    #expect(try record.index("a") == 7)
    #expect(try record.index("b") == 8, "the last of one name counts")
    #expect(!record.has("d") && !record.has("z"))
    #expect(try record.textsIfAny("d") == [])
    #expect(throws: JSONFault(path: "/c", reason: "is not a whole number from 0 on")) {
      try record.index("c")
    }
    #expect(throws: JSONFault.self) { try record.index("e") }
    #expect(throws: JSONFault(path: "/z", reason: "is missing")) { try record.text("z") }
    #expect(throws: JSONFault(path: "/f/1", reason: "is not a finite number")) {
      try record.floats("f")
    }
  }
}
