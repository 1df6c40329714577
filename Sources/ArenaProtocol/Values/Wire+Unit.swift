public import ArenaTypes

extension Wire {
  /// What may be said of a unit while it is being played.
  public struct UnitCard: Hashable, Sendable {
    /// Its name.
    public let id: UnitID
    /// The layer, counted from 0.
    public let layer: Int
    /// The share of tokens of the corpus on which it fires.
    public let density: Double
    /// Whether its peaks are a handful of words, so that a list of words is a fair explanation.
    public let lexical: Bool

    /// A value of these parts.
    public init(id: UnitID, layer: Int, density: Double, lexical: Bool) {
      self.id = id
      self.layer = layer
      self.density = density
      self.lexical = lexical
    }
  }

  /// An excerpt with one activation a token.
  public struct Clue: Hashable, Sendable {
    /// Its name.
    public let id: ExcerptID
    /// How it was drawn.
    public let kind: Excerpt.Kind
    /// The title of the document that it was cut from.
    public let source: String
    /// The tokens; joined, they are the text.
    public let tokens: [String]
    /// The unit's activation on each token, as many as `tokens`.
    public let activations: [Float]
    /// The activation of full colour, the same for all clues of a unit.
    public let scale: Double
    /// The position of the strongest token.
    public let peak: Int
    /// The positions [from, to) that are shown before the excerpt is opened.
    public let window: Pair<Int>

    /// A value of these parts.
    public init(
      id: ExcerptID,
      kind: Excerpt.Kind,
      source: String,
      tokens: [String],
      activations: [Float],
      scale: Double,
      peak: Int,
      window: Pair<Int>
    ) {
      self.id = id
      self.kind = kind
      self.source = source
      self.tokens = tokens
      self.activations = activations
      self.scale = scale
      self.peak = peak
      self.window = window
    }
  }

  /// A unit that has to do with another.
  public struct Neighbour: Hashable, Sendable {
    /// Its name.
    public let unit: UnitID
    /// How it was found: `weights`, `firing`, or `before` and `after` it in the campaign.
    public let relation: String
    /// Whether the campaign holds it, so that it has a page.
    public let here: Bool

    /// A value of these parts.
    public init(unit: UnitID, relation: String, here: Bool) {
      self.unit = unit
      self.relation = relation
      self.here = here
    }
  }

  /// All that a player may read of a unit outside its rounds.
  public struct UnitPage: Hashable, Sendable {
    /// The unit.
    public let unit: UnitCard
    /// Its clues.
    public let clues: [Clue]
    /// Its reveal excerpts.
    public let reveals: [Clue]
    /// The words on which it peaks.
    public let peakWords: [String]
    /// The tokens that its output direction promotes most.
    public let promoted: [String]
    /// The tokens that its output direction suppresses most.
    public let suppressed: [String]
    /// Units that have to do with it.
    public let neighbours: [Neighbour]
    /// What it was explained by, the best first.
    public let explanations: [ExplanationCredit]

    /// A value of these parts.
    public init(
      unit: UnitCard,
      clues: [Clue],
      reveals: [Clue],
      peakWords: [String],
      promoted: [String],
      suppressed: [String],
      neighbours: [Neighbour],
      explanations: [ExplanationCredit]
    ) {
      self.unit = unit
      self.clues = clues
      self.reveals = reveals
      self.peakWords = peakWords
      self.promoted = promoted
      self.suppressed = suppressed
      self.neighbours = neighbours
      self.explanations = explanations
    }
  }
}

extension Wire.UnitCard: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("layer", layer)
      writer.field("density", density, decimals: 4)
      writer.field("lexical", lexical)
    }
  }
}

extension Wire.Clue: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("kind", kind)
      writer.field("source", source)
      writer.field("tokens", tokens)
      writer.field("activations", activations, decimals: 3)
      writer.field("scale", scale, decimals: 3)
      writer.field("peak", peak)
      writer.field("window", window)
    }
  }
}

extension Wire.Neighbour: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("relation", relation)
      writer.field("here", here)
    }
  }
}

extension Wire.UnitPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("clues", clues)
      writer.field("reveals", reveals)
      writer.field("peakWords", peakWords)
      writer.field("promoted", promoted)
      writer.field("suppressed", suppressed)
      writer.field("neighbours", neighbours)
      writer.field("explanations", explanations)
    }
  }
}
