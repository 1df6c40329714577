import ArenaProtocol
import ArenaTestSupport
import Testing

@Suite struct SchemaValidatorTests {
  private func violations(_ schema: String, _ value: String) throws -> [String] {
    let schema = try JSONReader.read(Array(schema.utf8), limits: .serverFrame)
    let value = try JSONReader.read(Array(value.utf8), limits: .serverFrame)
    let set = try SchemaSet(documents: ["values/x.json": schema])
    return set.validate(value, file: "values/x.json").map(\.description)
  }

  @Test(arguments: [
    (#"{"type":"integer"}"#, "1", "1.5"), (#"{"type":"integer"}"#, "2.0", #""1""#),
    (#"{"type":"number"}"#, "1.5", "null"), (#"{"type":["string","null"]}"#, "null", "true"),
    (#"{"type":"boolean"}"#, "false", "0"), (#"{"const":1}"#, "1.0", "2"),
    (#"{"enum":["a",null]}"#, "null", #""b""#), (#"{"minimum":2}"#, "2", "1.9"),
    (#"{"maximum":2}"#, "2", "2.1"), (#"{"minLength":2}"#, #""é😀""#, #""a""#),
    (#"{"maxLength":2}"#, #""é😀""#, #""abc""#), (#"{"pattern":"^a+$"}"#, #""aa""#, #""ab""#),
    (#"{"minItems":1}"#, "[0]", "[]"), (#"{"maxItems":1}"#, "[0]", "[0,0]"),
    (#"{"items":{"type":"null"}}"#, "[null]", "[null,1]"),
    (#"{"prefixItems":[{"const":1}],"items":false}"#, "[1]", "[1,2]"),
    (#"{"prefixItems":[{"const":1}]}"#, "[1,2]", "[2]"),
    (#"{"required":["a"]}"#, #"{"a":null}"#, #"{"b":1}"#),
    (#"{"properties":{"a":{"const":1}}}"#, #"{"b":2}"#, #"{"a":2}"#),
    (#"{"properties":{"a":true},"additionalProperties":false}"#, #"{"a":2}"#, #"{"b":2}"#),
    (#"{"additionalProperties":{"const":1}}"#, #"{"a":1}"#, #"{"a":2}"#),
    (#"{"anyOf":[{"const":1},{"type":"number"}]}"#, "1", "null"),
    (#"{"oneOf":[{"const":1},{"type":"string"}]}"#, "1", "2"),
    (#"{"oneOf":[{"const":1},{"type":"number"}]}"#, "2", "1"),
    (##"{"$ref":"#/$defs/a","$defs":{"a":{"const":1}}}"##, "1", "2"),
    (##"{"$ref":"x.json#/$defs/a","$defs":{"a":{"const":1}}}"##, "1", "2"),
    ("false", "[]", "[]"),
  ])
  func keepsToEachKeyword(schema: String, good: String, bad: String) throws {
    if schema != "false" { #expect(try violations(schema, good) == []) }
    #expect(try violations(schema, bad) != [])
  }

  @Test func namesThePlaceOfEveryFault() throws {
    let schema = """
      {"type":"object","required":["a","b"],"additionalProperties":false,"properties":{"a":{"type":\
      "array","items":{"oneOf":[{"type":"object","required":["k"],"properties":{"k":{"const":1}}},\
      {"type":"null"}]}}}}
      """
    #expect(
      try violations(schema, #"{"a":[null,{"k":2}],"c":1}"#) == [
        "/b: is missing", "/c: is not known", "/a/1/k: is not the one value that it must be",
      ])
  }

  @Test(arguments: [
    (#"{"typ":"string"}"#, SchemaError.unknownKeyword("typ", file: "values/x.json")),
    (#"{"properties":{"a":{"format":"date"}}}"#, .unknownKeyword("format", file: "values/x.json")),
    (#"{"anyOf":[{"not":{}}]}"#, .unknownKeyword("not", file: "values/x.json")),
    (#"{"type":"text"}"#, .badKeyword("type", file: "values/x.json")),
    (#"{"pattern":"("}"#, .badKeyword("pattern", file: "values/x.json")),
    (#"{"$ref":"y.json"}"#, .danglingReference("y.json", file: "values/x.json")),
    (##"{"$ref":"#/$defs/a"}"##, .danglingReference("#/$defs/a", file: "values/x.json")),
    (#"{"$ref":"../../x.json"}"#, .danglingReference("../../x.json", file: "values/x.json")),
  ])
  func refusesASchemaThatItCouldNotCheckInFull(schema: String, error: SchemaError) throws {
    let document = try JSONReader.read(Array(schema.utf8), limits: .serverFrame)
    #expect(throws: error) { try SchemaSet(documents: ["values/x.json": document]) }
  }

  @Test func refusesAMessageThatDoesNotSayWhatItIs() throws {
    #expect(throws: SchemaError.unnamedMessage(file: "events/x.json")) {
      try SchemaSet(documents: ["events/x.json": .object(JSONObject([]))])
    }
  }

  /// The planted wrong frames that the check of every end-to-end test must catch.
  @Test(arguments: [
    (#""round":2,"seat":0"#, ""), (#""round":2"#, "/data/seat"),
    (#""round":"2","seat":0"#, "/data/round"), (#""round":2,"seat":2"#, "/data/seat"),
    (#""round":0,"seat":0"#, "/data/round"), (#""round":2,"seat":0,"answer":"a""#, "/data/answer"),
    (#""round":2.5,"seat":0"#, "/data/round"), (#""round":2,"seat":null"#, "/data/seat"),
  ])
  func catchesAPlantedWrongFrame(content: String, path: String) throws {
    let frame = """
      {"type":"duel.lockedIn","topic":"duel/d_1","epoch":"e1","offset":3,"at":1790000000000,\
      "data":{\(content)}}
      """
    let violations = try SchemaSet.load().validate(frame: frame)
    #expect(violations.map(\.path) == (path.isEmpty ? [] : [path]))
  }

  @Test(arguments: [
    #"{"type":"duel.peeked","topic":"me","epoch":"e","offset":0,"at":0,"data":{}}"#,
    #"{"type":"duel.lockedIn","topic":"me","epoch":"e","offset":0,"at":0,"data":{"round":1,"seat":0}}"#,
    #"{"type":"duel.lockedIn","topic":"duel/d","offset":0,"at":0,"data":{"round":1,"seat":0}}"#,
    #"{"re":"c","type":"ok","at":0,"data":{}}"#,
    #"{"re":"c","type":"ok","command":"hello","at":0,"data":{}}"#,
    #"{"re":null,"type":"error","at":0,"data":{"code":"whim","reason":"x","retryable":false,"retryAfterMs":null,"path":null}}"#,
    "[]", "{}", "not json",
  ])
  func catchesAnEnvelopeThatIsWrong(frame: String) throws {
    #expect(try SchemaSet.load().validate(frame: frame) != [])
  }
}
