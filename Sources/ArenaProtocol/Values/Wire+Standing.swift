public import ArenaTypes

extension Wire {
  /// What the points of a board are that is no contest's.
  public enum StandingKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The points of all duels between people in a campaign.
    case campaign
    /// The rating in a duel format, of who has played a rated duel in the stretch of time.
    case rating
    /// The points of all final contests of one series.
    case series
  }

  /// What a board is of that is no contest's.
  public struct Standing: Hashable, Sendable {
    /// What the points are.
    public let kind: StandingKind
    /// The campaign, the duel format or the series.
    public let subject: String
    /// The stretch of time.
    public let span: BoardSpan
    /// When it began; null for all time.
    public let opensAt: Timestamp?
    /// When the next one begins; null for all time.
    public let closesAt: Timestamp?
    /// The named time zone by whose clocks it begins and ends.
    public let zone: String
    /// Whether only players of a day and ten rounds stand on it; others play beside.
    public let establishedOnly: Bool
    /// How many play beside the board.
    public let beside: Int

    /// A value of these parts.
    public init(
      kind: StandingKind,
      subject: String,
      span: BoardSpan,
      opensAt: Timestamp?,
      closesAt: Timestamp?,
      zone: String,
      establishedOnly: Bool,
      beside: Int
    ) {
      self.kind = kind
      self.subject = subject
      self.span = span
      self.opensAt = opensAt
      self.closesAt = closesAt
      self.zone = zone
      self.establishedOnly = establishedOnly
      self.beside = beside
    }
  }

  /// How many of a board are at home somewhere.
  public struct TerritoryCount: Hashable, Sendable {
    /// The country or region.
    public let territory: Territory
    /// How many of the board's players say that they are at home there.
    public let count: Int

    /// A value of these parts.
    public init(territory: Territory, count: Int) {
      self.territory = territory
      self.count = count
    }
  }
}

extension Wire.Standing: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind)
      writer.field("subject", subject)
      writer.field("span", span)
      writer.field("opensAt", opensAt)
      writer.field("closesAt", closesAt)
      writer.field("zone", zone)
      writer.field("establishedOnly", establishedOnly)
      writer.field("beside", beside)
    }
  }
}

extension Wire.TerritoryCount: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("territory", territory)
      writer.field("count", count)
    }
  }
}
