public import ArenaTypes

extension Wire {
  /// What a day was for a streak.
  public enum StreakDay: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Its daily was finished.
    case played
    /// It was missed, and a spare day stands for it.
    case spared
    /// It was missed.
    case missed
    /// It is today, and can still be played.
    case open
  }

  /// How a duel of the past ended for the player.
  public enum PastOutcome: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The player won.
    case won
    /// The other player won.
    case lost
    /// Nobody won.
    case draw
    /// It doesn't count.
    case void
  }

  /// Days in a row with a finished daily.
  public struct Streak: Hashable, Sendable {
    /// How many days; spared ones are not counted.
    public let days: Int
    /// The most there were.
    public let longest: Int
    /// Whether today's daily is finished.
    public let today: Bool
    /// How many spare days are left this month.
    public let sparesLeft: Int
    /// The last 28 days, the latest last.
    public let lately: [Wire.StreakDay]

    /// A value of these parts.
    public init(
      days: Int,
      longest: Int,
      today: Bool,
      sparesLeft: Int,
      lately: [Wire.StreakDay]
    ) {
      self.days = days
      self.longest = longest
      self.today = today
      self.sparesLeft = sparesLeft
      self.lately = lately
    }
  }

  /// Something that accuracy earns.
  public struct Milestone: Hashable, Sendable {
    /// Its name.
    public let id: String
    /// Its title.
    public let title: String
    /// What earns it.
    public let text: String
    /// How far the player is.
    public let value: Int
    /// How far it takes.
    public let goal: Int
    /// When it was earned; null before.
    public let earnedAt: Timestamp?

    /// A value of these parts.
    public init(
      id: String,
      title: String,
      text: String,
      value: Int,
      goal: Int,
      earnedAt: Timestamp?
    ) {
      self.id = id
      self.title = title
      self.text = text
      self.value = value
      self.goal = goal
      self.earnedAt = earnedAt
    }
  }

  /// A unit that the player has explained.
  public struct AtlasEntry: Hashable, Sendable {
    /// The unit.
    public let unit: Wire.UnitCard
    /// What the player wrote.
    public let text: String
    /// Its score.
    public let score: Score
    /// Whether nobody is known to have explained it better.
    public let best: Bool

    /// A value of these parts.
    public init(
      unit: Wire.UnitCard,
      text: String,
      score: Score,
      best: Bool
    ) {
      self.unit = unit
      self.text = text
      self.score = score
      self.best = best
    }
  }

  /// A vote that can be taken back.
  public struct PastVote: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// The explanation.
    public let explanation: ExplanationID
    /// What it says.
    public let text: String
    /// The vote.
    public let vote: Wire.VoteDirection
    /// When it was given.
    public let at: Timestamp

    /// A value of these parts.
    public init(
      unit: UnitID,
      explanation: ExplanationID,
      text: String,
      vote: Wire.VoteDirection,
      at: Timestamp
    ) {
      self.unit = unit
      self.explanation = explanation
      self.text = text
      self.vote = vote
      self.at = at
    }
  }

  /// A duel of the past, as one of its players sees it.
  public struct PastDuel: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// Its format.
    public let format: Wire.DuelFormat
    /// When it ended.
    public let endedAt: Timestamp
    /// The name of the other player.
    public let opponent: String
    /// Whether that was a program.
    public let bot: Bool
    /// How it ended.
    public let outcome: Wire.PastOutcome
    /// The player's points.
    public let points: Int
    /// The other player's points.
    public let theirs: Int
    /// By how much the player's rating moved; null where it did not count.
    public let rating: Double?

    /// A value of these parts.
    public init(
      duel: DuelID,
      format: Wire.DuelFormat,
      endedAt: Timestamp,
      opponent: String,
      bot: Bool,
      outcome: Wire.PastOutcome,
      points: Int,
      theirs: Int,
      rating: Double?
    ) {
      self.duel = duel
      self.format = format
      self.endedAt = endedAt
      self.opponent = opponent
      self.bot = bot
      self.outcome = outcome
      self.points = points
      self.theirs = theirs
      self.rating = rating
    }
  }

  /// How often the player was right of late, where it is known what is right.
  public struct PickRecord: Hashable, Sendable {
    /// How many were right.
    public let right: Int
    /// Of how many.
    public let of: Int

    /// A value of these parts.
    public init(
      right: Int,
      of: Int
    ) {
      self.right = right
      self.of = of
    }
  }

  /// What a player has done here.
  public struct Profile: Hashable, Sendable {
    /// The scores that are left.
    public let budget: Wire.ScoringBudget
    /// The streak.
    public let streak: Wire.Streak
    /// The last 50 picks.
    public let picks: Wire.PickRecord
    /// The milestones, by what they ask for.
    public let milestones: [Wire.Milestone]
    /// Units that the player has explained, the best first; 60 at most.
    public let atlas: [Wire.AtlasEntry]
    /// What the player has written in solo play, the latest first; 100 at most.
    public let texts: [Wire.SoloText]
    /// The player's votes, the latest first; 100 at most.
    public let votes: [Wire.PastVote]
    /// The player's duels, the latest first; 50 at most.
    public let duels: [Wire.PastDuel]
    /// How many texts wait in the queue, of all players.
    public let queue: Int

    /// A value of these parts.
    public init(
      budget: Wire.ScoringBudget,
      streak: Wire.Streak,
      picks: Wire.PickRecord,
      milestones: [Wire.Milestone],
      atlas: [Wire.AtlasEntry],
      texts: [Wire.SoloText],
      votes: [Wire.PastVote],
      duels: [Wire.PastDuel],
      queue: Int
    ) {
      self.budget = budget
      self.streak = streak
      self.picks = picks
      self.milestones = milestones
      self.atlas = atlas
      self.texts = texts
      self.votes = votes
      self.duels = duels
      self.queue = queue
    }
  }
}

extension Wire.Streak: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("days", days)
      writer.field("longest", longest)
      writer.field("today", today)
      writer.field("sparesLeft", sparesLeft)
      writer.field("lately", lately)
    }
  }
}

extension Wire.Milestone: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("text", text)
      writer.field("value", value)
      writer.field("goal", goal)
      writer.field("earnedAt", earnedAt)
    }
  }
}

extension Wire.AtlasEntry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("text", text)
      writer.field("score", score)
      writer.field("best", best)
    }
  }
}

extension Wire.PastVote: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("explanation", explanation)
      writer.field("text", text)
      writer.field("vote", vote)
      writer.field("at", at)
    }
  }
}

extension Wire.PastDuel: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("format", format)
      writer.field("endedAt", endedAt)
      writer.field("opponent", opponent)
      writer.field("bot", bot)
      writer.field("outcome", outcome)
      writer.field("points", points)
      writer.field("theirs", theirs)
      writer.field("rating", rating, decimals: 1)
    }
  }
}

extension Wire.PickRecord: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("right", right)
      writer.field("of", of)
    }
  }
}

extension Wire.Profile: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("budget", budget)
      writer.field("streak", streak)
      writer.field("picks", picks)
      writer.field("milestones", milestones)
      writer.field("atlas", atlas)
      writer.field("texts", texts)
      writer.field("votes", votes)
      writer.field("duels", duels)
      writer.field("queue", queue)
    }
  }
}
