public import ArenaTypes

/// An ordered set of players by points: of a contest, a campaign or a rating.
///
/// The order is total (`BoardEntry`): points downwards, then earlier finish, then earlier join, then
/// id. A million entries take less than 100 bytes each, beside names and ids of 16 bytes or more,
/// which live on the heap and are shared with whoever else holds them.
public struct Board: Sendable {
  private var index = RankIndex<BoardEntry>()
  private var table = SlotTable()
  /// Grows with every change, so that a publisher knows whether there is anything to tell.
  public private(set) var revision: UInt64 = 0

  /// A board without entries.
  public init() {}

  /// How many entries there are.
  public var count: Int { index.count }
  /// The bytes that the board itself takes, without the heap parts of long names and ids.
  public var byteCount: Int { index.byteCount + table.byteCount }

  /// Puts a player's entry into its place, instead of the one that the player had.
  ///
  /// - Complexity: O(log *n*) amortised.
  public mutating func put(_ entry: BoardEntry) {
    if let slot = slot(of: entry.player) {
      if index[slot] == entry { return }
      index.replace(slot, with: entry)
    } else {
      let slot = index.insert(entry)
      table.insert(slot, key: entry.player) { index[$0].player }
    }
    revision += 1
  }

  /// Takes a player off the board; returns the entry that stood there.
  ///
  /// - Complexity: O(log *n*) amortised.
  @discardableResult
  public mutating func remove(_ player: PlayerID) -> BoardEntry? {
    guard let entry = entry(of: player) else { return nil }
    table.remove(key: player) { index[$0].player }
    index.remove(entry)
    revision += 1
    return entry
  }

  /// All players, in no particular order.
  ///
  /// - Complexity: O(*n*).
  public var players: [PlayerID] { top(count).map(\.player) }

  /// The entry of a player.
  ///
  /// - Complexity: O(1) expected.
  public func entry(of player: PlayerID) -> BoardEntry? { slot(of: player).map { index[$0] } }

  /// The place of a player, from 1.
  ///
  /// - Complexity: O(log *n*).
  public func rank(of player: PlayerID) -> Int? {
    slot(of: player).map { index.countBefore(slot: $0) + 1 }
  }

  /// The first `count` entries.
  ///
  /// - Complexity: O(log *n* + *k*), for *k* entries.
  public func top(_ count: Int) -> [BoardEntry] { index.elements(at: 0..<max(count, 0)) }

  /// The entries at the given places, from 1; places beyond the end are left out.
  ///
  /// - Complexity: O(log *n* + *k*), for *k* entries.
  public func entries(ranks: ClosedRange<Int>) -> [PlacedEntry] {
    let first = max(ranks.lowerBound, 1)
    let last = min(ranks.upperBound, count)
    guard last >= first else { return [] }
    return index.elements(at: first - 1..<last).enumerated().map {
      PlacedEntry(rank: first + $0.offset, entry: $0.element)
    }
  }

  /// A player's entry with up to `radius` entries before and after it; empty for a stranger.
  ///
  /// - Complexity: O(log *n* + *k*), for *k* entries.
  public func neighbours(of player: PlayerID, radius: Int) -> [PlacedEntry] {
    guard let rank = rank(of: player) else { return [] }
    let radius = min(max(radius, 0), count)
    return entries(ranks: rank - radius...rank + radius)
  }

  private func slot(of player: PlayerID) -> Int32? {
    table.slot(of: player) { index[$0].player }
  }

  /// Checks the whole structure; for tests.
  ///
  /// - Complexity: O(*n* log *n*).
  func holdsInvariants() -> Bool {
    index.holdsInvariants() && table.count == index.count
      && top(count).enumerated().allSatisfy { rank(of: $0.element.player) == $0.offset + 1 }
  }
}

extension Board: Hashable {
  /// Two boards are equal if they have equal entries.
  public static func == (left: Board, right: Board) -> Bool { left.index == right.index }
  /// Hashes the entries in order.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

extension Board: Codable {
  /// Decodes from a list of entries in any order; of two for one player the later counts.
  public init(from decoder: any Decoder) throws {
    let entries = try decoder.singleValueContainer().decode([BoardEntry].self)
    self.init()
    for entry in entries { put(entry) }
  }

  /// Encodes as the list of entries in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(top(count))
  }
}
