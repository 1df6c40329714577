public import ArenaTypes

extension Wire {
  /// What a player thinks of an explanation.
  public enum VoteDirection: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It fits.
    case up
    /// It doesn't fit.
    case down
    /// Nothing, or nothing any more.
    case none
  }

  /// What a player says of a unit beside all explanations.
  public enum UnitMark: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// None of the explanations fits.
    case noneFits
    /// It has too many meanings for one explanation.
    case mess
    /// Nothing, or nothing any more.
    case none
  }

  /// How far a text of solo play is.
  public enum SoloState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The engine works on it.
    case scoring
    /// It waits in the queue: for votes of others, or for an engine that has nothing else to do.
    case draft
    /// It has its score.
    case scored
  }

  /// What has become of what was submitted.
  public enum SubmitOutcome: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It is kept, and the engine scores it.
    case scoring
    /// The day's scores are spent: it is kept, and waits in the queue.
    case draft
    /// It says what another explanation says: it counts as a vote for that one.
    case counted
    /// The player has written the same here before.
    case repeated
  }

  /// What could have been done better.
  public enum TipKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It lists the words of the clues.
    case wordList
    /// It expects the unit to fire where it stays silent.
    case tooBroad
    /// The unit fires where it expects nothing.
    case tooNarrow
    /// It is better than what the player wrote here before.
    case closer
    /// Nothing that is known scores higher.
    case best
    /// Nothing stands out.
    case fair
  }

  /// How many scores a player may still ask for today.
  public struct ScoringBudget: Hashable, Sendable {
    /// How many are left.
    public let left: Int
    /// How many there are a day.
    public let of: Int
    /// When the next day begins.
    public let renewsAt: Timestamp
    /// Whether the identity is a day old and has played ten rounds, which gives more of them.
    public let established: Bool

    /// A value of these parts.
    public init(
      left: Int,
      of: Int,
      renewsAt: Timestamp,
      established: Bool
    ) {
      self.left = left
      self.of = of
      self.renewsAt = renewsAt
      self.established = established
    }
  }

  /// One of several meanings of a text, and its score when it stands alone.
  public struct MeaningScore: Hashable, Sendable {
    /// The meaning.
    public let text: String
    /// Its score, once there is one.
    public let score: Score?

    /// A value of these parts.
    public init(
      text: String,
      score: Score?
    ) {
      self.text = text
      self.score = score
    }
  }

  /// What the player has written about a unit in solo play.
  public struct SoloText: Hashable, Sendable {
    /// Its name.
    public let id: ExplanationID
    /// The unit.
    public let unit: UnitID
    /// What it says.
    public let text: String
    /// How far it is.
    public let state: Wire.SoloState
    /// Its score, once there is one.
    public let score: Score?
    /// Its meanings alone, where it has several.
    public let meanings: [Wire.MeaningScore]
    /// When it was written.
    public let at: Timestamp
    /// Whether others see it only after a moderator has looked at it.
    public let hidden: Bool
    /// Its place in the queue, from 1, where it waits there.
    public let place: Int?
    /// How many others have voted for it.
    public let votes: Int
    /// How many votes of others get a draft scored.
    public let needed: Int

    /// A value of these parts.
    public init(
      id: ExplanationID,
      unit: UnitID,
      text: String,
      state: Wire.SoloState,
      score: Score?,
      meanings: [Wire.MeaningScore],
      at: Timestamp,
      hidden: Bool,
      place: Int?,
      votes: Int,
      needed: Int
    ) {
      self.id = id
      self.unit = unit
      self.text = text
      self.state = state
      self.score = score
      self.meanings = meanings
      self.at = at
      self.hidden = hidden
      self.place = place
      self.votes = votes
      self.needed = needed
    }
  }

  /// An explanation of a unit, as one votes on it.
  public struct SoloExplanation: Hashable, Sendable {
    /// Its name.
    public let id: ExplanationID
    /// What it says.
    public let text: String
    /// Who wrote it.
    public let author: Wire.AuthorCredit
    /// How well it predicts; null for a draft, or where it was not computed.
    public let score: Score?
    /// Whether it waits for its score.
    public let draft: Bool
    /// How many have voted for it.
    public let up: Int
    /// How many have voted against it.
    public let down: Int
    /// The player's own vote.
    public let vote: Wire.VoteDirection
    /// Whether the player wrote it.
    public let own: Bool

    /// A value of these parts.
    public init(
      id: ExplanationID,
      text: String,
      author: Wire.AuthorCredit,
      score: Score?,
      draft: Bool,
      up: Int,
      down: Int,
      vote: Wire.VoteDirection,
      own: Bool
    ) {
      self.id = id
      self.text = text
      self.author = author
      self.score = score
      self.draft = draft
      self.up = up
      self.down = down
      self.vote = vote
      self.own = own
    }
  }

  /// How many players say something of a unit beside all explanations.
  public struct MarkCounts: Hashable, Sendable {
    /// That none of the explanations fits.
    public let noneFits: Int
    /// That it has too many meanings.
    public let mess: Int

    /// A value of these parts.
    public init(
      noneFits: Int,
      mess: Int
    ) {
      self.noneFits = noneFits
      self.mess = mess
    }
  }

  /// The unit that a player is at in solo play.
  public struct SoloUnit: Hashable, Sendable {
    /// The unit.
    public let unit: Wire.UnitCard
    /// Its clues.
    public let clues: [Wire.Clue]
    /// Units that have to do with it.
    public let neighbours: [Wire.Neighbour]
    /// Whether the explanations are held back until the player has made a guess.
    public let hidden: Bool
    /// How many explanations there are.
    public let count: Int
    /// The explanations, the best first; none while they are held back.
    public let explanations: [Wire.SoloExplanation]
    /// What the player has written here, the latest first.
    public let own: [Wire.SoloText]
    /// What the player says of the unit.
    public let mark: Wire.UnitMark
    /// What others say of it; all 0 while explanations are held back.
    public let marks: Wire.MarkCounts
    /// The place of the unit among those that the player has been at, from 1.
    public let number: Int
    /// Whether there is a unit before it.
    public let back: Bool
    /// Whether the player has been at a later one already.
    public let forward: Bool
    /// The scores that are left.
    public let budget: Wire.ScoringBudget

    /// A value of these parts.
    public init(
      unit: Wire.UnitCard,
      clues: [Wire.Clue],
      neighbours: [Wire.Neighbour],
      hidden: Bool,
      count: Int,
      explanations: [Wire.SoloExplanation],
      own: [Wire.SoloText],
      mark: Wire.UnitMark,
      marks: Wire.MarkCounts,
      number: Int,
      back: Bool,
      forward: Bool,
      budget: Wire.ScoringBudget
    ) {
      self.unit = unit
      self.clues = clues
      self.neighbours = neighbours
      self.hidden = hidden
      self.count = count
      self.explanations = explanations
      self.own = own
      self.mark = mark
      self.marks = marks
      self.number = number
      self.back = back
      self.forward = forward
      self.budget = budget
    }
  }

  /// A sentence that fits the text just scored.
  public struct Tip: Hashable, Sendable {
    /// What it is about.
    public let kind: Wire.TipKind
    /// The sentence.
    public let text: String

    /// A value of these parts.
    public init(
      kind: Wire.TipKind,
      text: String
    ) {
      self.kind = kind
      self.text = text
    }
  }
}

