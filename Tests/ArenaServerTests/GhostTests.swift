import ArenaProtocol
import ArenaRules
import ArenaTestSupport
import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("Ghosts: recorded duels as opponents")
struct GhostTests {
  /// Plays a pick duel of two people to its end, both at known moments, and returns what was asked.
  @discardableResult
  static func play(
    _ server: SimulatedServer, _ ada: PlayerClient, _ bob: PlayerClient, _ duel: DuelID
  ) throws -> [String] {
    server.advance(by: .seconds(3))
    var units: [String] = []
    for number in 1...5 {
      units.append(try ada.round(number).text("unit", "id"))
      server.advance(by: .milliseconds(1_500 + 500 * Int64(number)))
      try ada.answer(.pick(number.isMultiple(of: 2) ? .a : .b), in: duel, round: number)
      server.advance(by: .seconds(1))
      try bob.answer(.pick(.a), in: duel, round: number)
      _ = try ada.reveal(number)
      server.advance(by: .seconds(8))
    }
    server.advance(by: .seconds(200))
    return units
  }

  @Test("A recording plays when and what the person played, under no name, and moves no rating")
  func ghost() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join("Ada Real"), try server.join("Bob Real"))
    let source = try ada.meet(bob, in: .pick)
    let units = try Self.play(server, ada, bob, source)

    let cleo = try server.join("Cleo")
    #expect(try cleo.refusal(.queueAcceptGhost) == .noGhostOffered)
    try cleo.ask(.queueJoin(.init(format: .pick)))
    server.advance(by: .milliseconds(7_999))
    #expect(!cleo.received.contains { $0.contains("ghostOffered") })
    #expect(try cleo.refusal(.queueAcceptGhost) == .noGhostOffered)
    server.advance(by: .milliseconds(1))
    let offered = try cleo.event("queue.ghostOffered").data
    #expect(try offered.text("ghost", "name").hasPrefix("Ghost of "))
    #expect(try offered.count("ghost", "rating").isMultiple(of: 25))
    // The offer is never forced: whoever waits on waits on, and finds it again on coming back.
    let tab = try server.join(as: cleo, prefix: "t")
    let told = try tab.event("me.snapshot").data
    #expect(try told.at("queue", "ghost") == offered.at("ghost"))

    try cleo.ask(.queueAcceptGhost)
    let matched = try cleo.event("duel.matched").data
    #expect(try matched.text("opponent", "kind") == "bot")
    #expect(try matched.at("opponent", "ghost") == .bool(true))
    let duel = DuelID(rawValue: try matched.text("duel"))
    try cleo.follow(.duel(duel))
    let replay = ClientCommand.duelReplay(.init(duel: source, from: 0))
    server.advance(by: .seconds(3))
    for number in 1...5 {
      let round = try cleo.round(number)
      #expect(try round.text("unit", "id") == units[number - 1])
      #expect(try cleo.refusal(replay) == .sealed, "it would tell the answers")
      let locked = try cleo.answerTime(of: 1, in: number, server)
      let delays = [Int64(1_500 + 500 * number), Int64(2_500 + 500 * number)]
      let started = Timestamp(millisecondsSinceEpoch: Int64(try round.count("startedAt")))
      #expect(delays.contains((locked - started).wholeMilliseconds))
      try cleo.answer(.pick(.b), in: duel, round: number)
      let reveal = try cleo.reveal(number)
      let side = try reveal.text("answers", "1", "side")
      #expect(side == "a" || !number.isMultiple(of: 2))
      server.advance(by: .seconds(8))
    }
    let result = try cleo.event("duel.finished").data.at("result")
    #expect(try result.at("rated") == .bool(false))
    #expect(try result.at("ratings", "0") == .null)
    #expect(!cleo.received.contains { $0.contains("rating.changed") })
    #expect(!cleo.received.contains { $0.contains("Ada Real") && $0.contains("\"players\":[{") })
    #expect(try cleo.refusal(.duelRematch(.init(duel: duel))) == .rematchOver)
    #expect(try cleo.ask(replay).count("count") > 20)

    // What was seen within 30 days is not asked again, and nobody meets a recording of the own duel.
    for player in [cleo, ada] {
      try player.ask(.queueJoin(.init(format: .pick)))
      server.advance(by: .seconds(9))
      _ = try player.event("queue.botOffered")
      try player.ask(.queueLeave)
      #expect(!player.hasUnread("queue.ghostOffered"))
    }
  }

  @Test("What a moderator hides of a person is hidden where a ghost repeats it, too")
  func hidden() async throws {
    let moderated = try await ModeratedServer()
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let source = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(4))
    for number in 1...3 {
      _ = try ada.round(number)
      for (player, name) in [(ada, "Ada"), (bob, "Bob")] {
        try player.answer(.write("\(name) says \(number)"), in: source, round: number)
      }
      _ = try ada.reveal(number)
      server.advance(by: .seconds(20))
    }
    server.advance(by: .seconds(200))

    let cleo = try server.join("Cleo")
    try cleo.ask(.queueJoin(.init(format: .write)))
    server.advance(by: .seconds(9))
    _ = try cleo.event("queue.ghostOffered")
    for seat in 0...1 { try moderated.act(.hide, "duel/\(source)/0/\(seat)/0") }
    try cleo.ask(.queueAcceptGhost)
    let duel = DuelID(rawValue: try cleo.event("duel.matched").data.text("duel"))
    try cleo.follow(.duel(duel))
    server.advance(by: .seconds(4))
    for number in 1...2 {
      _ = try cleo.round(number)
      server.advance(by: .seconds(1))
      try cleo.answer(.write("Cleo says \(number)"), in: duel, round: number)
      server.advance(by: .seconds(30))
      let reveal = try cleo.reveal(number)
      #expect(try reveal.at("hidden", "1") == .bool(number == 1))
      server.advance(by: .seconds(20))
    }
    #expect(!cleo.received.contains { $0.contains("says 1") && !$0.contains("Cleo says 1") })
    for seat in 0...1 { try moderated.act(.hide, "duel/\(source)/1/\(seat)/0") }
    let changed = try cleo.event("duel.textChanged").data
    #expect(try changed.count("round") == 2 && changed.count("seat") == 1)
    #expect(try changed.at("hidden") == .bool(true))
    #expect(!cleo.hasUnread("duel.textChanged"))

    let dan = try server.join("Dan")
    try dan.ask(.queueJoin(.init(format: .write)))
    server.advance(by: .seconds(9))
    _ = try dan.event("queue.botOffered")
    #expect(!dan.hasUnread("queue.ghostOffered"))
  }

  @Test("A repeated text is told from others by its words, whatever its number is now")
  func originals() throws {
    let answers: [(Int, ArenaRules.Answer)] = [
      (0, .fire(text: "a")), (0, .fire(text: "b")), (0, .fire(text: "a")), (0, .done),
      (1, .write(text: try ExplanationText("a"))), (2, .pick(side: .a)),
    ]
    let source = DuelID(rawValue: "d")
    let recording = GhostRecording(
      source: source, seat: 1, name: "Ghost", rating: 1_500,
      steps: answers.map { .init(round: $0, delayMilliseconds: 1, answer: $1) })
    func numbers(_ text: String, _ round: Int) -> [TextReference] {
      recording.originals(of: text, round: round)
    }
    func reference(_ round: Int, _ attempt: Int) -> TextReference {
      .duel(id: source, round: round, seat: 1, attempt: attempt)
    }
    #expect(numbers("a", 0) == [reference(0, 0), reference(0, 2)])
    #expect(numbers("b", 0) == [reference(0, 1)])
    #expect(numbers("a", 1) == [reference(1, 0)])
    #expect(numbers("a", 2).isEmpty && numbers("c", 0).isEmpty)
  }

  @Test("Duels with friends, with bots, given up, and of ratings far away are no ghosts")
  func notRecorded() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join(), try server.join())
    let code = try ada.ask(.duelInvite(.init(format: .pick))).text("invite", "code")
    let friends = DuelID(rawValue: try bob.ask(.duelJoin(.init(code: code))).text("duel"))
    for player in [ada, bob] {
      _ = try player.matched()
      try player.follow(.duel(friends))
    }
    try Self.play(server, ada, bob, friends)
    let (dan, eve) = (try server.join(), try server.join())
    let given = try dan.meet(eve, in: .pick)
    try dan.ask(.duelResign(.init(duel: given)))
    try ada.ask(.queueAcceptBot(.init(format: .pick)))
    _ = try ada.matched()
    server.advance(by: .seconds(600))
    let cleo = try server.join()
    try cleo.ask(.queueJoin(.init(format: .pick)))
    server.advance(by: .seconds(9))
    _ = try cleo.event("queue.botOffered")
    #expect(!cleo.hasUnread("queue.ghostOffered"))
  }
}

extension PlayerClient {
  /// Turns the clock until a seat has locked in, and returns when that was.
  fileprivate func answerTime(
    of seat: Int, in round: Int, _ server: SimulatedServer
  ) throws -> Timestamp {
    server.advance(by: .seconds(6))
    return try event("duel.lockedIn") {
      $0["round"]?.integer == Int64(round) && $0["seat"]?.integer == Int64(seat)
    }.at
  }
}
