import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

@Suite struct BoardPublisherTests {
  @Test("a watcher who applies every delta has the top exactly", arguments: 0..<60)
  func deltas(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let window = 1 + dice.next(below: 12)
    let players = 1 + dice.next(below: 30)
    var board = Board()
    var publisher = BoardPublisher(windowCount: window)
    var seen: [BoardEntry] = []
    var version: UInt64 = 0
    for _ in 0..<80 {
      for _ in 0..<dice.next(below: 8) {
        let number = dice.next(below: players)
        if dice.next(below: 5) == 0 {
          board.remove(PlayerID(rawValue: "p\(number)"))
        } else {
          board.put(
            sampleEntry(
              number, points: dice.next(below: 9), finished: Int64(dice.next(below: 9))))
        }
      }
      guard let publication = publisher.publish(board) else { continue }
      #expect(publication.delta.from == version && publication.delta.to == version + 1)
      version = publication.delta.to
      seen = try #require(publication.delta.applied(to: seen))
      #expect(seen == board.top(window))
      #expect(publication.snapshot.top == seen && publication.snapshot.version == version)
      #expect(publication.snapshot.count == board.count)
      #expect(try roundTripped(publication) == publication)
    }
  }

  @Test("nothing new is no version; the first call always is one")
  func unchanged() {
    var board = Board()
    var publisher = BoardPublisher(windowCount: 3)
    #expect(publisher.publish(board)?.snapshot.version == 1)
    #expect(publisher.publish(board) == nil)
    for number in 0..<3 { board.put(sampleEntry(number, points: 5)) }
    #expect(publisher.publish(board)?.delta.operations.count == 3)
    board.put(sampleEntry(9, points: 1))
    let below = publisher.publish(board)
    #expect(below?.delta.operations == [], "below the top only the count has changed")
    #expect(below?.delta.count == 4)
  }

  @Test("one who rises or falls through the whole top is one move")
  func oneMove() {
    var board = Board()
    var publisher = BoardPublisher()
    for number in 0..<100 { board.put(sampleEntry(number, points: 200 - number)) }
    _ = publisher.publish(board)
    board.put(sampleEntry(99, points: 999))
    #expect(
      publisher.publish(board)?.delta.operations == [
        .move(from: 99, to: 0, entry: sampleEntry(99, points: 999))
      ])
    board.put(sampleEntry(99, points: 0))
    #expect(
      publisher.publish(board)?.delta.operations == [
        .move(from: 0, to: 99, entry: sampleEntry(99, points: 0))
      ])
  }

  @Test("a delta that doesn't fit a list is noticed")
  func misfit() {
    let delta = BoardDelta(from: 1, to: 2, count: 1, operations: [.remove(position: 3)])
    #expect(delta.applied(to: []) == nil)
    for operation in [
      BoardOperation.change(position: 1, entry: sampleEntry(1, points: 1)),
      .insert(position: 2, entry: sampleEntry(1, points: 1)),
      .move(from: 0, to: 1, entry: sampleEntry(1, points: 1)),
    ] {
      let delta = BoardDelta(from: 1, to: 2, count: 1, operations: [operation])
      #expect(delta.applied(to: [sampleEntry(0, points: 0)]) == nil)
    }
  }

  /// A committed delta: the top before, the top after, and the steps between them.
  struct Vector: Codable, Equatable {
    var name: String
    var before: [BoardEntry]
    var after: [BoardEntry]
    var operations: [BoardOperation]
  }

  @Test("the committed deltas are what the rules make, and lead from before to after")
  func vectors() throws {
    let url = vectorsFolder("board").appending(path: "deltas.json")
    let made = Self.pairs().map { name, before, after in
      Vector(
        name: name, before: before, after: after,
        operations: BoardDelta.operations(from: before, to: after))
    }
    if ProcessInfo.processInfo.environment["NEURONARENA_RECORD"] == "1" {
      try (try encoded(made, pretty: true) + Data("\n".utf8)).write(to: url)
    }
    let vectors = try decoded([Vector].self, from: try Data(contentsOf: url))
    #expect(vectors == made)
    for vector in vectors {
      let delta = BoardDelta(from: 0, to: 1, count: 0, operations: vector.operations)
      #expect(delta.applied(to: vector.before) == vector.after)
    }
  }

  private static func pairs() -> [(String, [BoardEntry], [BoardEntry])] {
    func list(_ numbers: [Int], points: [Int: Int] = [:]) -> [BoardEntry] {
      numbers.map { sampleEntry($0, points: points[$0] ?? 100 - $0) }
    }
    return [
      ("from nothing", [], list([1, 2, 3])),
      ("to nothing", list([1, 2]), []),
      ("a point more, same place", list([1, 2, 3]), list([1, 2, 3], points: [2: 98])),
      ("to the top", list([1, 2, 3, 4]), list([4, 1, 2, 3], points: [4: 120])),
      ("to the bottom", list([1, 2, 3, 4]), list([2, 3, 4, 1], points: [1: 1])),
      ("two cross over", list([8, 9, 1, 2, 3]), list([1, 8, 2, 9, 3])),
      ("turned round", list([1, 2, 3, 4]), list([4, 3, 2, 1])),
      ("one leaves, one comes, one moves", list([1, 2, 3, 4]), list([5, 4, 1, 3])),
    ]
  }
}
