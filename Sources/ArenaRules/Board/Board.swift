public import ArenaTypes

/// An ordered set of players by points: of a contest, a campaign or a rating.
///
/// The order is total (`BoardEntry`): points downwards, then earlier finish, then earlier join, then
/// id. A million entries take less than 100 bytes each, beside names and ids of 16 bytes or more,
/// which live on the heap and are shared with whoever else holds them.
public struct Board: Sendable {
  private var tree = RankTree<BoardEntry>()
  private var table = SlotTable()
  /// Grows with every change, so that a publisher knows whether there is anything to tell.
  public private(set) var revision: UInt64 = 0

  /// A board without entries.
  public init() {}

  /// How many entries there are.
  public var count: Int { tree.count }
  /// The bytes that the board itself takes, without the heap parts of long names and ids.
  public var byteCount: Int { tree.byteCount + table.byteCount }

  /// Puts a player's entry into its place, instead of the one that the player had.
  ///
  /// - Complexity: O(log *n*) expected.
  public mutating func put(_ entry: BoardEntry) {
    if let slot = slot(of: entry.player) {
      let old = tree[slot]
      if old == entry { return }
      take(old)
    }
    let slot = tree.insert(entry)
    table.insert(slot, key: entry.player) { tree[$0].player }
    revision += 1
  }

  /// Takes a player off the board; returns the entry that stood there.
  ///
  /// - Complexity: O(log *n*) expected.
  @discardableResult
  public mutating func remove(_ player: PlayerID) -> BoardEntry? {
    guard let entry = entry(of: player) else { return nil }
    take(entry)
    revision += 1
    return entry
  }

  private mutating func take(_ entry: BoardEntry) {
    table.remove(key: entry.player) { tree[$0].player }
    tree.remove(entry)
  }

  /// The entry of a player.
  ///
  /// - Complexity: O(1) expected.
  public func entry(of player: PlayerID) -> BoardEntry? { slot(of: player).map { tree[$0] } }

  /// The place of a player, from 1.
  ///
  /// - Complexity: O(log *n*) expected.
  public func rank(of player: PlayerID) -> Int? {
    entry(of: player).map { tree.countBefore($0) + 1 }
  }

  /// The first `count` entries.
  ///
  /// - Complexity: O(log *n* + *k*) expected, for *k* entries.
  public func top(_ count: Int) -> [BoardEntry] { tree.elements(at: 0..<max(count, 0)) }

  /// The entries at the given places, from 1; places beyond the end are left out.
  ///
  /// - Complexity: O(log *n* + *k*) expected, for *k* entries.
  public func entries(ranks: ClosedRange<Int>) -> [PlacedEntry] {
    let first = max(ranks.lowerBound, 1)
    guard ranks.upperBound >= first else { return [] }
    return tree.elements(at: first - 1..<ranks.upperBound).enumerated().map {
      PlacedEntry(rank: first + $0.offset, entry: $0.element)
    }
  }

  /// A player's entry with up to `radius` entries before and after it; empty for a stranger.
  ///
  /// - Complexity: O(log *n* + *k*) expected, for *k* entries.
  public func neighbours(of player: PlayerID, radius: Int) -> [PlacedEntry] {
    guard let rank = rank(of: player) else { return [] }
    return entries(ranks: rank - max(radius, 0)...rank + max(radius, 0))
  }

  private func slot(of player: PlayerID) -> Int32? {
    table.slot(of: player) { tree[$0].player }
  }

  /// Checks the whole structure; for tests.
  ///
  /// - Complexity: O(*n* log *n*).
  func holdsInvariants() -> Bool {
    tree.holdsInvariants() && table.count == tree.count
      && top(count).enumerated().allSatisfy { rank(of: $0.element.player) == $0.offset + 1 }
  }
}

extension Board: Hashable {
  /// Two boards are equal if they have equal entries.
  public static func == (left: Board, right: Board) -> Bool { left.tree == right.tree }
  /// Hashes the entries in order.
  public func hash(into hasher: inout Hasher) { hasher.combine(tree) }
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
