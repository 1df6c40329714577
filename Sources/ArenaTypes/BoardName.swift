/// A stretch of time that a board is of.
public enum BoardSpan: String, Hashable, Sendable, Codable, CaseIterable {
  /// The day, from midnight by the clocks of the server's zone.
  case day
  /// The week, from Monday.
  case week
  /// The month, from the first.
  case month
  /// All that ever counted.
  case all
}

/// Names a board: what it is of, of which stretch of time, and of which territory.
///
/// As text `race-20261124T2300Z` is a contest's, `rating:pick:week` that of the pick ratings of those
/// who played this week, `campaign:smollm2:all` and `series:race:day` are sums; `@DE` or `@DE-BY`
/// behind it leaves those who are at home there.
public struct BoardName: Hashable, Sendable, CustomStringConvertible {
  /// What the points are.
  public enum Subject: Hashable, Sendable {
    /// A contest's points.
    case contest(ContestID)
    /// The points of all duels between people in a campaign.
    case campaign(CampaignID, BoardSpan)
    /// The rating in a duel format, such as `pick`.
    case rating(format: String, BoardSpan)
    /// The points of all final contests whose names begin with the same word, such as `race`.
    case series(String, BoardSpan)
  }

  /// What it is of.
  public let subject: Subject
  /// Where those are at home who stand on it; nil: anywhere.
  public let territory: Territory?

  /// A board of these parts.
  public init(_ subject: Subject, territory: Territory? = nil) {
    self.subject = subject
    self.territory = territory
  }

  /// Reads a board's text; nil where it has not the form of one.
  public init?(_ text: some StringProtocol) {
    let halves = String(text).split(separator: "@", omittingEmptySubsequences: false)
    guard let name = halves.first, halves.count <= 2 else { return nil }
    var territory: Territory?
    if halves.count == 2 {
      territory = Territory(halves[1])
      guard territory != nil else { return nil }
    }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ Self.isPlain($0) }) else { return nil }
    if parts.count == 1 {
      self.init(.contest(ContestID(rawValue: String(name))), territory: territory)
      return
    }
    guard parts.count == 3, let span = BoardSpan(rawValue: String(parts[2])) else { return nil }
    let of = String(parts[1])
    switch parts[0] {
    case "campaign": self.init(.campaign(CampaignID(rawValue: of), span), territory: territory)
    case "rating": self.init(.rating(format: of, span), territory: territory)
    case "series": self.init(.series(of, span), territory: territory)
    default: return nil
    }
  }

  /// The same board of everybody.
  public var everywhere: BoardName { BoardName(subject) }
  /// The same board of one territory.
  public func of(_ territory: Territory?) -> BoardName {
    BoardName(subject, territory: territory)
  }

  /// The stretch of time; nil for a contest, which has its own.
  public var span: BoardSpan? {
    switch subject {
    case .contest: nil
    case .campaign(_, let span), .rating(_, let span), .series(_, let span): span
    }
  }

  /// The text that `init(_:)` reads.
  public var description: String {
    let name =
      switch subject {
      case .contest(let id): id.rawValue
      case .campaign(let id, let span): "campaign:\(id):\(span.rawValue)"
      case .rating(let format, let span): "rating:\(format):\(span.rawValue)"
      case .series(let prefix, let span): "series:\(prefix):\(span.rawValue)"
      }
    return territory.map { "\(name)@\($0)" } ?? name
  }

  /// Whether a part may stand in a board's text: 1 to 64 of `A-Z a-z 0-9 _ -`.
  public static func isPlain(_ part: some StringProtocol) -> Bool {
    (1...64).contains(part.utf8.count)
      && part.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
