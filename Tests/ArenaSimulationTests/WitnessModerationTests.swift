import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Testing

@testable import ArenaSimulation

/// What moderators do, standings and own texts: each test breaks one promise by hand.
extension WitnessTests {
  private var stranger: PlayerID { PlayerID(rawValue: "p_stranger") }

  /// Puts a ban or a mute on the disk, lets a server find it there, and waits.
  private func sanction(_ effect: BanRecord.Effect) {
    let now = world.clock.now
    world.witness.becameDurable([
      .putBan(
        BanRecord(
          id: "b", subject: .player(stranger), startsAt: now, endsAt: now + .seconds(60),
          who: "m", why: "test", effect: effect))
    ])
    world.witness.serverOpened()
    world.clock.advance(by: .seconds(4))
  }

  private func hide(_ text: String, _ words: String) {
    let content = "{\"text\":\"\(words)\",\"author\":\"p_author\",\"isHidden\":true}"
    world.witness.becameDurable([
      .putCase(
        ModerationCase(
          id: text, kind: .text, openedAt: world.clock.now, subject: text,
          content: Array(content.utf8)))
    ])
    world.witness.serverOpened()
    world.clock.advance(by: .seconds(4))
  }

  @Test("a line of ratings that was never so")
  func wrongStanding() {
    let entry = "{\"player\":\"p_x\",\"name\":\"X\",\"points\":9,\"finishedAt\":1}"
    see(
      event(
        "board.snapshot", "board/rating:pick:week@DE",
        "{\"version\":1,\"count\":1,\"entries\":[\(entry)]}"))
    expectFailure("which was never so on disk")
  }

  @Test("a place that is not among its neighbours")
  func wrongPlace() {
    see(
      event(
        "board.own", "board/rating:pick:all",
        "{\"version\":1,\"rank\":3,\"of\":9,\"firstRank\":1,\"neighbours\":[]}"))
    expectFailure("of place")
  }

  @Test("who is banned and is told something")
  func banned() {
    sanction(.ban)
    follow(.me)
    see(event("notice", "me", offset: 1, "{\"text\":\"x\"}"))
    expectFailure("in spite of")
  }

  @Test("what a muted player writes and is done")
  func muted() {
    sanction(.mute)
    owner.send(.rename(.init(name: "Loud")), id: "s1", at: world.clock.now)
    see("{\"re\":\"s1\",\"type\":\"ok\",\"command\":\"rename\",\"at\":1,\"data\":{}}")
    expectFailure("of a muted player")
  }

  @Test("a text that a moderator has hidden")
  func hiddenText() {
    hide("duel/d_x/0/0/0", "storm ZQ424242QZ")
    see(event("lobby.snapshot", "lobby", offset: 1, "{\"text\":\"storm ZQ424242QZ\"}"))
    expectFailure("is hidden and sent")
  }

  @Test("an excerpt that a moderator has hidden")
  func hiddenExcerpt() {
    hide("excerpt/ZCu1c0", "")
    see(event("lobby.snapshot", "lobby", offset: 1, "{\"id\":\"ZCu1c0\"}"))
    expectFailure("is hidden and sent")
  }

  @Test("a voided duel that takes back more than its own step")
  func wrongVoid() {
    let id = DuelID(rawValue: "d_void")
    let seats = ["p_a", "p_b"].map {
      DuelResultRecord.Seat(
        player: PlayerID(rawValue: $0), name: $0, isBot: false, points: 1, ratingBefore: 1_500,
        ratingAfter: 1_520)
    }
    let result = DuelResultRecord(
      duel: id, format: "pick", campaign: CampaignID(rawValue: "scripted"),
      startedAt: World.start, endedAt: World.start, isRated: true, outcome: .draw,
      reason: "points", seats: seats)
    let durable = world.witness.durable
    durable.standings.apply([.putDuelResult(result)], now: world.clock.now)
    for seat in seats {
      durable.ratings[.init(player: seat.player, format: "pick")] = Rating(
        value: 1_530, deviation: 90, volatility: 0.06, ratedAt: World.start)
    }
    var voided = result
    voided.voidedBecause = "test"
    let audit = AuditRecord(
      id: "a", at: World.start, who: "m", what: "void duel", subject: "d_void", why: "test")
    func rating(_ player: String, _ value: Double) -> StoreWrite {
      .putRating(
        RatingRecord(
          player: PlayerID(rawValue: player), format: "pick", rating: value, deviation: 90,
          volatility: 0.06, updatedAt: world.clock.now))
    }
    world.witness.becameDurable([
      .audit(audit), .putDuelResult(voided), rating("p_a", 1_510), rating("p_b", 1_500),
    ])
    expectFailure("not a step back")
  }

  @Test("a duel that is voided and never was")
  func voidOfNothing() {
    world.witness.becameDurable([
      .putDuelResult(
        DuelResultRecord(
          duel: DuelID(rawValue: "d_none"), format: "pick",
          campaign: CampaignID(rawValue: "scripted"), startedAt: World.start,
          endedAt: World.start, isRated: true, outcome: .draw, reason: "points", seats: [],
          voidedBecause: "test"))
    ])
    expectFailure("has no result")
  }

  @Test("a duel that begins while the server drains")
  func drained() throws {
    world.witness.durable.nothingStartsFrom = World.start
    let room = try #require(
      try world.disk.state.reader().room(RoomKey(kind: .duel, id: duel.rawValue)))
    var copy = room
    copy.key = RoomKey(kind: .duel, id: "d_late")
    world.witness.becameDurable([.openRoom(copy)])
    expectFailure("though the server drains")
  }

  @Test("an act that is in no log")
  func unlogged() {
    line.isModerator = true
    owner.send(
      .moderateAct(.init(act: .init(kind: .drain), reason: "x")), id: "s1", at: world.clock.now)
    see(
      "{\"re\":\"s1\",\"type\":\"ok\",\"command\":\"moderate.act\",\"at\":1,"
        + "\"data\":{\"dryRun\":false,\"changes\":[],\"entry\":7,\"undo\":null}}")
    expectFailure("not in the audit log")
  }

  @Test("activations that leave out some before")
  func partGap() {
    owner.send(.unitTry(.init(unit: UnitID(rawValue: "u"), text: "x")), id: "s1")
    see(
      "{\"re\":\"s1\",\"type\":\"part\",\"command\":\"unit.try\",\"at\":1,"
        + "\"data\":{\"from\":3,\"of\":9,\"tokens\":[],\"scale\":1}}")
    expectFailure("after 0")
  }
}
