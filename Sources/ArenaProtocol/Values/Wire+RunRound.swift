public import ArenaTypes

extension Wire {
  /// How far a round of a run is.
  public enum RunRoundState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Answers are taken.
    case open
    /// The engine works on an answer.
    case scoring
    /// Its points are known.
    case done
    /// The engine never said what the answer was worth; it counts nothing.
    case lost
  }

  /// How far a text of a quest is.
  public enum RunTryState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// It is being checked.
    case checking
    /// It breaks a rule, and uses no try up.
    case refused
    /// It stands and is being scored.
    case scoring
    /// Its score is known.
    case scored
    /// The engine could not score it; it uses no try up.
    case lost
  }

  /// A round of a run, in a few lines.
  public struct RunRound: Hashable, Sendable {
    /// Which round, counted from 1.
    public let number: Int
    /// What it asks.
    public let kind: RoundKind
    /// The unit.
    public let unit: UnitID
    /// How far it is.
    public let state: RunRoundState
    /// Its points; null until they are known.
    public let points: Int?
    /// Why the last text was refused.
    public let refused: TextRefusal?
    /// The texts, in a quest.
    public let tries: [RunTry]
    /// How many texts are left, in a quest.
    public let triesLeft: Int?
    /// The score of the best text on the second sealed half, once a quest is final.
    public let settled: Score?

    /// A value of these parts.
    public init(
      number: Int,
      kind: RoundKind,
      unit: UnitID,
      state: RunRoundState,
      points: Int?,
      refused: TextRefusal?,
      tries: [RunTry],
      triesLeft: Int?,
      settled: Score?
    ) {
      self.number = number
      self.kind = kind
      self.unit = unit
      self.state = state
      self.points = points
      self.refused = refused
      self.tries = tries
      self.triesLeft = triesLeft
      self.settled = settled
    }
  }

  /// A text of a quest.
  public struct RunTry: Hashable, Sendable {
    /// Which text, counted from 1.
    public let number: Int
    /// What was written.
    public let text: String
    /// How far it is.
    public let state: RunTryState
    /// Its score on the first sealed half; null until it is known.
    public let score: Score?
    /// Why it was refused.
    public let refused: TextRefusal?

    /// A value of these parts.
    public init(
      number: Int,
      text: String,
      state: RunTryState,
      score: Score?,
      refused: TextRefusal?
    ) {
      self.number = number
      self.text = text
      self.state = state
      self.score = score
      self.refused = refused
    }
  }
}

extension Wire.RunRound: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("kind", kind)
      writer.field("unit", unit)
      writer.field("state", state)
      writer.field("points", points)
      writer.field("refused", refused)
      writer.field("tries", tries)
      writer.field("triesLeft", triesLeft)
      writer.field("settled", settled)
    }
  }
}

extension Wire.RunTry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("text", text)
      writer.field("state", state)
      writer.field("score", score)
      writer.field("refused", refused)
    }
  }
}
