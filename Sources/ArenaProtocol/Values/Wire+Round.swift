public import ArenaTypes

extension Wire {
  /// A round as everybody sees it while it is open.
  public struct RoundView: Hashable, Sendable {
    /// Which round, counted from 1.
    public let number: Int
    /// How many rounds the format has; sudden-death rounds go beyond it.
    public let of: Int
    /// What it asks.
    public let kind: RoundKind
    /// Whether it breaks a tie.
    public let suddenDeath: Bool
    /// What its points are multiplied by; 2 in the last round.
    public let weight: Int
    /// The unit to be explained.
    public let unit: UnitCard
    /// The same clues for both players; none in odd-one-out and predict rounds.
    public let clues: [Clue]
    /// When it opened.
    public let startedAt: Timestamp
    /// When it closes; a later answer is refused with `round_over`.
    public let deadline: Timestamp
    /// The two explanations, in a pick round.
    public let options: SideTexts?
    /// The four excerpts of an odd-one-out round, or the one of a predict round.
    public let excerpts: [PlainExcerpt]?
    /// The explanation of a predict round.
    public let explanation: String?
    /// The words that a fire text may not use, in a fire round.
    public let taboo: [String]?
    /// How many texts each may try, in a fire round.
    public let tries: Int?
    /// The activation that is worth 100 points, in a fire round.
    public let full100: Double?

    /// A value of these parts.
    public init(
      number: Int,
      of: Int,
      kind: RoundKind,
      suddenDeath: Bool,
      weight: Int,
      unit: UnitCard,
      clues: [Clue],
      startedAt: Timestamp,
      deadline: Timestamp,
      options: SideTexts?,
      excerpts: [PlainExcerpt]?,
      explanation: String?,
      taboo: [String]?,
      tries: Int?,
      full100: Double?
    ) {
      self.number = number
      self.of = of
      self.kind = kind
      self.suddenDeath = suddenDeath
      self.weight = weight
      self.unit = unit
      self.clues = clues
      self.startedAt = startedAt
      self.deadline = deadline
      self.options = options
      self.excerpts = excerpts
      self.explanation = explanation
      self.taboo = taboo
      self.tries = tries
      self.full100 = full100
    }
  }

  /// An excerpt that a question asks about: its text, and nothing that tells what the unit does on it.
  public struct PlainExcerpt: Hashable, Sendable {
    /// The tokens; joined, they are the text.
    public let tokens: [String]
    /// The positions [from, to) that are shown before the excerpt is opened.
    public let window: Pair<Int>

    /// A value of these parts.
    public init(tokens: [String], window: Pair<Int>) {
      self.tokens = tokens
      self.window = window
    }
  }

  /// A round that is over, in one line.
  public struct RoundSummary: Hashable, Sendable {
    /// Which round, counted from 1.
    public let number: Int
    /// What it asked.
    public let kind: RoundKind
    /// The unit, whose page may be opened.
    public let unit: UnitID
    /// What its points were multiplied by.
    public let weight: Int
    /// Whether it broke a tie.
    public let suddenDeath: Bool
    /// What each seat got.
    public let points: Pair<Int>
    /// False if it counted for nobody.
    public let counted: Bool

    /// A value of these parts.
    public init(
      number: Int,
      kind: RoundKind,
      unit: UnitID,
      weight: Int,
      suddenDeath: Bool,
      points: Pair<Int>,
      counted: Bool
    ) {
      self.number = number
      self.kind = kind
      self.unit = unit
      self.weight = weight
      self.suddenDeath = suddenDeath
      self.points = points
      self.counted = counted
    }
  }
}

extension Wire.RoundView: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("of", of)
      writer.field("kind", kind)
      writer.field("suddenDeath", suddenDeath)
      writer.field("weight", weight)
      writer.field("unit", unit)
      writer.field("clues", clues)
      writer.field("startedAt", startedAt)
      writer.field("deadline", deadline)
      writer.field("options", options)
      writer.field("excerpts", excerpts)
      writer.field("explanation", explanation)
      writer.field("taboo", taboo)
      writer.field("tries", tries)
      writer.field("full100", full100, decimals: 3)
    }
  }
}

extension Wire.PlainExcerpt: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("tokens", tokens)
      writer.field("window", window)
    }
  }
}

extension Wire.RoundSummary: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("kind", kind)
      writer.field("unit", unit)
      writer.field("weight", weight)
      writer.field("suddenDeath", suddenDeath)
      writer.field("points", points)
      writer.field("counted", counted)
    }
  }
}
