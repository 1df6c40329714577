import ArenaTypes
import Testing

@testable import ArenaRules

func sampleEntry(
  _ number: Int, points: Int, finished: Int64 = 0, joined: Int64 = 0
) -> BoardEntry {
  BoardEntry(
    player: PlayerID(rawValue: "p\(number)"), name: "name \(number)", points: points,
    finishedAt: epoch + finished, joinedAt: epoch + joined)
}

@Suite struct BoardTests {
  @Test("points, then earlier finish, then earlier join, then id")
  func order() {
    let ranked = [
      sampleEntry(1, points: 9, finished: 5, joined: 5),
      sampleEntry(2, points: 8, finished: 1, joined: 9),
      sampleEntry(3, points: 8, finished: 2, joined: 1),
      sampleEntry(4, points: 8, finished: 2, joined: 2),
      sampleEntry(5, points: 8, finished: 2, joined: 2),
      sampleEntry(0, points: 7, finished: 0, joined: 0),
    ]
    for seed in 0..<20 as Range<UInt64> {
      var dice = SeededGenerator(seed: seed)
      var board = Board()
      for index in dice.permutation(of: ranked.count) { board.put(ranked[index]) }
      #expect(board.top(10) == ranked)
    }
  }

  @Test("changes in any order give what a sort gives", arguments: 0..<30)
  func againstSort(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    var board = Board()
    var model: [PlayerID: BoardEntry] = [:]
    let players = 1 + dice.next(below: 400)
    for _ in 0..<800 {
      let number = dice.next(below: players)
      let id = PlayerID(rawValue: "p\(number)")
      if dice.next(below: 6) == 0 {
        #expect(board.remove(id) == model.removeValue(forKey: id))
      } else {
        let entry = sampleEntry(
          number, points: dice.next(below: 20), finished: Int64(dice.next(below: 4)),
          joined: Int64(dice.next(below: 3)))
        board.put(entry)
        model[id] = entry
      }
    }
    let sorted = model.values.sorted { $0.precedes($1) }
    #expect(board.holdsInvariants())
    #expect(board.top(board.count) == sorted && board.count == sorted.count)
    for (index, entry) in sorted.enumerated() {
      #expect(board.rank(of: entry.player) == index + 1)
      #expect(board.entry(of: entry.player) == entry)
      let around = board.neighbours(of: entry.player, radius: 2)
      #expect(
        around.map(\.entry)
          == Array(sorted[max(index - 2, 0)...min(index + 2, sorted.count - 1)]))
      #expect(around.contains(PlacedEntry(rank: index + 1, entry: entry)))
    }
    #expect(board.rank(of: PlayerID(rawValue: "stranger")) == nil)
    #expect(board.neighbours(of: PlayerID(rawValue: "stranger"), radius: 2) == [])
  }

  @Test("an entry takes less than 100 bytes, right after growing too")
  func memory() {
    var board = Board()
    var most = 0.0
    for number in 0..<60_000 {
      board.put(sampleEntry(number, points: number % 977))
      if number > 20_000 { most = max(most, Double(board.byteCount) / Double(board.count)) }
    }
    #expect(most < 100)
  }

  @Test("the total order holds where points or times go beyond what a digest tells apart")
  func extremes() {
    let values = [Int.min, Int(Int32.min), -1, 0, 1, Int(Int32.max), Int.max]
    let moments = [Int64.min / 2, -1, 0, 1, 1_023, 1_024, 1 << 44, Int64.max / 2]
    var entries: [BoardEntry] = []
    for points in values {
      for moment in moments {
        for joined in 0..<2 as Range<Int64> {
          entries.append(
            BoardEntry(
              player: PlayerID(rawValue: "p\(entries.count)"), name: "", points: points,
              finishedAt: Timestamp(millisecondsSinceEpoch: moment),
              joinedAt: Timestamp(millisecondsSinceEpoch: joined)))
        }
      }
    }
    for left in entries {
      for right in entries where left.digest < right.digest { #expect(left.precedes(right)) }
    }
    var board = Board()
    for entry in entries.reversed() { board.put(entry) }
    #expect(board.holdsInvariants())
    #expect(board.top(entries.count) == entries.sorted { $0.precedes($1) })
    #expect(board.top(1).first?.points == Int(Int32.max), "points are held to 32 bits")
  }

  @Test("a board of 100,000 equals a sort, all tied or not", arguments: [1, 7, 100_000])
  func large(differentPoints: Int) {
    var board = Board()
    var dice = SeededGenerator(seed: 3)
    var model: [BoardEntry] = []
    for number in 0..<100_000 {
      let entry = sampleEntry(
        number, points: dice.next(below: differentPoints), finished: Int64(dice.next(below: 3_600)))
      board.put(entry)
      model.append(entry)
    }
    model.sort { $0.precedes($1) }
    #expect(board.top(100_000) == model)
    for rank in [1, 2, 50_000, 99_999, 100_000] {
      #expect(board.rank(of: model[rank - 1].player) == rank)
      #expect(
        board.entries(ranks: rank...rank) == [PlacedEntry(rank: rank, entry: model[rank - 1])])
    }
  }

  @Test("ranges beyond either end of a board of none, one or a few are cut", arguments: [0, 1, 5])
  func hostileRanges(count: Int) {
    var board = Board()
    for number in 0..<count { board.put(sampleEntry(number, points: 10 - number)) }
    for range in [
      Int.min...Int.max, 0...0, -5...0, 1...1, count...count + 1, count + 1...Int.max,
      Int.max...Int.max, Int.min...Int.min,
    ] {
      let expected = (1...max(count, 1)).filter { range.contains($0) && $0 <= count }
      #expect(board.entries(ranks: range).map(\.rank) == expected)
    }
    #expect(board.top(-1) == [] && board.top(Int.max).count == count)
    let player = PlayerID(rawValue: "p0")
    #expect(board.neighbours(of: player, radius: Int.max).count == count)
    #expect(board.neighbours(of: player, radius: -1).count == min(count, 1))
  }

  @Test("an unchanged entry is no revision")
  func revision() {
    var board = Board()
    board.put(sampleEntry(1, points: 1))
    let revision = board.revision
    board.put(sampleEntry(1, points: 1))
    board.remove(PlayerID(rawValue: "stranger"))
    #expect(board.revision == revision)
    board.put(sampleEntry(1, points: 2))
    #expect(board.revision > revision)
  }

  @Test("a board comes back from JSON as it was")
  func coding() throws {
    var board = Board()
    for number in 0..<50 { board.put(sampleEntry(number, points: number % 7)) }
    #expect(try roundTripped(board) == board)
  }
}
