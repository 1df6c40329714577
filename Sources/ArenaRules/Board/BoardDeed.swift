public import ArenaTypes

/// Something of a player's that counts on boards for good: its part of a duel, or its line on a final
/// board.
public struct BoardDeed: Hashable, Sendable {
  /// What was done.
  public enum Content: Hashable, Sendable {
    /// A duel between people that isn't void; with the rating after it, where it moved one.
    case duel(campaign: CampaignID, format: String, points: Int, rating: Double?)
    /// A line of a final board.
    case contest(series: String, points: Int, joinedAt: Timestamp, finishedAt: Timestamp)
  }

  /// When the duel ended, or the contest opened: in whose stretch of time it counts.
  public let at: Timestamp
  /// What was done.
  public let content: Content

  /// A deed of these parts.
  public init(at: Timestamp, _ content: Content) {
    self.at = at
    self.content = content
  }

  /// The word that the names of a repeated contest's windows begin with: all before the last `-`.
  public static func series(of contest: ContestID) -> String {
    guard let dash = contest.rawValue.lastIndex(of: "-"), dash > contest.rawValue.startIndex else {
      return contest.rawValue
    }
    return String(contest.rawValue[..<dash])
  }
}

/// Who stands on boards.
public struct BoardPerson: Hashable, Sendable {
  /// Who.
  public let player: PlayerID
  /// What others see.
  public let name: String
  /// Where the player is at home.
  public let territory: Territory?
  /// Whether the identity is established, from when on.
  public let standing: Standing

  /// A person of these parts.
  public init(player: PlayerID, name: String, territory: Territory?, standing: Standing) {
    self.player = player
    self.name = name
    self.territory = territory
    self.standing = standing
  }
}

/// Where the stretches of time begin and end that boards are of, at one moment, by a zone's clocks.
public struct BoardSpans: Hashable, Sendable {
  /// The zone.
  public let zone: TimeZoneTable
  private let windows: [BoardSpan: ContestWindow]

  /// The stretches that `moment` lies in: the day from midnight, the week from Monday, the month from
  /// the first.
  public init(at moment: Timestamp, zone: TimeZoneTable) {
    self.zone = zone
    func window(_ repeats: ContestSchedule.Repeat) -> ContestWindow? {
      ContestSchedule(prefix: "x", repeats: repeats, zone: zone).window(at: moment)
    }
    windows = [
      .day: window(.daily(second: 0)), .week: window(.weekly(weekday: 1, second: 0)),
      .month: window(.monthly(day: 1, second: 0)),
    ].compactMapValues { $0 }
  }

  /// When a stretch began; nil for all time.
  public func opensAt(_ span: BoardSpan) -> Timestamp? { windows[span]?.opensAt }
  /// When the next one begins; nil for all time.
  public func closesAt(_ span: BoardSpan) -> Timestamp? { windows[span]?.closesAt }
  /// When the first of them ends.
  public var nextChange: Timestamp? { windows.values.map(\.closesAt).min() }

  /// Whether something of `moment` counts in a stretch.
  public func holds(_ moment: Timestamp, _ span: BoardSpan) -> Bool {
    guard let window = windows[span] else { return span == .all }
    return window.opensAt <= moment && moment < window.closesAt
  }
}

extension BoardSpan {
  /// Whether only established identities stand on its boards; others play beside (game.md).
  public var ranksEstablishedOnly: Bool { self == .day || self == .month }
}
