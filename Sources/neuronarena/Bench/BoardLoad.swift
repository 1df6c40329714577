import ArenaRules
import ArenaTypes

/// A filled board, and what is done to it while a clock runs.
struct BoardLoad {
  private(set) var board = Board()
  private let players: [PlayerID]
  private var generator = SeededGenerator(seed: 7)
  private var now: Int64 = 1_800_000_000_000

  /// Points are drawn from 0 to 99,999, so that the order also rests on its later keys.
  static let pointsMax = 99_999

  /// A board with so many entries, their ids as long as a server's.
  init(entryCount: Int) {
    players = (0..<entryCount).map { number in
      let digits = String(number)
      return PlayerID(
        rawValue: "p_" + String(repeating: "0", count: max(0, 16 - digits.count)) + digits)
    }
    for player in players { board.put(entry(of: player)) }
  }

  private mutating func entry(of player: PlayerID) -> BoardEntry {
    now += 1
    return BoardEntry(
      player: player, name: "Guest", points: Int.random(in: 0...Self.pointsMax, using: &generator),
      finishedAt: Timestamp(millisecondsSinceEpoch: now),
      joinedAt: Timestamp(millisecondsSinceEpoch: 1_800_000_000_000))
  }

  private mutating func randomPlayers(_ count: Int) -> [PlayerID] {
    (0..<count).map { _ in players[Int.random(in: players.indices, using: &generator)] }
  }

  /// What is to be put, made before the clock runs.
  private mutating func randomEntries(_ count: Int) -> [BoardEntry] {
    randomPlayers(count).map { entry(of: $0) }
  }

  private static func perCPUSecond(_ count: Int, _ body: () -> Void) -> Double {
    let before = ProcessFigures.cpuSeconds()
    body()
    return Double(count) / max(1e-9, ProcessFigures.cpuSeconds() - before)
  }

  /// Puts random players to random new places.
  mutating func updatesPerCPUSecond(_ count: Int) -> Double {
    let entries = randomEntries(count)
    return Self.perCPUSecond(count) { for entry in entries { board.put(entry) } }
  }

  /// The same for a dictionary, which knows each player's entry and no order.
  mutating func dictionaryUpdatesPerCPUSecond(_ count: Int) -> Double {
    var plain = Dictionary(
      uniqueKeysWithValues: board.top(board.count).map { ($0.player, $0) })
    let entries = randomEntries(count)
    let speed = Self.perCPUSecond(count) { for entry in entries { plain[entry.player] = entry } }
    precondition(plain.count == board.count)
    return speed
  }

  /// The same for a sorted array that holds the same entries.
  mutating func updatesPerCPUSecond(_ count: Int, of naive: inout SortedArrayBoard) -> Double {
    let entries = randomEntries(count)
    return Self.perCPUSecond(count) { for entry in entries { naive.put(entry) } }
  }

  /// Asks for the places of random players.
  mutating func ranksPerCPUSecond(_ count: Int) -> Double {
    let asked = randomPlayers(count)
    var sum = 0
    let speed = Self.perCPUSecond(count) {
      for player in asked { sum &+= board.rank(of: player) ?? 0 }
    }
    // Every rank is at least 1; the sum also keeps the loop from being optimised away.
    precondition(sum >= count)
    return speed
  }

  /// Asks for five entries to either side of random players.
  mutating func neighboursPerCPUSecond(_ count: Int) -> Double {
    let asked = randomPlayers(count)
    var sum = 0
    let speed = Self.perCPUSecond(count) {
      for player in asked { sum &+= board.neighbours(of: player, radius: 5).count }
    }
    precondition(sum >= count)
    return speed
  }

  /// Publishes a version after each of `count` changes within the top; the changes aren't counted.
  mutating func microsecondsPerPublish(count: Int) -> Double {
    var publisher = BoardPublisher()
    _ = publisher.publish(board)
    var seconds = 0.0
    for _ in 0..<count {
      let top = board.top(publisher.windowCount)
      guard var entry = top.randomElement(using: &generator) else { return 0 }
      entry.points += Int.random(in: 1...20, using: &generator)
      board.put(entry)
      let before = ProcessFigures.cpuSeconds()
      let publication = publisher.publish(board)
      seconds += ProcessFigures.cpuSeconds() - before
      precondition(publication != nil)
    }
    return seconds * 1e6 / Double(max(1, count))
  }
}

/// The board that one would write first: an array in order, searched by halves.
struct SortedArrayBoard {
  private var sorted: [BoardEntry]
  private var entries: [PlayerID: BoardEntry]

  /// A board of entries that are in order.
  init(_ sorted: [BoardEntry]) {
    self.sorted = sorted
    entries = Dictionary(uniqueKeysWithValues: sorted.map { ($0.player, $0) })
  }

  /// Puts a player's entry into its place.
  ///
  /// - Complexity: O(*n*): half the array moves, twice.
  mutating func put(_ entry: BoardEntry) {
    if let old = entries[entry.player] { sorted.remove(at: position(of: old)) }
    sorted.insert(entry, at: position(of: entry))
    entries[entry.player] = entry
  }

  /// How many entries stand before one.
  private func position(of entry: BoardEntry) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if Self.precedes(sorted[middle], entry) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func precedes(_ left: BoardEntry, _ right: BoardEntry) -> Bool {
    if left.points != right.points { return left.points > right.points }
    if left.finishedAt != right.finishedAt { return left.finishedAt < right.finishedAt }
    if left.joinedAt != right.joinedAt { return left.joinedAt < right.joinedAt }
    return left.player < right.player
  }
}
