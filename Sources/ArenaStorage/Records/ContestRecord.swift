public import ArenaTypes

/// A contest, as it is listed.
public struct ContestRecord: Hashable, Sendable, Codable {
  /// Which contest.
  public var id: ContestID
  /// What people see.
  public var title: String
  /// Its kind, such as `race`.
  public var kind: String
  /// The campaign that its units come from.
  public var campaign: CampaignID
  /// When it opens.
  public var opensAt: Timestamp
  /// When it closes.
  public var closesAt: Timestamp
  /// Its state, such as `open` or `final`.
  public var state: String
  /// What its draws are made from; published with the final board.
  public var seed: UInt64

  /// A contest of these parts.
  public init(
    id: ContestID, title: String, kind: String, campaign: CampaignID, opensAt: Timestamp,
    closesAt: Timestamp, state: String, seed: UInt64
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.campaign = campaign
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.state = state
    self.seed = seed
  }
}

/// A contest's board as it was when the contest was settled.
public struct FinalBoardRecord: Hashable, Sendable, Codable {
  /// One player's line.
  public struct Entry: Hashable, Sendable, Codable {
    /// The place, from 1.
    public var rank: Int
    /// Who.
    public var player: PlayerID
    /// The name that was shown.
    public var name: String
    /// The points.
    public var points: Int
    /// When the player's last points came; nil without any.
    public var finishedAt: Timestamp?
    /// When the player joined.
    public var joinedAt: Timestamp

    /// A line of these parts.
    public init(
      rank: Int, player: PlayerID, name: String, points: Int, finishedAt: Timestamp?,
      joinedAt: Timestamp
    ) {
      self.rank = rank
      self.player = player
      self.name = name
      self.points = points
      self.finishedAt = finishedAt
      self.joinedAt = joinedAt
    }
  }

  /// Which contest.
  public var contest: ContestID
  /// When it was settled.
  public var settledAt: Timestamp
  /// Why a moderator replaced the first board; nil for the first.
  public var amendedBecause: String?
  /// The lines, by rank; no player twice.
  public var entries: [Entry]
  /// What the board is sealed with; the store doesn't look into it.
  ///
  /// Empty for boards that were settled before there were seals.
  public var seal: [UInt8]

  /// A board of these parts; `entries` by rank.
  public init(
    contest: ContestID, settledAt: Timestamp, amendedBecause: String? = nil, entries: [Entry],
    seal: [UInt8] = []
  ) {
    self.contest = contest
    self.settledAt = settledAt
    self.amendedBecause = amendedBecause
    self.entries = entries
    self.seal = seal
  }
}
