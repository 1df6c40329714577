import ArenaProtocol
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Testing

@Suite("What a room does when it can't be told what is on disk")
struct UnclearCommitTests {
  private let inputOutput = StorageError.inputOutput(doing: "writing", reason: "test")

  private func openDuels(_ store: any DurableStore) async throws -> [RoomKey] {
    try await store.read { reader throws(StorageError) in
      try reader.openRooms(of: .duel).map(\.key)
    }
  }

  @Test("A duel whose opening failed and is on disk all the same is played")
  func openingWritten() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let server = try await SimulatedServer(store: disk)
    let (ada, bob) = (try server.join(), try server.join())
    try ada.ask(.queueJoin(.init(format: .pick)))
    disk.failCommits(with: inputOutput, leaving: .written)
    try bob.ask(.queueJoin(.init(format: .pick)))
    let duel = try ada.matched()
    #expect(try bob.matched() == duel)
    disk.heal()
    #expect(try await openDuels(disk) == [.duel(duel)])
    // Whoever starts from this disk finds both in that duel and in no other.
    let next = try await SimulatedServer(store: disk)
    let back = try next.connect(prefix: "d")
    #expect(try back.sayHello(as: ada).text("activeDuel") == duel.rawValue)
  }

  @Test("Players of an opening that failed stay seated until the disk says what it has")
  func openingUnknown() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let server = try await SimulatedServer(store: disk)
    let (ada, bob) = (try server.join(), try server.join())
    try ada.ask(.queueJoin(.init(format: .pick)))
    disk.failCommits(with: inputOutput)
    disk.failReads(with: inputOutput)
    try bob.ask(.queueJoin(.init(format: .pick)))
    server.settle()
    #expect(try ada.refusal(.queueAcceptBot(.init(format: .pick))) == .alreadyInDuel)
    disk.heal()
    // After a second it is asked again: there is none, so both are free and are matched anew.
    server.advance(by: .seconds(3))
    let duel = try ada.matched()
    #expect(try await openDuels(disk) == [.duel(duel)])
  }

  @Test("A race whose opening failed and is on disk all the same is open")
  func raceWritten() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    disk.failCommits(with: inputOutput, leaving: .written)
    let server = try await SimulatedServer(store: disk)
    disk.heal()
    server.advance(by: .seconds(3))
    let ada = try server.join("Ada")
    let contest = ContestID(
      rawValue: try ada.ask(.contestList).text("contests", "0", "id"))
    #expect(try ada.ask(.contestStart(.init(contest: contest))).at("run", "over") == .bool(false))
  }

  @Test("A repeated answer is not acknowledged before the first one is on disk")
  func repeatedTooEarly() async throws {
    let disk = HeldStore()
    let server = try await SimulatedServer(store: disk) { $0.answersKeptPerPlayer = 1 }
    let (ada, bob) = (try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(4))
    ada.forgetUnread()
    disk.holdCommits()
    let answer = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))
    try ada.send(answer, id: "x1")
    // Another command makes the server forget that it has the first one under way.
    try ada.send(.rename(.init(name: "Ada")), id: "x2")
    try ada.send(answer, id: "x1")
    server.settle()
    let pipe = try #require(ada.pipe as? SimulatedPipe)
    #expect(!pipe.takeArrived().contains { $0.contains("\"re\":\"x1\"") })
    disk.release()
    #expect(try ada.answer(to: "x1").type == "ok")
  }

  @Test("A room reads its state again only when nothing of its own is on its way to the disk")
  func reloadWaits() async throws {
    let disk = HeldStore()
    let server = try await SimulatedServer(store: disk)
    let (ada, bob) = (try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(4))
    disk.holdCommits()
    for player in [ada, bob] {
      try player.send(
        .duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a))), id: "x-\(player.player)")
    }
    server.settle()
    #expect(disk.heldCommitCount == 2)
    let readsBefore = disk.readCount
    disk.endNextCommit(.failed(isWritten: true))
    server.settle()
    #expect(disk.readCount == readsBefore, "the second answer may still come to the disk")
    #expect(
      try ada.refusal(.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.b))), id: "x-late")
        == .unavailable)
    disk.endNextCommit(.done)
    disk.release()
    server.settle()
    #expect(disk.readCount == readsBefore + 2, "the room's state, and what has been answered")
    // Both answers are there, and the round is over.
    _ = try ada.reveal(1)
    let answers = try await disk.read { reader throws(StorageError) in
      try reader.answers(after: 0, limit: 10).count
    }
    #expect(answers == 2)
  }

  @Test("A refusal that is told late lets nothing pass that was accepted before what is done")
  func refusalToldLate() async throws {
    let disk = HeldStore()
    let server = try await SimulatedServer(store: disk) { $0.answersKeptPerPlayer = 1 }
    let (ada, bob) = (try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .seconds(4))
    disk.holdCommits()
    let answer = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))
    try ada.send(answer, id: "x1")
    server.settle()
    #expect(disk.heldCommitCount == 1)
    // What repeats it waits with a commit of its own, and that one is done first.
    try ada.send(.rename(.init(name: "Ada")), id: "x2")
    try ada.send(answer, id: "x1")
    server.settle()
    while disk.heldCommitCount > 1 {
      disk.endNextCommit(.done, behind: 1)
      server.settle()
    }
    let told = try #require(ada.pipe as? SimulatedPipe).takeArrived()
    #expect(told.contains { $0.contains("player.changed") })
    #expect(!told.contains { $0.contains("\"re\":\"x1\"") || $0.contains("duel.lockedIn") })
    disk.endNextCommit(.failed(isWritten: false))
    disk.release()
    server.settle()
    #expect(try ada.answer(to: "x1").errorCode == .unavailable)
    try ada.ask(answer, id: "x1")
    let pipe = try #require(bob.pipe as? SimulatedPipe)
    #expect(pipe.takeArrived().count { $0.contains("duel.lockedIn") } == 1)
  }

  @Test("Who is read from the store while a duel of theirs ends gets the rating after it")
  func staleRating() async throws {
    let disk = HeldStore()
    let first = try await SimulatedServer(store: disk)
    let (ada, bob) = (try first.join(), try first.join())
    let duel = try ada.meet(bob, in: .pick)
    let second = try await SimulatedServer(store: disk)
    let bobAgain = try second.join(as: bob, prefix: "e")
    disk.holdReads()
    let adaAgain = try second.connect(prefix: "d")
    let hello = try adaAgain.send(
      .hello(
        .init(
          protocolName: "neuronarena.v1", client: "tests/1",
          player: .init(id: ada.player, secret: ada.secret))))
    second.settle()
    #expect(disk.heldReadCount == 1)
    try bobAgain.ask(.duelResign(.init(duel: duel)))
    second.settle()
    disk.release()
    second.settle()
    let welcome = try adaAgain.answer(to: hello).data
    #expect((try welcome.at("player", "ratings", "pick", "rating").number ?? 0) > 1_500)
    #expect(try welcome.at("activeDuel") == .null)
  }
}
