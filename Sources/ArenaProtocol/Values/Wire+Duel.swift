public import ArenaTypes

extension Wire {
  /// Where a duel is.
  public enum DuelPhase: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Both are there; the first round starts at `phaseEndsAt`.
    case countdown
    /// A round is open for answers until `phaseEndsAt`.
    case question
    /// The round is over and the engine works.
    case scoring
    /// The truth is shown until `phaseEndsAt`.
    case reveal
    /// There is a result.
    case finished
  }

  /// A whole duel at one moment: all that a client needs to show it.
  public struct DuelView: Hashable, Sendable {
    /// Its name.
    public let id: DuelID
    /// What its rounds are.
    public let format: DuelFormat
    /// How many rounds the format has.
    public let rounds: Int
    /// The two seats.
    public let players: Pair<Seat>
    /// Whether it was made by an invitation.
    public let isPrivate: Bool
    /// Whether it can move ratings.
    public let rated: Bool
    /// When the first round opens or opened.
    public let startsAt: Timestamp
    /// Where it is.
    public let phase: DuelPhase
    /// When the phase ends at the latest; null in `finished`.
    public let phaseEndsAt: Timestamp?
    /// The running or last round, also while its reveal is shown; null in the countdown.
    public let round: RoundView?
    /// From which seats nothing more is expected in the running round.
    public let lockedIn: Pair<Bool>
    /// Which seats want the reveal to end.
    public let ready: Pair<Bool>
    /// The truth of the round, in the phase `reveal`.
    public let reveal: Reveal?
    /// The points so far.
    public let totals: Pair<Int>
    /// The rounds that are over.
    public let history: [RoundSummary]
    /// When the *other* player may claim the duel, for each seat that is away.
    public let claimableAt: Pair<Timestamp?>
    /// The result, in the phase `finished`.
    public let result: DuelResult?
    /// How many watch.
    public let spectators: Int
    /// The receiver's own secrets; null for a spectator.
    public let you: OwnSeat?
    /// The campaign that is asked about; nil for the first one of an older server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(
      id: DuelID,
      format: DuelFormat,
      rounds: Int,
      players: Pair<Seat>,
      isPrivate: Bool,
      rated: Bool,
      startsAt: Timestamp,
      phase: DuelPhase,
      phaseEndsAt: Timestamp?,
      round: RoundView?,
      lockedIn: Pair<Bool>,
      ready: Pair<Bool>,
      reveal: Reveal?,
      totals: Pair<Int>,
      history: [RoundSummary],
      claimableAt: Pair<Timestamp?>,
      result: DuelResult?,
      spectators: Int,
      you: OwnSeat?,
      campaign: CampaignID? = nil
    ) {
      self.id = id
      self.format = format
      self.rounds = rounds
      self.players = players
      self.isPrivate = isPrivate
      self.rated = rated
      self.startsAt = startsAt
      self.phase = phase
      self.phaseEndsAt = phaseEndsAt
      self.round = round
      self.lockedIn = lockedIn
      self.ready = ready
      self.reveal = reveal
      self.totals = totals
      self.history = history
      self.claimableAt = claimableAt
      self.result = result
      self.spectators = spectators
      self.you = you
      self.campaign = campaign
    }
  }
}

extension Wire.DuelView: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("format", format)
      writer.field("rounds", rounds)
      writer.field("players", players)
      writer.field("private", isPrivate)
      writer.field("rated", rated)
      writer.field("startsAt", startsAt)
      writer.field("phase", phase)
      writer.field("phaseEndsAt", phaseEndsAt)
      writer.field("round", round)
      writer.field("lockedIn", lockedIn)
      writer.field("ready", ready)
      writer.field("reveal", reveal)
      writer.field("totals", totals)
      writer.field("history", history)
      writer.field("claimableAt", claimableAt)
      writer.field("result", result)
      writer.field("spectators", spectators)
      writer.field("you", you)
      writer.field("campaign", campaign)
    }
  }
}
