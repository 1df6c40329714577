import ArenaTypes

/// The visible part of a board at one version: its top, and how many entries there are in all.
public struct BoardSnapshot: Hashable, Sendable, Codable {
  /// The version.
  public let version: UInt64
  /// How many entries the board has.
  public let count: Int
  /// The first entries.
  public let top: [BoardEntry]
}

/// One step from a visible top to the next; positions are from 0 and count in the list as the steps
/// before have left it.
public enum BoardOperation: Hashable, Sendable, Codable {
  /// The entry at `position` is gone.
  case remove(position: Int)
  /// An entry comes to stand at `position`.
  case insert(position: Int, entry: BoardEntry)
  /// The entry at `from` is taken out and comes to stand, as `entry`, at `to` of what is left.
  case move(from: Int, to: Int, entry: BoardEntry)
  /// The entry at `position` stays there as `entry`.
  case change(position: Int, entry: BoardEntry)
}

extension BoardOperation {
  /// The same step in a list that has so many entries more before.
  fileprivate func moved(by count: Int) -> BoardOperation {
    switch self {
    case .remove(let position): .remove(position: position + count)
    case .insert(let position, let entry): .insert(position: position + count, entry: entry)
    case .move(let from, let to, let entry):
      .move(from: from + count, to: to + count, entry: entry)
    case .change(let position, let entry): .change(position: position + count, entry: entry)
    }
  }
}

/// What leads from one published version of a board's top to another.
public struct BoardDelta: Hashable, Sendable, Codable {
  /// The version that it applies to.
  public let from: UInt64
  /// The version that it leads to.
  public let to: UInt64
  /// How many entries the board now has.
  public let count: Int
  /// The steps, in order; empty where something changed below the top alone.
  public let operations: [BoardOperation]

  /// The top that the steps make of `top`; nil if they don't fit it.
  public func applied(to top: [BoardEntry]) -> [BoardEntry]? {
    var list = top
    for operation in operations {
      switch operation {
      case .remove(let position):
        guard list.indices.contains(position) else { return nil }
        list.remove(at: position)
      case .insert(let position, let entry):
        guard (0...list.count).contains(position) else { return nil }
        list.insert(entry, at: position)
      case .move(let from, let to, let entry):
        guard list.indices.contains(from), list.indices.contains(to) else { return nil }
        list.remove(at: from)
        list.insert(entry, at: to)
      case .change(let position, let entry):
        guard list.indices.contains(position) else { return nil }
        list[position] = entry
      }
    }
    return list
  }

  /// The fewest moves that lead from one top to another, entries matched by player.
  ///
  /// The entries that keep their order among themselves (a longest such set) stand still; each other
  /// one moves once, to right behind the one that it follows.
  ///
  /// - Complexity: O(*k*) for *k* entries, and O(*m*²) for the *m* from the first to the last that
  ///   differ.
  static func operations(from old: [BoardEntry], to new: [BoardEntry]) -> [BoardOperation] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let (old, new) = (old.dropFirst(start), new.dropFirst(start))
    let tail = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
    return steps(from: Array(old.dropLast(tail)), to: Array(new.dropLast(tail)))
      .map { $0.moved(by: start) }
  }

  private static func steps(from old: [BoardEntry], to new: [BoardEntry]) -> [BoardOperation] {
    let newPlayers = Set(new.map(\.player))
    var operations: [BoardOperation] = []
    var list = old
    for position in old.indices.reversed() where !newPlayers.contains(old[position].player) {
      operations.append(.remove(position: position))
      list.remove(at: position)
    }
    let fixed = standing(from: list, to: new)
    var place = 0
    for entry in new {
      let from = list.firstIndex { $0.player == entry.player }
      if let from, fixed.contains(entry.player) {
        if list[from] != entry {
          operations.append(.change(position: from, entry: entry))
          list[from] = entry
        }
        place = from + 1
      } else if let from {
        list.remove(at: from)
        // Behind its predecessor, which has shifted if it stood after the one taken out.
        let to = from < place ? place - 1 : place
        operations.append(.move(from: from, to: to, entry: entry))
        list.insert(entry, at: to)
        place = to + 1
      } else {
        operations.append(.insert(position: place, entry: entry))
        list.insert(entry, at: place)
        place += 1
      }
    }
    return operations
  }

  /// The players of a longest increasing subsequence of `list`, by position in `new` (patience
  /// sorting).
  private static func standing(from list: [BoardEntry], to new: [BoardEntry]) -> Set<PlayerID> {
    let positions = Dictionary(
      uniqueKeysWithValues: new.enumerated().map { ($0.element.player, $0.offset) })
    let targets = list.map { positions[$0.player] ?? -1 }
    var tails: [Int] = []
    var previous = [Int](repeating: -1, count: targets.count)
    for index in targets.indices where targets[index] >= 0 {
      let pile = tails.firstIndex { targets[$0] > targets[index] } ?? tails.count
      if pile > 0 { previous[index] = tails[pile - 1] }
      if pile < tails.count { tails[pile] = index } else { tails.append(index) }
    }
    var players: Set<PlayerID> = []
    var index = tails.last ?? -1
    while index >= 0 {
      players.insert(list[index].player)
      index = previous[index]
    }
    return players
  }
}
