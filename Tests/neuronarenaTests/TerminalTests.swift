import ArenaTypes
import Interpretation
import Testing

@testable import neuronarena

@Suite struct TerminalTests {
  @Test(arguments: [
    (["TERM": "xterm-256color"], true, TerminalColour.palette),
    (["TERM": "xterm", "COLORTERM": "truecolor"], true, .full),
    (["TERM": "xterm", "COLORTERM": "24bit"], true, .full),
    (["TERM": "xterm-direct"], true, .full), (["TERM": "dumb", "COLORTERM": "24bit"], true, .none),
    ([:], true, .none), (["TERM": "xterm", "COLORTERM": "truecolor"], false, .none),
    (["TERM": "xterm", "NO_COLOR": "1"], true, .none),
    (["TERM": "xterm", "NO_COLOR": ""], true, .palette),
  ])
  func `colours follow the terminal`(
    environment: [String: String], isTerminal: Bool, colour: TerminalColour
  ) {
    #expect(TerminalColour.detected(isTerminal: isTerminal) { environment[$0] } == colour)
  }

  @Test func `the more a token fires the redder it is`() {
    let full = ActivationPaint(colour: .full, scale: 10)
    #expect(full.token(" a", activation: 1) == " a")
    #expect(
      full.token("a", activation: 5) == "\u{1B}[48;2;255;127;127m\u{1B}[38;2;0;0;0ma\u{1B}[0m")
    #expect(full.token("a", activation: 99).contains("48;2;255;0;0m"))
    #expect(full.token("a", activation: -10).contains("48;2;0;0;255m"))
    let palette = ActivationPaint(colour: .palette, scale: 10)
    #expect(palette.token("a", activation: 2).contains("48;5;217m"))
    #expect(palette.token("a", activation: 10).contains("48;5;196m"))
    #expect(palette.token("a", activation: -10).contains("48;5;27m"))
    let plain = ActivationPaint(colour: .none, scale: 10)
    #expect([0, 2, 6, -9].map { plain.token("a", activation: $0) } == ["a", ">a<", ">>a<<", "a"])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 0, .greatestFiniteMagnitude])
  func `numbers that are none paint nothing and crash nothing`(value: Float) {
    for colour in TerminalColour.allCases {
      #expect(ActivationPaint(colour: colour, scale: 0).token("a", activation: value) == "a")
      #expect(!ActivationPaint(colour: colour, scale: value).legend.isEmpty)
    }
    #expect(!VisibleText.number(value).isEmpty)
    #expect(!VisibleText.percent(Double(value)).isEmpty)
    #expect(!VisibleText.whole(Double(value)).isEmpty)
    #expect(Sparkline.of([value, value]).count == 2)
    _ = Sparkline.histogram(of: [value, 1, 2])
  }

  @Test func `a text can't do anything to the terminal`() {
    let hostile = "\u{1B}[2J\u{7}a\nb\tc\r\u{9B}31m\u{202E}d\u{200B}"
    let shown = VisibleText.of(hostile)
    #expect(!shown.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
    #expect(shown.contains("a\u{23CE}b\u{21E5}c"))
    let painted = ActivationPaint(colour: .full, scale: 1).token(hostile, activation: 1)
    #expect(painted.unicodeScalars.count { $0.value == 0x1B } == 3)
  }

  @Test func `rows of blocks show what is large`() {
    #expect(Sparkline.of([0, 1, 4, 8, -3]) == " \u{2582}\u{2585}\u{2588} ")
    #expect(Sparkline.of([]) == "")
    #expect(Sparkline.histogram(of: []) == "")
    let row = Sparkline.histogram(of: [0, 0, 0, 0, 10], binCount: 5)
    #expect(row == "0.0 \u{2588}   \u{2584} 10.0")
  }

  @Test func `a unit's portrait has everything but what is held out`() throws {
    let campaign = ScriptedCampaign.make(unitCount: 3)
    let unit = campaign.units[1]
    let shown = PrintedUnit(
      unit: unit, info: campaign.info, colour: .none, showsHeldOut: false
    ).lines.joined(separator: "\n")
    for entry in unit.explanations { #expect(shown.contains(entry.explanation.text.description)) }
    #expect(!shown.contains("\u{1B}"))
    let excerptLines = unit.clues.count + unit.reveals.count
    #expect(
      shown.split(separator: "\n").count { $0.hasPrefix("  clue") || $0.hasPrefix("  reveal") }
        == excerptLines)
    #expect(!shown.contains("held out") && !shown.contains("sealed"))
    let all = PrintedUnit(unit: unit, info: campaign.info, colour: .palette, showsHeldOut: true)
    #expect(
      all.lines.count { $0.hasPrefix("  held out") || $0.hasPrefix("  sealed") }
        == unit.heldOut.count)
  }

  @Test func `units are named as people say them`() {
    let names = ["m/3/mlp/7", "m/3/head/7", "m/3/residual:truth/0", "m/3/feature:res-jb/7", "odd"]
    #expect(
      names.map { PrintedUnit.name(of: UnitID(rawValue: $0)) } == [
        "neuron 7 in layer 3", "attention head 7 in layer 3", "direction 0 of truth in layer 3",
        "feature 7 of res-jb in layer 3", "odd",
      ])
  }

  @Test func `units are found by their whole name or its end`() throws {
    let campaign = ScriptedCampaign.make(unitCount: 3)
    let id = campaign.units[2].id
    let end = id.rawValue.split(separator: "/").dropFirst().joined(separator: "/")
    #expect(try CampaignInspectCommand.find(id.rawValue, in: campaign).id == id)
    #expect(try CampaignInspectCommand.find(end, in: campaign).id == id)
    #expect(throws: (any Error).self) { try CampaignInspectCommand.find("nothing", in: campaign) }
  }
}
