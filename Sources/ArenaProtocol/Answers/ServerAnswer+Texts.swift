extension ServerAnswer {
  /// A text as the unit has read it.
  public struct TextTried: Hashable, Sendable {
    /// All its tokens, with the unit's activation on each.
    public let tokens: [Wire.TokenActivation]
    /// The activation of full colour, as for the unit's clues.
    public let scale: Double
    /// How many texts the player may still try at once.
    public let left: Int

    /// A value of these parts.
    public init(tokens: [Wire.TokenActivation], scale: Double, left: Int) {
      self.tokens = tokens
      self.scale = scale
      self.left = left
    }
  }

  /// What earlier tokens add to the activation on one of them.
  public struct TextAttributed: Hashable, Sendable {
    /// The token that was asked about.
    public let token: Int
    /// The unit's activation there, with the whole text before it.
    public let activation: Double
    /// What each token before it adds: the activation less that without the token.
    public let adds: [Float]
    /// How many texts the player may still try at once.
    public let left: Int

    /// A value of these parts.
    public init(token: Int, activation: Double, adds: [Float], left: Int) {
      self.token = token
      self.activation = activation
      self.adds = adds
      self.left = left
    }
  }

  /// Units that were found.
  public struct UnitsFound: Hashable, Sendable {
    /// The nearest first.
    public let hits: [Wire.UnitHit]
    /// Whether all units were looked at: after a start it takes a while until all meanings are known.
    public let complete: Bool

    /// A value of these parts.
    public init(hits: [Wire.UnitHit], complete: Bool) {
      self.hits = hits
      self.complete = complete
    }
  }
}

extension ServerAnswer.TextTried: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("tokens", tokens)
      writer.field("scale", scale, decimals: 3)
      writer.field("left", left)
    }
  }
}

extension ServerAnswer.TextAttributed: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("token", token)
      writer.field("activation", activation, decimals: 3)
      writer.field("adds", adds, decimals: 3)
      writer.field("left", left)
    }
  }
}

extension ServerAnswer.UnitsFound: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("hits", hits)
      writer.field("complete", complete)
    }
  }
}
