import ArenaProtocol
import ArenaTypes
import Testing

@Suite struct TopicTests {
  @Test(arguments: [
    ("me", Topic.me, Topic.Lane.lossless), ("lobby", .lobby, .latestWins),
    ("moderation", .moderation, .latestWins),
    ("duel/d_1", .duel(DuelID(rawValue: "d_1")), .lossless),
    ("board/c-2", .board(ContestID(rawValue: "c-2")), .latestWins),
  ])
  func readsItsTextAndKnowsItsLane(text: String, topic: Topic, lane: Topic.Lane) {
    #expect(Topic(text) == topic)
    #expect(topic.description == text)
    #expect(topic.lane == lane)
  }

  @Test(arguments: [
    "", "/", "duel", "duel/", "board/", "duel/a/b", "duel/a b", "duel/ä", "me/", "ME", "x/y",
    "duel/" + String(repeating: "a", count: 65),
  ])
  func refusesOtherTexts(text: String) {
    #expect(Topic(text) == nil)
  }

  @Test func commandIdsAreShortAndPlain() {
    #expect(Wire.CommandID(rawValue: "A-z_09")?.rawValue == "A-z_09")
    for text in ["", "a b", "a.b", "é", String(repeating: "a", count: 65)] {
      #expect(Wire.CommandID(rawValue: text) == nil)
    }
  }
}
