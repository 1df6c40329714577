extension Wire {
  /// What texts may be tried on a unit.
  public struct TextOffer: Hashable, Sendable {
    /// The most tokens of a text.
    public let tokensMax: Int
    /// The most characters of a text.
    public let charactersMax: Int
    /// How many texts the player may try at once; the number grows again with time.
    public let left: Int

    /// A value of these parts.
    public init(tokensMax: Int, charactersMax: Int, left: Int) {
      self.tokensMax = tokensMax
      self.charactersMax = charactersMax
      self.left = left
    }
  }

  /// Where a unit's public data can be had without a connection.
  public struct UnitLinks: Hashable, Sendable {
    /// All that its page says, as JSON.
    public let data: String
    /// A card of it, which pages elsewhere may show in a frame.
    public let card: String

    /// A value of these parts.
    public init(data: String, card: String) {
      self.data = data
      self.card = card
    }
  }
}

extension Wire.TextOffer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("tokensMax", tokensMax)
      writer.field("charactersMax", charactersMax)
      writer.field("left", left)
    }
  }
}

extension Wire.UnitLinks: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("data", data)
      writer.field("card", card)
    }
  }
}
