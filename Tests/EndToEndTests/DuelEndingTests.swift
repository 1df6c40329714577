import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import Testing

@Suite("How duels begin and end over real sockets")
struct DuelEndingTests {
  @Test("A private duel by link: a friend joins by the code, the code is good once")
  func privateLink() async throws {
    try await TestServer.with { server in
      let (host, friend) = (try server.join("Host"), try server.join("Friend"))
      let invite = try host.ask(.duelInvite(.init(format: .pick))).at("invite")
      let code = try invite.text("code")
      #expect(try invite.text("path") == "/#/join/\(code)")
      #expect(try host.refusal(.duelJoin(.init(code: code))) == .ownInvite)
      #expect(try friend.refusal(.duelJoin(.init(code: "nosuch"))) == .inviteExpired)
      let duel = DuelID(rawValue: try friend.ask(.duelJoin(.init(code: code))).text("duel"))
      #expect(try host.matched() == duel)
      let snapshot = try follow(duel, host)
      #expect(try snapshot.at("private") == .bool(true))
      let third = try server.join()
      #expect(try third.refusal(.duelJoin(.init(code: code))) == .inviteExpired)
    }
  }

  private func follow(_ duel: DuelID, _ client: PlayerClient) throws -> JSONValue {
    try client.follow(.duel(duel))
    return try client.event("duel.snapshot") { $0["duel"]?["id"]?.string == duel.rawValue }
      .data.at("duel")
  }

  @Test("A bot is labelled, answers in its own time, and moves no rating")
  func botDuel() async throws {
    try await TestServer.with {
      try await TestServer { $0.duelTiming.pickMilliseconds = 1_500 }
    } _: { server in
      let ada = try server.join("Ada")
      let duel = DuelID(
        rawValue: try ada.ask(.queueAcceptBot(.init(format: .pick))).text("duel"))
      #expect(try ada.matched() == duel)
      let snapshot = try follow(duel, ada)
      #expect(try snapshot.text("players", "1", "kind") == "bot")
      #expect(try ada.refusal(.queueJoin(.init(format: .pick))) == .alreadyInDuel)
      for number in 1...5 {
        let round = try ada.round(number)
        try ada.answer(.pick(try DuelTests.right(round)), in: duel, round: number)
        let reveal = try ada.reveal(number)
        #expect(try reveal.at("answers", "0") != .null)
        try ada.ready(in: duel, round: number)
      }
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.count("winner") == 0)
      #expect(try result.at("rated") == .bool(false))
      #expect(try result.at("ratings", "0") == .null)
    }
  }

  @Test("A bot is offered to who waits, and comes only when it is accepted")
  func botOffer() async throws {
    try await TestServer.with {
      try await TestServer { $0.botOfferDelay = .milliseconds(50) }
    } _: { server in
      let ada = try server.join()
      let accept = ClientCommand.queueAcceptBot(.init())
      #expect(try ada.refusal(accept) == .notQueued)
      try ada.ask(.queueJoin(.init(format: .fire)))
      #expect(try ada.refusal(.queueJoin(.init(format: .fire))) == .alreadyQueued)
      #expect(try ada.event("queue.waiting").data.text("queue", "reason") == "alone")
      _ = try ada.event("queue.botOffered")
      let duel = DuelID(rawValue: try ada.ask(accept).text("duel"))
      #expect(try ada.matched() == duel)
    }
  }

  @Test("Leaving the queue is told to the player's other connection too")
  func leavingTheQueue() async throws {
    try await TestServer.with { server in
      let ada = try server.join()
      let tab = try server.join(as: ada, prefix: "d")
      try ada.ask(.queueJoin(.init(format: .pick)))
      _ = try tab.event("queue.waiting")
      try ada.ask(.queueLeave)
      let left = try tab.event("queue.left").data
      #expect(try left.text("reason") == "left")
      try ada.ask(.queueLeave)
      try tab.follow(.me)
      let snapshot = try tab.event("me.snapshot") { $0["queue"] == .null }
      #expect(try snapshot.data.at("activeDuel") == .null)
    }
  }

  @Test("Who resigns has lost; both may play again, in swapped seats")
  func resignAndRematch() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let duel = try ada.meet(bob, in: .pick)
      let wish = ClientCommand.duelRematch(.init(duel: duel))
      #expect(try ada.refusal(wish) == .wrongState)
      try bob.ask(.duelResign(.init(duel: duel)))
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("reason") == "resigned")
      #expect(try result.count("winner") == 0)
      #expect(try ada.ask(wish).at("waiting") == .bool(true))
      _ = try bob.event("duel.rematchOffered")
      let stranger = try server.join()
      #expect(try stranger.refusal(wish) == .notYourDuel)
      let next = try bob.ask(wish)
      let again = DuelID(rawValue: try next.text("duel"))
      #expect(try ada.matched() == again)
      _ = try bob.matched()
      #expect(try follow(again, ada).text("players", "0", "name") == "Bob")
      #expect(try ada.refusal(wish) == .rematchOver)
    }
  }

  @Test("A duel whose other player has gone can be claimed after a while, not before")
  func claim() async throws {
    try await TestServer.with {
      try await TestServer { $0.duelTiming.absenceMilliseconds = 600 }
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let claim = ClientCommand.duelClaim(.init(duel: duel))
      #expect(try ada.refusal(claim) == .notAbsentYet)
      bob.vanish()
      let gone = try ada.event("duel.presence").data
      #expect(try gone.at("connected") == .bool(false))
      var answer = try ada.answer(to: try ada.send(claim))
      #expect(answer.errorCode == .notAbsentYet)
      while answer.errorCode == .notAbsentYet {
        // The refusal says how long to wait.
        let wait = try answer.data.count("retryAfterMs")
        #expect((0...600).contains(wait))
        try await Task.sleep(for: .milliseconds(wait))
        answer = try ada.answer(to: try ada.send(claim))
      }
      #expect(answer.type == "ok")
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("reason") == "absent")
      #expect(try result.count("winner") == 0)
    }
  }

  @Test("When both stay away the duel is void, and no rating moves")
  func bothAway() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let spectator = try server.join()
      try spectator.follow(.duel(duel))
      ada.vanish()
      bob.vanish()
      let result = try spectator.event("duel.finished").data.at("result")
      #expect(try result.text("outcome") == "void")
      let back = try server.connect()
      let welcome = try back.sayHello(as: ada)
      #expect(try welcome.at("activeDuel") == .null)
      #expect(try welcome.at("player", "ratings", "pick", "rating").number == 1_500)
    }
  }

  @Test("A tie goes to sudden death, and after three ties it is a draw")
  func suddenDeathAndDraw() async throws {
    try await TestServer.with {
      try await TestServer { $0.duelTiming.pickMilliseconds = 20_000 }
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      for number in 1...8 {
        let round = try ada.round(number)
        #expect(try round.at("suddenDeath") == .bool(number > 5))
        let wrong: Wire.Side = try DuelTests.right(round) == .a ? .b : .a
        try ada.answer(.pick(wrong), in: duel, round: number)
        try bob.answer(.pick(wrong), in: duel, round: number)
        _ = try ada.reveal(number)
        try ada.ready(in: duel, round: number)
        try bob.ready(in: duel, round: number)
      }
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("outcome") == "draw")
      #expect(try result.at("rounds").array?.count == 8)
    }
  }
}
