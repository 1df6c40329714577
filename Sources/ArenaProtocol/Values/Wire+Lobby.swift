public import ArenaTypes

extension Wire {
  /// A number for each duel format.
  public struct Counts: Hashable, Sendable {
    /// For pick duels.
    public let pick: Int
    /// For write duels.
    public let write: Int
    /// For fire duels.
    public let fire: Int
    /// For mixed duels.
    public let mixed: Int

    /// A value of these parts.
    public init(pick: Int, write: Int, fire: Int, mixed: Int) {
      self.pick = pick
      self.write = write
      self.fire = fire
      self.mixed = mixed
    }
  }

  /// A running duel in a list.
  public struct DuelListing: Hashable, Sendable {
    /// Its name, to subscribe to `duel/{id}`.
    public let id: DuelID
    /// What its rounds are.
    public let format: DuelFormat
    /// The names of the two.
    public let players: Pair<String>
    /// The running round; 0 in the countdown.
    public let round: Int
    /// How many rounds the format has.
    public let of: Int
    /// The points so far.
    public let totals: Pair<Int>
    /// How many watch.
    public let spectators: Int
    /// When it started.
    public let startedAt: Timestamp
    /// The campaign that is asked about; nil for the first one of an older server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(
      id: DuelID,
      format: DuelFormat,
      players: Pair<String>,
      round: Int,
      of: Int,
      totals: Pair<Int>,
      spectators: Int,
      startedAt: Timestamp,
      campaign: CampaignID? = nil
    ) {
      self.id = id
      self.format = format
      self.players = players
      self.round = round
      self.of = of
      self.totals = totals
      self.spectators = spectators
      self.startedAt = startedAt
      self.campaign = campaign
    }
  }

  /// What goes on here.
  public struct LobbyView: Hashable, Sendable {
    /// How many players are connected.
    public let online: Int
    /// How many of them are in a duel or a run.
    public let playing: Int
    /// How many wait in the queue.
    public let waiting: Counts
    /// Running duels, the most watched first, 20 at most.
    public let duels: [DuelListing]
    /// Contests that are not final.
    public let contests: [ContestSummary]
    /// What goes on in each of the campaigns that are open.
    public let campaigns: [CampaignTraffic]
    /// Whether the server starts nothing new, since it is about to end.
    public let draining: Bool
    /// Duels that ended last and can be replayed, the latest first, 6 at most.
    public let finished: [FinishedDuel]

    /// A value of these parts.
    public init(
      online: Int,
      playing: Int,
      waiting: Counts,
      duels: [DuelListing],
      contests: [ContestSummary],
      campaigns: [CampaignTraffic] = [],
      draining: Bool = false,
      finished: [FinishedDuel] = []
    ) {
      self.online = online
      self.playing = playing
      self.waiting = waiting
      self.duels = duels
      self.contests = contests
      self.campaigns = campaigns
      self.draining = draining
      self.finished = finished
    }
  }
}

extension Wire.Counts: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("pick", pick)
      writer.field("write", write)
      writer.field("fire", fire)
      writer.field("mixed", mixed)
    }
  }
}

extension Wire.DuelListing: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("format", format)
      writer.field("players", players)
      writer.field("round", round)
      writer.field("of", of)
      writer.field("totals", totals)
      writer.field("spectators", spectators)
      writer.field("startedAt", startedAt)
      writer.field("campaign", campaign)
    }
  }
}

extension Wire.LobbyView: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("online", online)
      writer.field("playing", playing)
      writer.field("waiting", waiting)
      writer.field("duels", duels)
      writer.field("contests", contests)
      writer.field("campaigns", campaigns)
      writer.field("draining", draining)
      writer.field("finished", finished)
    }
  }
}
