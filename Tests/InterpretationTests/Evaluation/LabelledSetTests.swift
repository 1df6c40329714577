import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite struct LabelledSetTests {
  private static let excerpt = """
    {"kind":"top","hidden":true,"src":"a","text":"a storm","ids":[1,2],"tokens":["a"," storm"],\
    "acts":[0,7.5],"e":3}
    """

  private static func line(_ neuron: Int, _ more: String = "", excerpts: String = excerpt) -> String
  {
    """
    {"id":7,"layer":3,"neuron":\(neuron),"sign":-1,"explanation":"bad weather \(neuron)"\
    \(more.isEmpty ? "" : "," + more),"excerpts":[\(excerpts)]}
    """
  }

  private func read(_ lines: [String], name: String = "set.jsonl") throws -> LabelledSet {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)-\(name)"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try LabelledSet(path: path)
  }

  @Test func `a unit is read with all that it carries`() throws {
    let more = """
      "kind":"form","group":"endings","lexical":true,"paraphrase":"storms","too_broad":"nature","half_right":null,\
      "rivals":["wind, rain",{"text":"cold weather","kind":"too_narrow"}],"top20_mean_peak":8,"z":1
      """
    let set = try read([Self.line(1, more), "", Self.line(2), Self.line(3)])
    #expect(set.units.count == 3 && set.cutTextCount == 0)
    let unit = set.units[0]
    #expect(unit.id.rawValue == "smollm2-135m/3/mlp/1")
    #expect(unit.polarity == .negative && unit.kind == .form && unit.isLexical)
    #expect(unit.group == "endings" && set.units[1].group == nil)
    #expect(unit.paraphrase?.description == "storms" && unit.halfRight == nil)
    #expect(unit.rivals.map(\.kind) == [nil, "too_narrow"])
    #expect(unit.top20MeanPeak == 8)
    #expect(
      unit.excerpts[0].tokens == ["a", " storm"] && unit.excerpts[0].activations == [0, 7.5])
    #expect(set.units[1].kind == nil && !set.units[1].isLexical)
  }

  @Test func `kinds of rivals may stand beside their texts`() throws {
    let more = #""rivals":["wind","cold"],"rival_kinds":["list","neighbour"]"#
    let set = try read([Self.line(1, more), Self.line(2), Self.line(3)])
    #expect(set.units[0].rivals.map(\.kind) == ["list", "neighbour"])
  }

  @Test func `a text that is too long is cut at a word and counted`() throws {
    let long = (0..<30).map { "word\($0)" }.joined(separator: " ")
    let set = try read([Self.line(1, "\"paraphrase\":\"\(long)\""), Self.line(2), Self.line(3)])
    #expect(set.cutTextCount == 1)
    #expect(set.units[0].paraphrase?.meanings[0].split(separator: " ").count == 12)
  }

  @Test(arguments: [100, 700])
  func `of a long excerpt the part with the peak is kept`(peak: Int) throws {
    let tokens = (0..<900).map { "\"t\($0)\"" }.joined(separator: ",")
    let ids = (0..<900).map { "\($0)" }.joined(separator: ",")
    let acts = (0..<900).map { $0 == peak ? "9" : "0" }.joined(separator: ",")
    let excerpt =
      "{\"kind\":\"top\",\"hidden\":true,\"ids\":[\(ids)],\"tokens\":[\(tokens)],\"acts\":[\(acts)]}"
    let set = try read([Self.line(1, excerpts: excerpt), Self.line(2), Self.line(3)])
    let kept = set.units[0].excerpts[0]
    #expect(kept.tokens.count == 64 && kept.activations.max() == 9)
    #expect(kept.tokens[kept.activations.firstIndex(of: 9) ?? 0] == "t\(peak)")
  }

  @Test(arguments: [
    ("not json", ""),
    (#"{"layer":1}"#, "/neuron"),
    (#"{"layer":-1,"neuron":2}"#, "/layer"),
    (#"{"layer":1,"neuron":2,"explanation":"a","excerpts":[]}"#, "/excerpts"),
    (line(9, #""sign":0"#), "/sign"),
    (line(9, #""kind":"other""#), "/kind"),
    (line(9, #""group":"""#), "/group"),
    (line(9, #""group":["x"]"#), "/group"),
    (line(9, #""lexical":"yes""#), "/lexical"),
    (line(9, #""paraphrase":"  ""#), "/paraphrase"),
    (line(9, "\"paraphrase\":\"a\u{200B}b\""), "/paraphrase"),
    (line(9, #""rivals":["a"],"rival_kinds":["list","list"]"#), "/rival_kinds"),
    (line(9, #""rivals":["a",{"kind":"list"}]"#), "/rivals/1/text"),
    (line(9, #""rivals":["a",""]"#), "/rivals/1"),
    (line(9, #""rivals":[3]"#), "/rivals/0"),
    (line(9, #""model":"a/b""#), "/model"),
    (line(9, excerpts: excerpt.replacing("top", with: "best")), "/excerpts/0/kind"),
    (line(9, excerpts: excerpt.replacing("\"hidden\":true,", with: "")), "/excerpts/0/hidden"),
    (line(9, excerpts: excerpt.replacing("[0,7.5]", with: "[0]")), "/excerpts/0"),
    (line(9, excerpts: excerpt.replacing("7.5", with: "NaN")), "/excerpts/0/acts/1"),
    (line(9, excerpts: excerpt.replacing("[1,2]", with: "[1,-2]")), "/excerpts/0/ids"),
    (line(9, excerpts: excerpt.replacing("[1,2]", with: "[1,2.5]")), "/excerpts/0/ids"),
    (line(9, excerpts: excerpt.replacing("true", with: "false")), "/excerpts"),
    (line(1), ""),
  ])
  func `a fault is named with its line and place`(line: String, path: String) throws {
    do {
      _ = try read([Self.line(1), Self.line(2), line, Self.line(3)])
      Issue.record("the line was taken: \(line)")
    } catch let fault as ImportFault {
      #expect(fault.line == 3, "\(fault)")
      #expect(fault.path == path || path.isEmpty, "\(fault)")
    }
  }

  @Test func `what holds too few units or can't be opened is refused`() throws {
    #expect(throws: ImportFault.self) { try read([Self.line(1), Self.line(2)]) }
    #expect(throws: ImportFault.self) { try read([]) }
    #expect(throws: ImportFault.self) { try LabelledSet(path: "/nowhere/set.jsonl") }
  }

  @Test func `what is written is read as it was`() throws {
    let set = ToyLabels.set()
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).jsonl"
    try set.encoded().write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try LabelledSet(path: path).units == set.units)
  }
}
