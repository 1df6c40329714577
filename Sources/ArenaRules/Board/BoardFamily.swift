public import ArenaTypes

/// A board and, kept beside it, the same board of each territory that somebody on it is at home in.
public struct BoardFamily: Hashable, Sendable {
  /// The board of everybody.
  public private(set) var whole = Board()
  private var parts: [Territory: Board] = [:]

  /// A board of nobody.
  public init() {}

  /// All boards of what stands on `whole`.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(_ whole: Board) {
    self.whole = whole
    for entry in whole.top(whole.count) { _ = putInParts(entry) }
  }

  /// The board of a territory, or of everybody.
  public subscript(territory: Territory?) -> Board {
    guard let territory else { return whole }
    return parts[territory] ?? Board()
  }

  /// Puts an entry into its place on every board that it belongs to.
  ///
  /// - Returns: The territories whose boards have changed.
  /// - Complexity: O(log *n*) amortised.
  @discardableResult
  public mutating func put(_ entry: BoardEntry) -> [Territory] {
    let old = whole.entry(of: entry.player)
    whole.put(entry)
    var changed: [Territory] = []
    if let old, old.territory != entry.territory { changed = removeFromParts(old) }
    return changed + putInParts(entry)
  }

  /// Takes a player off all of them.
  ///
  /// - Returns: The territories whose boards have changed; nil where the player stood on none.
  @discardableResult
  public mutating func remove(_ player: PlayerID) -> [Territory]? {
    whole.remove(player).map { removeFromParts($0) }
  }

  /// The territories with a board, and how many stand on it: countries, or the regions of a country;
  /// the one with the most first, of equals by code.
  public func counts(of country: Territory?) -> [(territory: Territory, count: Int)] {
    parts.filter { territory, _ in
      country.map { territory.isRegion && territory.country == $0.country } ?? !territory.isRegion
    }
    .map { ($0.key, $0.value.count) }
    .sorted { ($1.count, $0.territory) < ($0.count, $1.territory) }
  }

  private mutating func putInParts(_ entry: BoardEntry) -> [Territory] {
    let territories = entry.territory?.andCountry ?? []
    for territory in territories { parts[territory, default: Board()].put(entry) }
    return territories
  }

  private mutating func removeFromParts(_ entry: BoardEntry) -> [Territory] {
    let territories = entry.territory?.andCountry ?? []
    for territory in territories {
      parts[territory]?.remove(entry.player)
      if parts[territory]?.count == 0 { parts[territory] = nil }
    }
    return territories
  }
}
