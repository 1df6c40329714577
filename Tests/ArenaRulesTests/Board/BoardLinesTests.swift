import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct BoardLinesTests {
  /// 2026-11-24 12:00 UTC, a Tuesday.
  private let noon = Timestamp(millisecondsSinceEpoch: 1_795_521_600_000)
  private let day: Int64 = 86_400_000

  private func person(
    age days: Int64 = 30, rounds: Int = 10, _ territory: Territory? = nil
  ) -> BoardPerson {
    BoardPerson(
      player: PlayerID(rawValue: "p"), name: "P", territory: territory,
      standing: Standing(createdAt: noon - days * day, roundsPlayed: rounds))
  }

  private func duel(_ at: Timestamp, _ points: Int, rating: Double? = nil) -> BoardDeed {
    BoardDeed(
      at: at,
      .duel(
        campaign: CampaignID(rawValue: "k"), format: "pick", points: points, rating: rating))
  }

  private func name(_ text: String) throws -> BoardName { try #require(BoardName(text)) }

  @Test("what is in a stretch of time counts in it and in all longer ones")
  func spans() throws {
    let deeds = [
      duel(noon - 40 * day, 1, rating: 1_400), duel(noon - 10 * day, 20),
      duel(noon - 3_600_000 * 13, 300, rating: 1_512.5), duel(noon, 4_000),
    ]
    let lines = BoardLines(of: person(), deeds, in: BoardSpans(at: noon, zone: .utc)).lines
    #expect(lines[try name("campaign:k:day")]?.points == 4_000)
    #expect(lines[try name("campaign:k:week")]?.points == 4_300)
    #expect(lines[try name("campaign:k:month")]?.points == 4_320)
    #expect(lines[try name("campaign:k:all")]?.points == 4_321)
    #expect(lines[try name("rating:pick:day")] == nil, "unrated duels move no rating")
    #expect(lines[try name("rating:pick:week")]?.points == 1_513)
    #expect(lines[try name("rating:pick:all")]?.points == 1_513)
    #expect(lines[try name("campaign:k:all")]?.joinedAt == noon - 40 * day)
    #expect(lines[try name("campaign:k:all")]?.finishedAt == noon)
  }

  @Test("the first and the last moment of a day count in it, one before and one after don't")
  func edges() throws {
    let spans = BoardSpans(at: noon, zone: .utc)
    let opens = try #require(spans.opensAt(.day))
    let closes = try #require(spans.closesAt(.day))
    #expect(closes.milliseconds(since: opens) == day)
    let deeds = [
      duel(opens - 1, 1), duel(opens, 20), duel(closes - 1, 300), duel(closes, 4_000),
    ]
    let lines = BoardLines(of: person(), deeds, in: spans).lines
    #expect(lines[try name("campaign:k:day")]?.points == 320)
    #expect(spans.opensAt(.all) == nil && spans.nextChange == closes)
    #expect(spans.opensAt(.week) == opens - day, "the week began on Monday")
  }

  @Test("on boards of a day and a month stand established identities; others play beside")
  func established() throws {
    let spans = BoardSpans(at: noon, zone: .utc)
    for newcomer in [person(age: 0), person(rounds: 9)] {
      let lines = BoardLines(of: newcomer, [duel(noon, 5, rating: 1_500)], in: spans)
      #expect(
        lines.beside
          == [
            try name("campaign:k:day"), try name("campaign:k:month"),
            try name("rating:pick:day"), try name("rating:pick:month"),
          ])
      #expect(lines.lines.count == 4)
    }
    #expect(BoardLines(of: person(), [duel(noon, 5)], in: spans).beside == [])
    #expect(BoardLines(of: person(), [], in: spans).lines == [:])
  }

  @Test("contests of a series are added up; names that no board can have are left out")
  func series() throws {
    func contest(_ id: String, _ points: Int) -> BoardDeed {
      BoardDeed(
        at: noon,
        .contest(
          series: BoardDeed.series(of: ContestID(rawValue: id)), points: points,
          joinedAt: noon, finishedAt: noon + Int64(points)))
    }
    let strange = BoardDeed(
      at: noon, .duel(campaign: CampaignID(rawValue: "a b:c"), format: "p k", points: 1, rating: 1))
    let lines = BoardLines(
      of: person(),
      [
        contest("race-20261124T0900Z", 7), contest("race-20261124T1000Z", 9), contest("once", 1),
        strange,
      ],
      in: BoardSpans(at: noon, zone: .utc)
    ).lines
    #expect(lines[try name("series:race:day")]?.points == 16)
    #expect(lines[try name("series:race:day")]?.finishedAt == noon + 9)
    #expect(lines[try name("series:once:day")]?.points == 1)
    #expect(lines.count == 8)
  }

  @Test("boards of territories are the board, filtered, whatever happens", arguments: 0..<20)
  func family(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let places = ["DE", "DE-BY", "DE-BE", "FR", "US-CA", nil].map { $0.flatMap { Territory($0) } }
    var family = BoardFamily()
    for _ in 0..<400 {
      let number = dice.next(below: 40)
      if dice.next(below: 5) == 0 {
        family.remove(PlayerID(rawValue: "p\(number)"))
      } else {
        family.put(
          BoardEntry(
            player: PlayerID(rawValue: "p\(number)"), name: "n", points: dice.next(below: 9),
            finishedAt: noon, joinedAt: noon, territory: places[dice.next(below: places.count)]))
      }
    }
    let all = family.whole.top(family.whole.count)
    for place in places {
      guard let place else { continue }
      let filtered = all.filter { $0.territory.map { $0 == place || $0.country == place } ?? false }
      #expect(family[place].top(100) == filtered)
      #expect(family[place].holdsInvariants())
    }
    #expect(family == BoardFamily(family.whole))
    for (territory, count) in family.counts(of: nil) + family.counts(of: Territory("DE")) {
      #expect(family[territory].count == count && count > 0)
    }
  }
}
