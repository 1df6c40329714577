import ArenaRules
import ArenaServer
import ArenaTypes
import Testing

@testable import neuronarena

@Suite("A file says which contests are held")
struct ContestsFileTests {
  private func offers(_ text: String) throws -> [ContestOffer] {
    try ContestsFile().offers(Array(text.utf8), path: "c.json")
  }

  @Test("each kind and repeat rule is read, what is left out is as usual")
  func kinds() throws {
    let read = try offers(
      """
      {"contests": [
        {"id": "race", "kind": "race", "title": "Race", "repeats": "hourly", "at": "00:30"},
        {"id": "daily", "kind": "daily", "title": "Five", "repeats": "daily"},
        {"id": "quiz", "kind": "live", "title": "Quiz", "repeats": "weekly", "weekday": "friday",
         "at": "20:00", "rounds": ["pick", "predict"]},
        {"id": "eve", "kind": "quest", "title": "Eve", "repeats": "none", "on": "2026-12-31",
         "at": "18:00", "minutes": 360, "units": 3, "tries": 2},
        {"id": "month", "kind": "race", "title": "Long", "repeats": "monthly", "day": 31}
      ]}
      """)
    #expect(read.map(\.kind) == [.race, .daily, .live, .quest, .race])
    #expect(
      read.map(\.schedule.repeats) == [
        .hourly(minute: 30), .daily(second: 0), .weekly(weekday: 5, second: 72_000),
        .none(opensAt: .init(millisecondsSinceEpoch: 1_798_740_000_000)),
        .monthly(day: 31, second: 0),
      ])
    #expect(read[1].rounds == ContestOffer.dailyRounds && read[2].rounds == [.pick, .predict])
    #expect(read[3].unitCount == 3 && read[3].tryCount == 2)
    #expect(read[3].schedule.lengthMilliseconds == 21_600_000)
    #expect(read.map(\.ranksEstablishedOnly) == [false, true, false, false, true])
    #expect(read.allSatisfy { $0.schedule.zone == .utc })
    #expect(try offers("{\"contests\": []}").isEmpty)
  }

  @Test(
    "what is wrong is named with its place",
    arguments: [
      ("", "c.json"), ("[]", "c.json: must be an object"), ("{}", "c.json.contests: is missing"),
      ("{\"contests\": {}}", "c.json: contests: must be a list"),
      ("{\"contests\": [1]}", "c.json: contests[0]: must be an object"),
      ("{\"contests\": [], \"x\": 1}", "c.json.x: is not known here"),
    ])
  func faults(text: String, beginning: String) {
    expect(text, beginning)
  }

  @Test(
    "so is a wrong field of a contest",
    arguments: [
      ("\"kind\": \"marathon\"", "kind: must be one of daily, race, quest, live"),
      ("\"kind\": \"race\", \"title\": \"\"", "title: must be a string of 1 to 80"),
      ("\"kind\": \"race\", \"title\": \"T\"", "id: is missing"),
      ("\"kind\": \"race\", \"title\": \"T\", \"id\": \"a b\"", "id: must consist of letters"),
      (usual + ", \"repeats\": \"yearly\"", "repeats: must be one of none, hourly, daily"),
      (usual + ", \"repeats\": \"weekly\"", "weekday: is missing"),
      (
        usual + ", \"repeats\": \"weekly\", \"weekday\": \"Monday\"",
        "weekday: must be one of sunday"
      ),
      (usual + ", \"repeats\": \"monthly\"", "day: is missing"),
      (usual + ", \"repeats\": \"monthly\", \"day\": 32", "day: must be an integer from 1 to 31"),
      (usual + ", \"repeats\": \"none\", \"on\": \"2026-02-29\"", "on: must be a date"),
      (usual + ", \"repeats\": \"daily\", \"at\": \"24:00\"", "at: must be a time of day"),
      (usual + ", \"repeats\": \"daily\", \"at\": \"9:00\"", "at: must be a time of day"),
      (
        usual + ", \"repeats\": \"daily\", \"zone\": \"Europe/Berlln\"",
        "zone: there is no time zone"
      ),
      (usual + ", \"repeats\": \"daily\", \"zone\": \"../../etc/passwd\"", "zone: there is no"),
      (usual + ", \"repeats\": \"daily\", \"zone\": 5", "zone: must be a string"),
      (usual + ", \"repeats\": \"daily\", \"minutes\": 0", "minutes: must be an integer from 1"),
      (usual + ", \"repeats\": \"daily\", \"rounds\": [\"pick\"]", "rounds: is not known here"),
    ])
  func fields(text: String, beginning: String) {
    expect("{\"contests\": [{\(text)}]}", "c.json: contests[0].\(beginning)")
  }

  @Test("a live contest takes no rounds that need the engine, and no name stands twice")
  func more() {
    let live = "\"kind\": \"live\", \"title\": \"T\", \"id\": \"a\", \"repeats\": \"daily\""
    expect(
      "{\"contests\": [{\(live), \"rounds\": [\"pick\", \"write\"]}]}",
      "c.json: contests[0].rounds[1]: must be one of pick, oddOneOut, predict in a live")
    expect(
      "{\"contests\": [{\(live)}, {\(live)}]}",
      "c.json: contests[1].id: a is another contest's already")
  }

  private static let usual = "\"kind\": \"race\", \"title\": \"T\", \"id\": \"a\""

  private func expect(_ text: String, _ beginning: String) {
    do {
      _ = try offers(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect("\(error)".hasPrefix(beginning), "\(error)")
    }
  }
}
