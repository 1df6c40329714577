public import ArenaTypes

extension Wire {
  /// The rules of a contest.
  public enum ContestKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// As many right picks as possible from one's own start; the third wrong one ends the run.
    case race
    /// The same rounds for everyone, one try each.
    case daily
    /// The best explanation of each of a set of units.
    case quest
    /// Everyone the same round at the same moment.
    case live
  }

  /// Where a contest is.
  public enum ContestState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It opens at `opensAt`.
    case scheduled
    /// Players may start and answer.
    case open
    /// A moderator has stopped all clocks.
    case paused
    /// The last runs are settled.
    case closing
    /// The board never changes again.
    case final
  }

  /// Why a run is over.
  public enum RunEndReason: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Its time is up.
    case time
    /// One wrong answer too many.
    case wrongAnswers
    /// All rounds are played.
    case finished
    /// The contest has closed.
    case closed
    /// A moderator has taken it off the board.
    case removed
  }

  /// A contest in a list.
  public struct ContestSummary: Hashable, Sendable {
    /// Its name.
    public let id: ContestID
    /// Its title.
    public let title: String
    /// Its rules.
    public let kind: ContestKind
    /// Where it is.
    public let state: ContestState
    /// When it opens.
    public let opensAt: Timestamp
    /// When it closes.
    public let closesAt: Timestamp
    /// How many have started a run.
    public let players: Int
    /// How long a run is.
    public let runSeconds: Int
    /// What a wrong answer costs of one's own clock.
    public let wrongCostSeconds: Int
    /// Which wrong answer ends the run.
    public let wrongMax: Int
    /// What the moderator wrote who ended it, if one did.
    public let endedBecause: String?
    /// Whether a moderator has changed its board after it was final.
    public let amended: Bool
    /// How many rounds or units it has; null in a race.
    public let rounds: Int?
    /// How many texts each unit of a quest may be tried with.
    public let tries: Int?
    /// The named time zone in which it repeats.
    public let zone: String?
    /// The date in that zone on which it opens, such as `2026-11-30`.
    public let date: String?
    /// Whether only players of a day and ten rounds stand on the board; others play beside.
    public let establishedOnly: Bool
    /// How many play beside the board.
    public let beside: Int
    /// What the moderator wrote who last changed the final board.
    public let amendedBecause: String?
    /// What the final board is sealed with; null until it is final.
    public let seal: ContestSeal?
    /// The campaign that is asked about; nil for the first one of an older server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(
      id: ContestID,
      title: String,
      kind: ContestKind,
      state: ContestState,
      opensAt: Timestamp,
      closesAt: Timestamp,
      players: Int,
      runSeconds: Int,
      wrongCostSeconds: Int,
      wrongMax: Int,
      endedBecause: String?,
      amended: Bool,
      rounds: Int? = nil,
      tries: Int? = nil,
      zone: String? = nil,
      date: String? = nil,
      establishedOnly: Bool = false,
      beside: Int = 0,
      amendedBecause: String? = nil,
      seal: ContestSeal? = nil,
      campaign: CampaignID? = nil
    ) {
      self.id = id
      self.title = title
      self.kind = kind
      self.state = state
      self.opensAt = opensAt
      self.closesAt = closesAt
      self.players = players
      self.runSeconds = runSeconds
      self.wrongCostSeconds = wrongCostSeconds
      self.wrongMax = wrongMax
      self.endedBecause = endedBecause
      self.amended = amended
      self.rounds = rounds
      self.tries = tries
      self.zone = zone
      self.date = date
      self.establishedOnly = establishedOnly
      self.beside = beside
      self.amendedBecause = amendedBecause
      self.seal = seal
      self.campaign = campaign
    }
  }

  /// One question of a run.
  public struct Question: Hashable, Sendable {
    /// Which question of the run, counted from 1.
    public let number: Int
    /// The unit.
    public let unit: UnitCard
    /// Its clues.
    public let clues: [Clue]
    /// The two explanations.
    public let options: SideTexts
    /// When it counts as wrong.
    public let deadline: Timestamp

    /// A value of these parts.
    public init(
      number: Int,
      unit: UnitCard,
      clues: [Clue],
      options: SideTexts,
      deadline: Timestamp
    ) {
      self.number = number
      self.unit = unit
      self.clues = clues
      self.options = options
      self.deadline = deadline
    }
  }

  /// A player's try in a contest.
  public struct Run: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// When its clock was started.
    public let startedAt: Timestamp
    /// When its clock ends; a wrong answer moves it, and so does the end of a pause.
    public let endsAt: Timestamp
    /// The points so far.
    public let points: Int
    /// How many answers were wrong or came too late.
    public let wrong: Int
    /// Whether it is over.
    public let over: Bool
    /// Why it is over.
    public let endReason: RunEndReason?
    /// The question to answer; null when it is over or the contest is paused.
    public let question: Question?
    /// The rules of the contest.
    public let kind: ContestKind
    /// Whether it stands on the board; false for who plays beside it.
    public let ranked: Bool
    /// The open question of a daily.
    public let round: RoundView?
    /// The rounds so far; empty in a race.
    public let rounds: [RunRound]
    /// The tries of the fire round that was asked last.
    public let fireTries: [FireTry]
    /// The truth of the round that was asked last, once its points are known; seat 0 is the player.
    public let reveal: Reveal?
    /// The answer to the running question of a live contest.
    public let given: Answer?
    /// What may be shown to others: no spoilers, once all points of a daily are known.
    public let share: String?

    /// A value of these parts.
    public init(
      contest: ContestID,
      startedAt: Timestamp,
      endsAt: Timestamp,
      points: Int,
      wrong: Int,
      over: Bool,
      endReason: RunEndReason?,
      question: Question?,
      kind: ContestKind = .race,
      ranked: Bool = true,
      round: RoundView? = nil,
      rounds: [RunRound] = [],
      fireTries: [FireTry] = [],
      reveal: Reveal? = nil,
      given: Answer? = nil,
      share: String? = nil
    ) {
      self.contest = contest
      self.startedAt = startedAt
      self.endsAt = endsAt
      self.points = points
      self.wrong = wrong
      self.over = over
      self.endReason = endReason
      self.question = question
      self.kind = kind
      self.ranked = ranked
      self.round = round
      self.rounds = rounds
      self.fireTries = fireTries
      self.reveal = reveal
      self.given = given
      self.share = share
    }
  }
}

