import ArenaProtocol
import ArenaTypes
import Testing

@Suite struct TopicTests {
  @Test(arguments: [
    ("me", Topic.me, Topic.Lane.lossless), ("lobby", .lobby, .latestWins),
    ("moderation", .moderation, .latestWins),
    ("duel/d_1", .duel(DuelID(rawValue: "d_1")), .lossless),
    ("board/c-2", .board(ContestID(rawValue: "c-2")), .latestWins),
    (
      "board/c-2@DE-BY",
      .boardOf(
        BoardName(.contest(ContestID(rawValue: "c-2")), territory: Territory("DE-BY"))),
      .latestWins
    ),
    (
      "board/rating:pick:week@FR",
      .boardOf(BoardName(.rating(format: "pick", .week), territory: Territory("FR"))), .latestWins
    ),
    (
      "board/campaign:k-1:all",
      .boardOf(BoardName(.campaign(CampaignID(rawValue: "k-1"), .all))), .latestWins
    ),
    ("board/series:race:day", .boardOf(BoardName(.series("race", .day))), .latestWins),
  ])
  func readsItsTextAndKnowsItsLane(text: String, topic: Topic, lane: Topic.Lane) {
    #expect(Topic(text) == topic)
    #expect(topic.description == text)
    #expect(topic.lane == lane)
  }

  @Test(arguments: [
    "", "/", "duel", "duel/", "board/", "duel/a/b", "duel/a b", "duel/ä", "me/", "ME", "x/y",
    "board/c@", "board/c@ZZ", "board/c@de", "board/c@DE-", "board/c@DE-abc", "board/c@DE@FR",
    "board/@DE", "board/rating:pick", "board/rating:pick:year", "board/rating::day", "duel/d@DE",
    "board/club:x:day", "board/:", "board/::", "board/rating:pick:day:", "board/rating:p k:day",
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
