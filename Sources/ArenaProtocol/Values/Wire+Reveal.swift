public import ArenaTypes

extension Wire {
  /// What decided which side of a pick is right.
  public enum Basis: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Readers who judged the pair blind on held-out excerpts.
    case readers
    /// How the unit was made: it is a function of the text (a gold question).
    case construction
    /// The choices of many players.
    case people
    /// The calibrated scorer.
    case scorer
    /// Nothing yet: both get points when they agree.
    case open
  }

  /// What an explanation predicts for the tokens of the heat map.
  public struct Prediction: Hashable, Sendable {
    /// Whose it is: a player's name or the side.
    public let label: String
    /// The predicted activation of each token, 0 to 1.
    public let values: [Float]

    /// A value of these parts.
    public init(label: String, values: [Float]) {
      self.label = label
      self.values = values
    }
  }

  /// Real against predicted activations on a reveal excerpt.
  public struct Heat: Hashable, Sendable {
    /// The excerpt with its real activations.
    public let excerpt: Clue
    /// The predictions, one row each.
    public let predicted: [Prediction]

    /// A value of these parts.
    public init(excerpt: Clue, predicted: [Prediction]) {
      self.excerpt = excerpt
      self.predicted = predicted
    }
  }

  /// The truth of a round, shown when it is over.
  public struct Reveal: Hashable, Sendable {
    /// Which round, counted from 1.
    public let number: Int
    /// What it asked.
    public let kind: RoundKind
    /// What its points were multiplied by; `points` has that in it.
    public let weight: Int
    /// Whether it broke a tie.
    public let suddenDeath: Bool
    /// The unit; its page may be opened now.
    public let unit: UnitCard
    /// False if the round counts for nobody, because the engine did not answer in time.
    public let counted: Bool
    /// What each seat answered; null without an answer and in fire rounds.
    public let answers: Pair<Answer?>
    /// Whose written text is empty here, since it waits for a moderator to look at it.
    public let hidden: Pair<Bool>
    /// What each seat got.
    public let points: Pair<Int>
    /// How long each seat took in a pick, odd-one-out or predict round; null otherwise.
    public let milliseconds: Pair<Int?>
    /// The right side of a pick; null in other kinds and in open rounds.
    public let right: Side?
    /// What decided a pick.
    public let basis: Basis?
    /// The sides of a pick with their authors and scores.
    public let explanations: SideCredits?
    /// The score of each seat's explanation in a write round.
    public let scores: Pair<Score?>?
    /// Whether both wrote the same in a write round and got the mean.
    public let shared: Bool
    /// Each seat's tries in a fire round.
    public let tries: Pair<[FireTry]>?
    /// The excerpts of an odd-one-out round in the order of the question, with their activations.
    public let excerpts: [Clue]?
    /// The odd one of an odd-one-out round, counted from 1; 0 if all four are the same.
    public let odd: Int?
    /// The positions of the tokens that fire, in a predict round.
    public let firing: [Int]?
    /// The explanation of a predict round with its author and score.
    public let explanation: ExplanationCredit?
    /// The best explanation that is known for the unit, in write, odd-one-out and fire rounds.
    public let best: ExplanationCredit?
    /// What a program says of the unit, in write rounds.
    public let machine: ExplanationCredit?
    /// Real against predicted activations on an excerpt that nobody had seen.
    public let heat: Heat?

    /// A value of these parts.
    public init(
      number: Int,
      kind: RoundKind,
      weight: Int,
      suddenDeath: Bool,
      unit: UnitCard,
      counted: Bool,
      answers: Pair<Answer?>,
      hidden: Pair<Bool>,
      points: Pair<Int>,
      milliseconds: Pair<Int?>,
      right: Side?,
      basis: Basis?,
      explanations: SideCredits?,
      scores: Pair<Score?>?,
      shared: Bool,
      tries: Pair<[FireTry]>?,
      excerpts: [Clue]?,
      odd: Int?,
      firing: [Int]?,
      explanation: ExplanationCredit?,
      best: ExplanationCredit?,
      machine: ExplanationCredit?,
      heat: Heat?
    ) {
      self.number = number
      self.kind = kind
      self.weight = weight
      self.suddenDeath = suddenDeath
      self.unit = unit
      self.counted = counted
      self.answers = answers
      self.hidden = hidden
      self.points = points
      self.milliseconds = milliseconds
      self.right = right
      self.basis = basis
      self.explanations = explanations
      self.scores = scores
      self.shared = shared
      self.tries = tries
      self.excerpts = excerpts
      self.odd = odd
      self.firing = firing
      self.explanation = explanation
      self.best = best
      self.machine = machine
      self.heat = heat
    }
  }
}

extension Wire.Prediction: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("label", label)
      writer.field("values", values, decimals: 2)
    }
  }
}

extension Wire.Heat: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("excerpt", excerpt)
      writer.field("predicted", predicted)
    }
  }
}

extension Wire.Reveal: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("kind", kind)
      writer.field("weight", weight)
      writer.field("suddenDeath", suddenDeath)
      writer.field("unit", unit)
      writer.field("counted", counted)
      writer.field("answers", answers)
      writer.field("hidden", hidden)
      writer.field("points", points)
      writer.field("milliseconds", milliseconds)
      writer.field("right", right)
      writer.field("basis", basis)
      writer.field("explanations", explanations)
      writer.field("scores", scores)
      writer.field("shared", shared)
      writer.field("tries", tries)
      writer.field("excerpts", excerpts)
      writer.field("odd", odd)
      writer.field("firing", firing)
      writer.field("explanation", explanation)
      writer.field("best", best)
      writer.field("machine", machine)
      writer.field("heat", heat)
    }
  }
}
