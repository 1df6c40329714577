import ArenaTypes
import Interpretation
import Testing

@Suite struct ReadingsTests {
  private let campaign = ScriptedCampaign.make(unitCount: 4)

  private func line(_ unit: Int, _ key: String, _ role: String, _ text: String) -> String {
    let author = role == "true" ? "house" : "rival"
    return """
      {"unit":"\(campaign.units[unit].id)","key":"\(key)","role":"\(role)","text":"\(text)",\
      "author":"\(author)","writer":"w1"}
      """
  }

  private func written(_ lines: [String]) throws -> WrittenExplanations {
    try WrittenExplanations(
      files: [(name: "w.jsonl", content: lines.joined(separator: "\n"))], campaign: campaign)
  }

  private var goodLines: [String] {
    (0..<4).flatMap { unit in
      [
        line(unit, "t1", "true", "what the sky does in bad seasons \(unit)"),
        line(unit, "b1", "tooBroad", "anything that people talk about daily \(unit)"),
        line(unit, "w1", "wrongTempting", "the short word behind another word \(unit)"),
      ]
    }
  }

  /// Ratings by a reader who knows that the texts about the sky are right.
  private func ratings(_ reader: String, explanations: WrittenExplanations, gap: Int) -> String {
    let pages = BlindReading(campaign: campaign, explanations: explanations, reader: reader)
      .pages().joined()
    var lines: [String] = []
    for section in pages.components(separatedBy: "## ").dropFirst() {
      let rows = section.split(separator: "\n")
      let item = rows[0]
      let values = rows.filter { $0.dropFirst().hasPrefix(": ") }.map { row in
        "\"\(row.prefix(1))\":\(row.contains("sky") ? 50 + gap : 50)"
      }
      lines.append(
        """
        {"item":"\(item)","reader":"\(reader)","ratings":{\(values.joined(separator: ","))},\
        "note":"n"}
        """)
    }
    return lines.joined(separator: "\n")
  }

  @Test func `what two blind readers agree on is decided and kept`() throws {
    let explanations = try written(goodLines)
    let verdicts = try BlindRatings(
      files: [
        (name: "1", content: ratings("j1", explanations: explanations, gap: 40)),
        (name: "2", content: ratings("j2", explanations: explanations, gap: 12)),
      ], campaign: campaign, explanations: explanations)
    let (merged, report) = try CampaignMerge(
      campaign: campaign, explanations: explanations, ratings: verdicts
    ).merged()
    #expect(report.unitCount == 4)
    #expect(report.decidedCount == 8)
    #expect(report.pairCount == 12)
    for unit in merged.units {
      let intended = try #require(unit.explanations.first { $0.role == .intended })
      for pair in unit.pairs where pair.better != nil {
        #expect(pair.better == intended.explanation.id)
        #expect(pair.verdicts.map(\.reader) == ["j1", "j2"])
      }
      #expect(unit.explanations.contains { $0.role == .machine })
    }
  }

  @Test(arguments: [(12, 0, true), (40, 0, true), (20, 5, false), (5, 5, false)])
  func `one reader alone decides only with confidence`(first: Int, second: Int, low: Bool) throws {
    let explanations = try written(goodLines)
    let verdicts = try BlindRatings(
      files: [
        (name: "1", content: ratings("j1", explanations: explanations, gap: first)),
        (name: "2", content: ratings("j2", explanations: explanations, gap: second)),
      ], campaign: campaign, explanations: explanations)
    let merge = CampaignMerge(
      campaign: campaign, explanations: explanations, ratings: verdicts)
    if first >= 30 {
      #expect(try merge.merged().report.decidedCount == 8)
    } else {
      #expect(throws: CampaignError.self) { try merge.merged() }
    }
  }

  @Test func `each reader sees the texts in an order of its own, and no author`() throws {
    let explanations = try written(goodLines)
    let first = BlindReading(campaign: campaign, explanations: explanations, reader: "j1").pages()
    let again = BlindReading(campaign: campaign, explanations: explanations, reader: "j1").pages()
    let second = BlindReading(campaign: campaign, explanations: explanations, reader: "j2").pages()
    #expect(first == again)
    #expect(first != second)
    for word in ["rival", "tooBroad", "wrongTempting", "writer"] {
      #expect(!first.joined().contains(word))
    }
  }

  @Test func `blind pages show nothing of the second half, and sheets only clues`() throws {
    let explanations = try written(goodLines)
    let pages = BlindReading(campaign: campaign, explanations: explanations, reader: "j1")
      .pages().joined()
    let sheets = ReaderSheet(campaign).pages().joined()
    func isIn(_ excerpt: Excerpt, _ text: String) -> Bool {
      let bare = text.replacing(#/>>|<<(\(\d\.\d\))?/#, with: "")
      return bare.contains(excerpt.tokens.joined())
    }
    for unit in campaign.units {
      for held in unit.heldOut {
        #expect(isIn(held.excerpt, pages) == !held.settlesContests)
        #expect(!isIn(held.excerpt, sheets))
      }
      for clue in unit.clues { #expect(isIn(clue.excerpt, sheets)) }
      for reveal in unit.reveals { #expect(!isIn(reveal.excerpt, sheets)) }
    }
  }

  @Test(arguments: [
    #"{"unit":"nowhere/1/mlp/1","key":"t1","role":"true","text":"a","author":"house"}"#,
    #"not json"#,
    #"{"unit":"UNIT","key":"T-1","role":"true","text":"a storm","author":"house"}"#,
    #"{"unit":"UNIT","key":"t1","role":"best","text":"a storm","author":"house"}"#,
    #"{"unit":"UNIT","key":"t1","role":"true","text":"","author":"house"}"#,
    #"{"unit":"UNIT","key":"t1","role":"true","text":"a storm","author":"rival"}"#,
    #"{"unit":"UNIT","key":"t1","role":"tooBroad","text":"fucking storms","author":"rival"}"#,
    """
    {"unit":"UNIT","key":"t1","role":"true","author":"house",\
    "text":"one two three four five six seven eight nine ten eleven twelve thirteen"}
    """,
  ])
  func `a line that breaks a rule is named with its number`(line: String) throws {
    let unit = campaign.units[1].id.rawValue
    do {
      _ = try written(goodLines + [line.replacing("UNIT", with: unit)])
      Issue.record("the line was taken")
    } catch let error as CampaignError {
      #expect("\(error)".contains("w.jsonl:13:"))
    }
  }

  @Test(arguments: [
    #"{"item":"j1-001","reader":"j1","ratings":{"a":50,"b":50}}"#,
    #"{"item":"j1-001","reader":"j1","ratings":{"a":50,"b":50,"c":101}}"#,
    #"{"item":"j1-001","reader":"j1","ratings":{"a":50,"b":50,"c":1,"d":2}}"#,
    #"{"item":"j1-099","reader":"j1","ratings":{"a":50,"b":50,"c":1}}"#,
    #"{"item":"j2-001","reader":"j1","ratings":{"a":50,"b":50,"c":1}}"#,
    #"{"item":"j1-001","reader":"j1","ratings":"all good"}"#,
  ])
  func `ratings of something else than what was shown are refused`(line: String) throws {
    let explanations = try written(goodLines)
    #expect(throws: CampaignError.self) {
      try BlindRatings(
        files: [(name: "v", content: line)], campaign: campaign, explanations: explanations)
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
