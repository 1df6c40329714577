import ArenaTypes
import ArgumentParser
import SQLiteStorage
import Testing

@testable import neuronarena

/// `bench duels --concurrent` in small: a whole server with its database, and players over real sockets.
@Suite struct PacedDuelTests {
  @Test func `every answer of many duels at once is acknowledged and revealed`() async throws {
    let folder = try TemporaryDataFolder()
    defer { folder.remove() }
    let pace = HumanPace(hurry: 40)
    let server = try BenchDuelServer(
      store: SQLiteStore(path: "\(folder.path)/arena.sqlite", access: .server),
      campaignPath: nil, models: try ModelsFolder.parse([]), isScoring: false, pace: pace, shards: 2
    )
    let port = try await server.start()
    let before = server.figures
    // On a thread of its own, since a crowd waits for its sockets.
    let played = Task.detached { () throws -> CrowdMeasure.Result in
      let crowd = DuelCrowd(port: port, count: 24, pace: pace, perSecond: 400, seed: 3)
      while crowd.playingCount < 24 { _ = try crowd.turn() }
      crowd.measure(milliseconds: 1_500)
      while crowd.result == nil { _ = try crowd.turn() }
      return try #require(crowd.result)
    }
    let result = try await played.value
    let figures = server.figures.since(before)
    _ = await server.stop()
    #expect(result.answers.sent > 50)
    #expect(result.answers.acknowledged == result.answers.sent)
    #expect(result.answers.revealed == result.answers.sent)
    #expect(result.answers.lost == 0 && result.answers.refused.isEmpty)
    #expect(result.playingMean > 12)
    #expect(LatencyHistogram(encoded: result.latencies).quantile(0.5) > 0)
    #expect(figures.commits >= result.answers.sent, "each answer is a commit")
    #expect(figures.transactions > 0 && figures.transactions <= figures.commits)
    #expect(figures.rows >= figures.commits)
    #expect(figures.turnMilliseconds(0.99) > 0)
  }

  @Test(arguments: [
    (0b11, 1, 0b01, 0b10), (0b11, 2, 0b11, 0b11), (0b1111_0000, 2, 0b0011_0000, 0b1100_0000),
    (0b1, 1, 0b1, 0b1), (0b1010, 1, 0b0010, 0b1000), (0b1010, 9, 0b1010, 0b1010),
  ])
  func `the players get the processors that the server leaves`(
    own: UInt64, cores: Int, server: UInt64, players: UInt64
  ) {
    let masks = PacedDuels.processors(own: own, serverCores: cores)
    #expect(masks.server == server && masks.players == players)
    let all = PacedDuels.processors(own: own, serverCores: nil)
    #expect(all.server == own && all.players == own)
  }

  @Test func `what is put on a wheel comes off once, when it is due`() {
    var generator = SeededGenerator(seed: 11)
    var wheel = PaceWheel<Int64>(now: 1_000)
    var waiting: Set<Int64> = []
    // Past, near, and further away than the wheel has room for.
    let delays: [Int64] =
      [-50, 0, 1, 4, 5, 9_999, 10_240, 25_000]
      + (0..<200).map { _ in Int64(generator.next() % 30_000) }
    for delay in delays where waiting.insert(1_000 + delay).inserted {
      wheel.add(1_000 + delay, at: 1_000 + delay)
    }
    var now: Int64 = 1_000
    while now < 40_000 {
      now += Int64(generator.next() % 700)
      for due in wheel.due(at: now) {
        #expect(waiting.remove(due) != nil, "twice")
        #expect(due < now + PaceWheel<Int64>.slotMilliseconds, "early")
      }
      #expect(waiting.allSatisfy { $0 > now - 2 * PaceWheel<Int64>.slotMilliseconds }, "late")
    }
    #expect(waiting.isEmpty)
    #expect(wheel.due(at: 50_000).isEmpty)
  }

  @Test func `numbers are found behind their keys alone`() {
    func number(_ text: String) -> Int? {
      Array(text.utf8).withUnsafeBytes {
        DuelCrowd.number(behind: "\"round\":{\"number\":", in: $0)
      }
    }
    #expect(number("{\"data\":{\"round\":{\"number\":7,\"kind\"") == 7)
    #expect(number("{\"round\":{\"number\":12") == 12)
    #expect(number("{\"round\":{\"number\":") == 0)
    #expect(number("{\"round\":{\"number\":99999999999999999999}") ?? 0 >= 1_000_000)
    #expect(number("{\"number\":3}") == nil)
    #expect(number("") == nil)
  }

  @Test func `the share of turns is told by the ends of ranges`() {
    var figures = DuelServerFigures()
    #expect(figures.turnMilliseconds(0.99) == 0)
    figures.turns = [Int](repeating: 0, count: DurationHistogram.fast.bounds.count + 1)
    #expect(figures.turnMilliseconds(0.99) == 0)
    figures.turns[0] = 98
    figures.turns[3] = 1
    figures.turns[figures.turns.count - 1] = 1
    #expect(figures.turnMilliseconds(0.5) == 0.05)
    #expect(figures.turnMilliseconds(0.99) == 0.5)
    #expect(figures.turnMilliseconds(1) == 60_000)
  }
}
