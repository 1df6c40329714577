public import ArenaTypes

extension Wire {
  /// The rules of a contest.
  public enum ContestKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// As many right picks as possible from one's own start; the third wrong one ends the run.
    case race
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
      amended: Bool
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

    /// A value of these parts.
    public init(
      contest: ContestID,
      startedAt: Timestamp,
      endsAt: Timestamp,
      points: Int,
      wrong: Int,
      over: Bool,
      endReason: RunEndReason?,
      question: Question?
    ) {
      self.contest = contest
      self.startedAt = startedAt
      self.endsAt = endsAt
      self.points = points
      self.wrong = wrong
      self.over = over
      self.endReason = endReason
      self.question = question
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
    }
  }
}
