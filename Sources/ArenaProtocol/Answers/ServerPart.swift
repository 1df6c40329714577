/// A part of an answer that is told as it is computed, before the answer itself.
///
/// Parts go to the connection that asked, in order; an `ok`, which has all of it, or an `error` ends
/// them.
public enum ServerPart: Hashable, Sendable {
  /// Some tokens of a text that is tried.
  case unitTry(TextRead)
  /// What some tokens add.
  case unitAttribute(TextAdded)

  /// Tokens that follow one another, with the unit's activation on each.
  public struct TextRead: Hashable, Sendable {
    /// The place of the first one.
    public let from: Int
    /// How many tokens the text has.
    public let of: Int
    /// The tokens.
    public let tokens: [Wire.TokenActivation]
    /// The activation of full colour, as for the unit's clues.
    public let scale: Double

    /// A value of these parts.
    public init(from: Int, of: Int, tokens: [Wire.TokenActivation], scale: Double) {
      self.from = from
      self.of = of
      self.tokens = tokens
      self.scale = scale
    }
  }

  /// What tokens that follow one another add to the activation that was asked about.
  public struct TextAdded: Hashable, Sendable {
    /// The place of the first one.
    public let from: Int
    /// What each adds; the nearest tokens are told first.
    public let adds: [Float]
    /// The activation that was asked about.
    public let activation: Double

    /// A value of these parts.
    public init(from: Int, adds: [Float], activation: Double) {
      self.from = from
      self.adds = adds
      self.activation = activation
    }
  }

  /// The kind of command that it is a part of the answer to.
  public var kind: ClientCommand.Kind {
    switch self {
    case .unitTry: .unitTry
    case .unitAttribute: .unitAttribute
    }
  }

  /// The content, which stands under `data`.
  var content: any JSONWritable {
    switch self {
    case .unitTry(let content): content
    case .unitAttribute(let content): content
    }
  }
}

extension ServerPart.TextRead: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("from", from)
      writer.field("of", of)
      writer.field("tokens", tokens)
      writer.field("scale", scale, decimals: 3)
    }
  }
}

extension ServerPart.TextAdded: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("from", from)
      writer.field("adds", adds, decimals: 3)
      writer.field("activation", activation, decimals: 3)
    }
  }
}