extension Wire.ScoringBudget: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("left", left)
      writer.field("of", of)
      writer.field("renewsAt", renewsAt)
      writer.field("established", established)
    }
  }
}

extension Wire.MeaningScore: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("text", text)
      writer.field("score", score)
    }
  }
}

extension Wire.SoloText: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("unit", unit)
      writer.field("text", text)
      writer.field("state", state)
      writer.field("score", score)
      writer.field("meanings", meanings)
      writer.field("at", at)
      writer.field("hidden", hidden)
      writer.field("place", place)
      writer.field("votes", votes)
      writer.field("needed", needed)
    }
  }
}

extension Wire.SoloExplanation: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("text", text)
      writer.field("author", author)
      writer.field("score", score)
      writer.field("draft", draft)
      writer.field("up", up)
      writer.field("down", down)
      writer.field("vote", vote)
      writer.field("own", own)
    }
  }
}

extension Wire.MarkCounts: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("noneFits", noneFits)
      writer.field("mess", mess)
    }
  }
}

extension Wire.SoloUnit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("clues", clues)
      writer.field("neighbours", neighbours)
      writer.field("hidden", hidden)
      writer.field("count", count)
      writer.field("explanations", explanations)
      writer.field("own", own)
      writer.field("mark", mark)
      writer.field("marks", marks)
      writer.field("number", number)
      writer.field("back", back)
      writer.field("forward", forward)
      writer.field("budget", budget)
    }
  }
}

extension Wire.Tip: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind)
      writer.field("text", text)
    }
  }
}