extension Wire.ContestSummary: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("kind", kind)
      writer.field("state", state)
      writer.field("opensAt", opensAt)
      writer.field("closesAt", closesAt)
      writer.field("players", players)
      writer.field("runSeconds", runSeconds)
      writer.field("wrongCostSeconds", wrongCostSeconds)
      writer.field("wrongMax", wrongMax)
      writer.field("endedBecause", endedBecause)
      writer.field("amended", amended)
      writer.field("rounds", rounds)
      writer.field("tries", tries)
      writer.field("zone", zone)
      writer.field("date", date)
      writer.field("establishedOnly", establishedOnly)
      writer.field("beside", beside)
      writer.field("amendedBecause", amendedBecause)
      writer.field("seal", seal)
      writer.field("campaign", campaign)
    }
  }
}

extension Wire.Question: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("unit", unit)
      writer.field("clues", clues)
      writer.field("options", options)
      writer.field("deadline", deadline)
    }
  }
}

extension Wire.Run: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("startedAt", startedAt)
      writer.field("endsAt", endsAt)
      writer.field("points", points)
      writer.field("wrong", wrong)
      writer.field("over", over)
      writer.field("endReason", endReason)
      writer.field("question", question)
      writer.field("kind", kind)
      writer.field("ranked", ranked)
      writer.field("round", round)
      writer.field("rounds", rounds)
      writer.field("fireTries", fireTries)
      writer.field("reveal", reveal)
      writer.field("given", given)
      writer.field("share", share)
    }
  }
}
