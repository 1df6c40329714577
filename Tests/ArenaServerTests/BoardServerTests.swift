import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

/// Boards as those see them who follow them, ask for pages of them, and are on them.
@Suite struct BoardServerTests {
  private static let campaign = ScriptedCampaign.make(unitCount: 40).info.id
  private let race = ContestID(rawValue: "race-20261124T2300Z")

  private func board(_ text: String) throws -> BoardName { try #require(BoardName(text)) }

  private func topic(_ text: String) throws -> Topic { try #require(Topic("board/\(text)")) }

  /// Answers so many questions of the race right.
  private func score(_ client: PlayerClient, _ count: Int) throws {
    var run = try client.ask(.contestStart(.init(contest: race))).at("run")
    for _ in 0..<count {
      let question = try run.at("question")
      let isA = try question.text("options", "a").hasPrefix("words about")
      run = try client.ask(
        .contestAnswer(
          .init(
            contest: race, question: try question.count("number"), side: isA ? .a : .b))
      ).at("run")
    }
  }

  private func names(_ page: JSONValue) throws -> [String] {
    try names(of: page.at("entries"))
  }

  private func names(of rows: JSONValue) throws -> [String] {
    try (rows.array ?? []).map { try $0.text("name") }
  }

  @Test("Country and region are the same board, filtered and live, with one's own place in it")
  func territories() async throws {
    let server = try await SimulatedServer()
    var players: [PlayerClient] = []
    for (name, territory) in [("Ada", "GB"), ("Bea", "DE-BY"), ("Cem", "DE"), ("Dan", nil)] {
      let player = try server.join(name)
      let answer = try player.ask(
        .territorySet(.init(territory: territory.flatMap { Territory($0) })))
      #expect(try answer.at("player", "territory").string == territory)
      players.append(player)
    }
    for (points, player) in players.enumerated() { try score(player, 1 + points) }
    server.advance(by: .seconds(1))
    let eve = players[1]
    try eve.ask(.subscribe(.init(topic: try topic("\(race)@DE"), own: true)))
    let snapshot = try eve.event("board.snapshot").data
    #expect(try names(snapshot) == ["Cem", "Bea"])
    #expect(try snapshot.text("contest", "id") == race.rawValue)
    #expect(try snapshot.text("entries", "1", "territory") == "DE-BY")
    let own = try eve.event("board.own").data
    #expect(try own.count("rank") == 2 && own.count("of") == 2)

    for _ in 0..<2 { try score(eve, 1) }
    server.advance(by: .seconds(1))
    let delta = try eve.event("board.delta") { $0["to"] != $0["from"] }.data
    #expect(try delta.count("count") == 2)
    let moved = try eve.event("board.own") { $0["rank"]?.integer == 1 }
    #expect(try names(of: moved.data.at("neighbours")) == ["Bea", "Cem"])
    #expect(moved.topic?.description == "board/\(race)@DE")

    let regions = try eve.ask(.boardTerritories(.init(board: try board("\(race)@DE"))))
    #expect(try regions.text("territories", "0", "territory") == "DE-BY")
    let countries = try eve.ask(.boardTerritories(.init(board: try board(race.rawValue))))
    #expect(try countries.at("territories").array?.count == 2)
    #expect(try countries.count("territories", "0", "count") == 2)
    #expect(
      try eve.refusal(.boardPage(.init(board: try board("race-1@DE"), count: 1))) == .notFound)
    let nowhere = try eve.ask(.boardPage(.init(board: try board("\(race)@FR"), count: 9)))
    #expect(try nowhere.at("entries") == .array([]) && nowhere.count("count") == 0)
  }

  @Test("A territory is said, changed and taken back; a run keeps that of its start")
  func restated() async throws {
    let store = InMemoryStore()
    let server = try await SimulatedServer(store: store)
    let ada = try server.join("Ada")
    try ada.ask(.territorySet(.init(territory: Territory("US-CA"))))
    try score(ada, 1)
    try ada.ask(.territorySet(.init(territory: nil)))
    server.advance(by: .seconds(1))
    let page = try ada.ask(.boardPage(.init(board: try board("\(race)@US-CA"), count: 9)))
    #expect(try names(page) == ["Ada"])
    let again = try await SimulatedServer(store: store)
    let back = try again.join(as: ada, prefix: "d")
    let restored = try back.ask(.boardPage(.init(board: try board("\(race)@US"), count: 9)))
    #expect(try names(restored) == ["Ada"], "the journal knows where")
    #expect(back.player == ada.player)
  }

  @Test("Pages of one version fit together, and a hostile range is refused or empty")
  func pages() async throws {
    let server = try await SimulatedServer()
    var players: [PlayerClient] = []
    for number in 0..<7 {
      let player = try server.join("P\(number)")
      try score(player, number % 3)
      players.append(player)
    }
    server.advance(by: .seconds(1))
    let name = try board(race.rawValue)
    let asker = players[0]
    let whole = try asker.ask(.boardPage(.init(board: name, count: 200)))
    #expect(try whole.count("count") == 7 && whole.count("from") == 1)
    var rows: [JSONValue] = []
    for from in [1, 3, 5, 7, 9] {
      let page = try asker.ask(.boardPage(.init(board: name, from: from, count: 2)))
      #expect(try page.at("version") == whole.at("version"))
      rows += try page.at("entries").array ?? []
    }
    #expect(try .array(rows) == whole.at("entries"))
    let far = try asker.ask(.boardPage(.init(board: name, from: 100_000_000, count: 200)))
    #expect(try far.at("entries") == .array([]))
    let id = asker.player
    let around = try asker.ask(.boardPage(.init(board: name, around: id, count: 3)))
    #expect(
      try (around.at("entries").array ?? []).contains {
        try $0.text("player") == id.rawValue
      })
    let stranger = PlayerID(rawValue: "p_nobody")
    let none = try asker.ask(.boardPage(.init(board: name, around: stranger, count: 3)))
    #expect(try none.at("entries") == .array([]))
    #expect(try asker.refusal(.boardPage(.init(board: name, from: 0, count: 1))) == .badField)
    #expect(try asker.refusal(.boardPage(.init(board: name, count: 201))) == .badField)
    #expect(
      try asker.refusal(.boardPage(.init(board: try board("rating:chess:day"), count: 1)))
        == .notFound)
  }

  @Test("Who leaves a run off the board is told that it stands nowhere; others move up at once")
  func removal() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    try score(ada, 3)
    try score(bob, 2)
    server.advance(by: .seconds(1))
    for player in [ada, bob] {
      try player.ask(.subscribe(.init(topic: .board(race), own: true)))
      _ = try player.event("board.own")
    }
    let room = ada.player
    server.server.post(toOwnerOf: RoomName.contest(race)) { context in
      context.contests[ContestID(rawValue: "race-20261124T2300Z")]?.take(
        .remove(player: room, moderator: "m", reason: "a program"))
    }
    server.advance(by: .seconds(1))
    let gone = try ada.event("board.own") { $0["rank"] == .null }.data
    #expect(try gone.at("neighbours") == .array([]))
    let up = try bob.event("board.own") { $0["rank"]?.integer == 1 }.data
    #expect(try up.count("of") == 1)
  }

  @Test("Who did not ask for it is told its rank on `me`, as the first version was")
  func oldClients() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    try score(ada, 1)
    server.advance(by: .seconds(1))
    try ada.follow(.board(race))
    #expect(try ada.event("board.you").data.count("rank") == 1)
    try score(bob, 2)
    server.advance(by: .seconds(1))
    #expect(try ada.event("board.you") { $0["rank"]?.integer == 2 }.data.count("of") == 2)
    #expect(!ada.received.contains { $0.contains("board.own") })
  }

  // MARK: Of ratings, campaigns and series

  private func duel(
    _ id: String, at: Timestamp, _ points: [(PlayerClient, Int, Double)], isVoid: Bool = false
  ) -> StoreWrite {
    let seats = points.map { client, points, rating in
      DuelResultRecord.Seat(
        player: client.player, name: "x", isBot: false, points: points,
        ratingBefore: 1_500, ratingAfter: rating)
    }
    return .putDuelResult(
      DuelResultRecord(
        duel: DuelID(rawValue: id), format: "pick", campaign: Self.campaign,
        startedAt: at, endedAt: at, isRated: true, outcome: isVoid ? .void : .draw,
        reason: "points", seats: seats))
  }

  @Test(
    "Boards of a day, a week and all time follow results, turn at midnight, and survive a restart")
  func standings() async throws {
    let store = InMemoryStore()
    let server = try await SimulatedServer(store: store)
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let week = try board("rating:pick:week")
    try ada.ask(.subscribe(.init(topic: .boardOf(week), own: true)))
    let empty = try ada.event("board.snapshot").data
    #expect(try empty.count("count") == 0 && empty.at("contest") == .null)
    #expect(try empty.text("standing", "span") == "week")
    #expect(try empty.text("standing", "zone") == "UTC")
    #expect(try ada.event("board.own").data.at("rank") == .null)

    let now = server.clock.now
    try await store.commit([
      duel("d1", at: now, [(ada, 300, 1_520.6), (bob, 100, 1_479.4)]),
      duel("d2", at: now, [(ada, 999, 9_999), (bob, 0, 1)], isVoid: true),
    ])
    let players = [ada.player, bob.player]
    server.server.post(toOwnerOf: RoomName.standings) { $0.standings?.noteDeeds(of: players) }
    server.advance(by: .seconds(1))
    let own = try ada.event("board.own") { $0["rank"]?.integer == 1 }.data
    #expect(try own.count("neighbours", "0", "points") == 1_521)
    let campaign = try board("campaign:\(Self.campaign):all")
    let sums = try ada.ask(.boardPage(.init(board: campaign, count: 9)))
    #expect(try sums.count("entries", "0", "points") == 300)
    let today = try ada.ask(.boardPage(.init(board: try board("rating:pick:day"), count: 9)))
    #expect(try today.count("count") == 0, "newcomers play beside the board of a day")

    // Said afterwards, it moves the player to the board of its country.
    try bob.ask(.territorySet(.init(territory: Territory("FR"))))
    server.advance(by: .seconds(1))
    let french = try ada.ask(.boardPage(.init(board: try board("rating:pick:week@FR"), count: 9)))
    #expect(try names(french) == ["Bob"])

    let again = try await SimulatedServer(store: store)
    again.settle()
    let back = try again.join(as: ada, prefix: "d")
    for name in [week, campaign, try board("rating:pick:week@FR")] {
      let recounted = try back.ask(.boardPage(.init(board: name, count: 9)))
      let before = try ada.ask(.boardPage(.init(board: name, count: 9)))
      #expect(try recounted.at("entries") == before.at("entries"))
    }

    // Tuesday, 23:10: the week goes on for five days, all time for ever.
    again.advance(by: .seconds(6 * 86_400))
    let over = try back.ask(.boardPage(.init(board: week, count: 9)))
    #expect(try over.count("count") == 0)
    #expect(try back.ask(.boardPage(.init(board: campaign, count: 9))).count("count") == 2)
  }

  @Test("A finished contest counts on the board of its series")
  func series() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join("Ada")
    try score(ada, 4)
    server.advance(by: .seconds(3_100))
    let page = try ada.ask(.boardPage(.init(board: try board("series:race:all"), count: 9)))
    #expect(try page.count("entries", "0", "points") == 4)
    #expect(try page.text("entries", "0", "name") == "Ada")
  }

  @Test("A board with many watchers rests longer, and all of them end on the last version")
  func rest() async throws {
    let server = try await SimulatedServer { $0.boardRestPerThousand = .seconds(1_000) }
    let (ada, eve) = (try server.join("Ada"), try server.join("Eve"))
    for player in [ada, eve] { try player.follow(.board(race)) }
    for points in 1...5 {
      try score(ada, 1)
      server.advance(by: .milliseconds(300))
      _ = points
    }
    let early = eve.received.count { $0.contains("board.delta") }
    #expect(early <= 2, "two deliveries are two seconds of rest")
    server.advance(by: .seconds(5))
    let last = try eve.event("board.delta") {
      $0["operations"]?[0]?["entry"]?["points"]?.integer == 5
    }
    #expect(last.type == "board.delta")
  }
}
