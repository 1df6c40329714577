import ArenaRules
import ArenaStorage
import ArenaTypes
import Testing

@testable import ArenaSimulation

@Suite("The simulated disk")
struct SimulatedDiskTests {
  private let clock = ManualScheduler(now: World.start)

  private func disk(_ seed: UInt64) -> SimulatedDisk {
    SimulatedDisk(clock: clock, chance: SeededGenerator(seed: seed))
  }

  private func act(_ id: String) -> StoreWrite {
    .audit(
      AuditRecord(id: id, at: World.start, who: "m", what: "end duel", subject: "d", why: "test"))
  }

  private func ids(on disk: SimulatedDisk) throws -> [String] {
    try disk.state.reader().audit(before: nil, limit: 1_000).map(\.record.id).reversed()
  }

  @Test("A crash loses nothing that was acknowledged, and keeps the order", arguments: 1...40)
  func crash(seed: UInt64) throws {
    let disk = disk(seed)
    let mount = disk.mounted()
    let acknowledged = Locked<[String]>([])
    for number in 0..<50 {
      mount.commit([act("a\(number)")]) { result in
        if case .success = result { acknowledged.withLock { $0.append("a\(number)") } }
      }
      if number % 7 == 0 { clock.runNext() }
    }
    for _ in 0..<Int(seed) { clock.runNext() }
    let told = acknowledged.withLock { $0 }
    let lost = disk.crash()
    let kept = try ids(on: disk)
    #expect(kept == (0..<kept.count).map { "a\($0)" }, "what is kept is a beginning")
    #expect(told == Array(kept.prefix(told.count)))
    #expect(kept.count + lost == 50)
    while clock.runNext() {}
    #expect(acknowledged.withLock { $0 } == told, "a dead server hears of nothing")
  }

  @Test("What a dead server asks for is dropped, and the next one reads what is there")
  func mounts() throws {
    let disk = disk(3)
    let dead = disk.mounted()
    _ = disk.crash()
    let alive = disk.mounted()
    let calls = Locked(0)
    dead.commit([act("dead")]) { _ in calls.withLock { $0 += 1 } }
    alive.commit([act("alive")]) { _ in calls.withLock { $0 += 1 } }
    while clock.runNext() {}
    #expect(try ids(on: disk) == ["alive"])
    #expect(calls.withLock { $0 } == 1)
  }

  @Test("An ill disk tells failures in order, and what failed may be there", arguments: 1...30)
  func ill(seed: UInt64) throws {
    let disk = disk(seed)
    disk.health.failures = 0.5
    let mount = disk.mounted()
    let ends = Locked<[(number: Int, isDone: Bool)]>([])
    for number in 0..<30 {
      mount.commit([act("a\(number)")]) { result in
        ends.withLock { $0.append((number, (try? result.get()) != nil)) }
      }
      clock.runNext()
    }
    while clock.runNext() {}
    let told = ends.withLock { $0 }
    #expect(told.map(\.number) == Array(0..<30))
    let kept = Set(try ids(on: disk))
    for end in told where end.isDone { #expect(kept.contains("a\(end.number)")) }
    #expect(disk.commitsFailed == told.count { !$0.isDone })
  }

  @Test("A batch that is refused leaves nothing of it, whatever came before in it")
  func atomic() throws {
    var state = InMemoryState()
    let key = RoomKey(kind: .duel, id: "d")
    let room = RoomRecord(key: key, openedAt: World.start, setup: [1])
    let player = PlayerRecord(
      id: PlayerID(rawValue: "p"), name: "P", secretHash: [1], createdAt: World.start,
      lastSeenAt: World.start)
    try state.apply([.openRoom(room), .putPlayer(player)])
    var renamed = player
    renamed.name = "Q"
    renamed.secretHash = [2]
    let rating = RatingRecord(
      player: player.id, format: "pick", rating: 1, deviation: 2, volatility: 3,
      updatedAt: World.start)
    let entry = JournalEntry(room: key, sequence: 0, at: World.start, payload: [])
    let gap = JournalEntry(room: key, sequence: 7, at: World.start, payload: [])
    #expect(throws: StorageError.self) {
      try state.apply([
        .appendJournal(entry), .putPlayer(renamed), .putRating(rating), act("x"),
        .closeRoom(key, at: World.start), .appendJournal(gap),
      ])
    }
    let reader = state.reader()
    #expect(try reader.journal(of: key, from: 0).isEmpty)
    #expect(try reader.room(key)?.closedAt == nil)
    #expect(try reader.player(player.id) == player)
    #expect(try reader.player(secretHash: [1]) == player)
    #expect(try reader.player(secretHash: [2]) == nil)
    #expect(try reader.ratings(of: player.id).isEmpty)
    #expect(try reader.audit(before: nil, limit: 5).isEmpty)
    try state.apply([.appendJournal(entry), act("x")])
    #expect(try state.reader().audit(before: nil, limit: 5).map(\.number) == [1])
  }
}
