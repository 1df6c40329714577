import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct PairReadingTests {
  private let campaign: Campaign

  init() throws {
    let made = ScriptedCampaign.make(unitCount: 20)
    var units = made.units
    for index in units.indices {
      for position in units[index].explanations.indices {
        let isRight = units[index].explanations[position].role == .intended
        units[index].explanations[position].score = Score(
          value: isRight ? 70 : 55, low: 0, high: 100, cap: nil, scorer: "judge/9")
      }
    }
    campaign = try made.replacing(units: units)
  }

  private func answers(_ lines: [String]) throws -> [PairAnswers.Row] {
    try PairAnswers(
      files: [(name: "r", content: lines.joined(separator: "\n"))], campaign: campaign, count: 12
    ).rows
  }

  private func line(_ item: PairReading.Item, _ choice: String) -> String {
    #"{"item":"\#(item.name)","reader":"r1","choice":"\#(choice)","note":""}"#
  }

  @Test func `readers see the same pairs in orders of their own, on the second half alone`() {
    let first = PairReading(campaign: campaign, count: 12, reader: "r1")
    let second = PairReading(campaign: campaign, count: 12, reader: "r2")
    #expect(first.items.count == 12)
    #expect(Set(first.items.map(\.pair)) == Set(second.items.map(\.pair)))
    #expect(first.items.map(\.pair) != second.items.map(\.pair))
    #expect(Set(first.items.map { $0.sides[0].role }).count > 1)
    let pages = first.pages(itemCount: 5)
    #expect(pages.count == 3)
    let text = pages.joined().replacing(#/>>|<<(\(\d\.\d\))?/#, with: "")
    for word in ["70", "judge", "author", "tooBroad"] { #expect(!text.contains(word)) }
    for item in first.items {
      for held in item.unit.heldOut {
        #expect(text.contains(held.excerpt.tokens.joined()) == held.settlesContests)
      }
    }
    #expect(PairReading(campaign: campaign, count: 0, reader: "r1").pages().isEmpty)
    #expect(PairReading(campaign: campaign, count: 9_999, reader: "r1").items.count == 40)
  }

  @Test func `answers are counted by what is right and by the gap`() throws {
    let items = PairReading(campaign: campaign, count: 12, reader: "r1").items
    let lines = items.enumerated().map { index, item in
      let right = item.sides[0].explanation.id == item.pair.better ? "a" : "b"
      let wrong = right == "a" ? "b" : "a"
      return line(item, index == 0 ? "neither" : index < 3 ? wrong : right)
    }
    let rows = try answers(lines)
    let all = try #require(rows.first)
    #expect(all.gap == nil)
    #expect(all.pairCount == 12)
    #expect(all.answerCount == 12)
    #expect(all.rightCount == 9)
    #expect(all.higherCount == 9)
    #expect(all.neitherCount == 1)
    #expect(rows.filter { $0.answerCount > 0 }.map(\.gap) == [nil, 10..<20])
  }

  @Test(arguments: [
    #"{"item":"r1-p1","reader":"r1","choice":"c"}"#,
    #"{"item":"r1-p13","reader":"r1","choice":"a"}"#,
    #"{"item":"r2-p1","reader":"r1","choice":"a"}"#,
    #"{"item":"r1-p2","reader":"r1","choice":"b"}"#,
    #"{"item":"r1-p1"}"#,
    "a",
  ])
  func `an answer to what was not asked is named with its line`(_ wrong: String) throws {
    let second = PairReading(campaign: campaign, count: 12, reader: "r1").items[1]
    do {
      _ = try answers([line(second, "a"), "", wrong])
      Issue.record("the line was taken")
    } catch let error as CampaignError {
      #expect("\(error)".contains("r:3:"))
    }
  }
}
