import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Testing

@testable import ArenaSimulation

/// Each test breaks one promise by hand in a world in which all is well: a witness that sees nothing
/// proves nothing.
@Suite("The witness notices")
struct WitnessTests {
  let world: World
  let owner = StubOwner()
  let line: Line
  /// A duel that is going on.
  let duel: DuelID

  /// A player of whom nothing arrives.
  final class StubOwner: LineOwner {
    var sent: [String: SentCommand] = [:]
    func lineOpened(_ line: Line) {}
    func lineReceived(_ line: Line, _ frame: WitnessedFrame) {}
    func lineEnded(_ line: Line, code: UInt16?) {}
    func command(_ id: String) -> SentCommand? { sent[id] }

    func send(_ command: ClientCommand, id: String, at: Timestamp = World.start) {
      sent[id] = SentCommand(
        id: id, number: 0, command: command, text: "", firstSentAt: at, lastSentAt: at,
        waitsSince: at)
    }
  }

  init() throws {
    var settings = SimulationSettings(seed: 2, duration: .seconds(100))
    settings.playerCount = 16
    settings.hazards = .none
    world = try World(settings)
    world.play()
    line = Line(
      world: world, owner: owner, latency: 1...1, chance: SeededGenerator(seed: 1))
    line.player = PlayerID(rawValue: "p_stranger")
    duel = try #require(world.witness.durable.openDuels.values.min())
    try #require(world.failure == nil)
  }

  func expectFailure(_ part: String) {
    #expect(world.failure?.contains(part) == true, "\(world.failure ?? "nothing")")
    world.end()
  }

  func see(_ text: String) { _ = world.witness.saw(text, on: line) }

  func event(
    _ type: String, _ topic: String, offset: Int = 1, _ data: String = "{}"
  ) -> String {
    "{\"type\":\"\(type)\",\"topic\":\"\(topic)\",\"epoch\":\"e\",\"offset\":\(offset),"
      + "\"at\":1,\"data\":\(data)}"
  }

  func follow(_ topic: Topic, at offset: Int = 0) {
    line.topics.lossless[topic] = LineTopics.Lossless(
      epoch: "e", offset: offset, awaitsSnapshot: false)
  }

  @Test("a held-out excerpt that is sent")
  func heldOut() {
    see(event("notice", "me", offset: 1, "{\"text\":\"x\(MarkedCampaign.heldOutMark)\"}"))
    expectFailure("a held-out excerpt left")
  }

  @Test("a text that somebody else has written, before its reveal")
  func earlyText() {
    world.witness.marks["987654"] = MarkedAnswer(
      player: PlayerID(rawValue: "p_author"), duel: duel, round: 90)
    see(event("lobby.snapshot", "lobby", offset: 1, "{\"text\":\"storm ZQ987654QZ\"}"))
    expectFailure("is sent what p_author wrote")
  }

  @Test("an answer that is acknowledged and not on disk")
  func lostAnswer() {
    owner.send(.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a))), id: "s1")
    see("{\"re\":\"s1\",\"type\":\"ok\",\"command\":\"duel.answer\",\"at\":1,\"data\":{}}")
    expectFailure("on disk is nothing")
  }

  @Test("a gap in a topic")
  func gap() {
    follow(.duel(duel), at: 3)
    see(event("duel.spectators", "duel/\(duel)", offset: 5, "{\"count\":1}"))
    expectFailure("5 after")
  }

  @Test("an event that is sent twice")
  func twice() {
    follow(.duel(duel), at: 3)
    see(event("duel.spectators", "duel/\(duel)", offset: 3, "{\"count\":1}"))
    expectFailure("3 after")
  }

  @Test("two things under one offset")
  func twoThings() {
    follow(.duel(duel), at: 3)
    see(event("duel.spectators", "duel/\(duel)", offset: 4, "{\"count\":1}"))
    follow(.duel(duel), at: 3)
    see(event("duel.spectators", "duel/\(duel)", offset: 4, "{\"count\":2}"))
    expectFailure("says two things")
  }

  @Test("an end that is not on disk")
  func earlyEnd() {
    follow(.duel(duel))
    see(event("duel.finished", "duel/\(duel)", "{\"result\":{}}"))
    expectFailure("has ended for somebody and not on disk")
  }

  @Test("an answer of the other that is not on disk")
  func earlyLock() {
    follow(.duel(duel))
    see(event("duel.lockedIn", "duel/\(duel)", "{\"round\":60,\"seat\":0}"))
    expectFailure("that is not on disk")
  }

  @Test("a line of a board that was never so")
  func wrongBoard() throws {
    let contest = try #require(world.witness.durable.contests.keys.min())
    let entry = "{\"player\":\"p_x\",\"name\":\"X\",\"points\":9,\"finishedAt\":1}"
    see(
      event(
        "board.snapshot", "board/\(contest)", "{\"version\":1,\"count\":1,\"entries\":[\(entry)]}"))
    expectFailure("which was never so on disk")
  }

  @Test("a board that is not what a recount gives, when all has been published")
  func staleBoard() throws {
    let contest = try #require(world.witness.durable.contests.keys.min())
    let board = BoardName(.contest(contest))
    let player = try #require(
      world.players.first { $0.line?.isFluent == true && $0.line?.topics.boards[board] == nil })
    let watching = try #require(player.line)
    watching.topics.boards[board] = LineTopics.Board(version: 1, count: 77, entries: [])
    world.run(until: world.clock.now + .seconds(1))
    let model = try #require(world.witness.durable.contests[contest])
    try #require(model.changedAt != nil)
    world.clock.advance(by: .seconds(3))
    world.witness.compareBoards(lines: [watching])
    expectFailure("a recount gives")
  }

  @Test("a rating that moves without a duel")
  func wrongRating() {
    world.witness.becameDurable([
      .putRating(
        RatingRecord(
          player: PlayerID(rawValue: "p"), format: "pick", rating: 1, deviation: 1, volatility: 1,
          updatedAt: World.start))
    ])
    expectFailure("a rating moved without")
  }

  @Test("a player who is in two duels at once")
  func twoDuels() throws {
    let room = try #require(
      try world.disk.state.reader().room(RoomKey(kind: .duel, id: duel.rawValue)))
    var copy = room
    copy.key = RoomKey(kind: .duel, id: "d_copy")
    world.witness.becameDurable([.openRoom(copy)])
    expectFailure("at once")
  }

  @Test("what only moderators may see")
  func moderation() {
    see(event("moderation.snapshot", "moderation"))
    expectFailure("who has shown no token")
  }

  @Test("an act of a moderator for who is none")
  func act() {
    owner.send(.moderateEndDuel(.init(duel: duel, reason: "x")), id: "s1")
    see("{\"re\":\"s1\",\"type\":\"ok\",\"command\":\"moderate.endDuel\",\"at\":1,\"data\":{}}")
    expectFailure("was done for who has shown no token")
  }

  @Test("a second answer to a command that differs from the first")
  func otherAnswer() {
    owner.send(.queueLeave, id: "s1")
    see("{\"re\":\"s1\",\"type\":\"ok\",\"command\":\"queue.leave\",\"at\":1,\"data\":{}}")
    see("{\"re\":\"s1\",\"type\":\"error\",\"at\":2,\"data\":{\"code\":\"not_queued\"}}")
    expectFailure("and then with")
  }

  @Test("what is no frame")
  func noFrame() {
    see("{\"type\":7}")
    expectFailure("no frame")
  }
}
