extension Wire {
  /// What has become of a fire text.
  public enum FireState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The engine still works on it.
    case measuring
    /// The model read it.
    case measured
    /// It breaks a rule; the try is not used up.
    case refused
    /// The engine could not run it; the try counts 0.
    case failed
  }

  /// Why a text does not count.
  public struct TextRefusal: Hashable, Sendable {
    /// The code of `codes.json`.
    public let code: ErrorCode
    /// One sentence for its author.
    public let reason: String

    /// A value of these parts.
    public init(code: ErrorCode, reason: String) {
      self.code = code
      self.reason = reason
    }
  }

  /// One token of a fire text as the model read it.
  public struct TokenActivation: Hashable, Sendable {
    /// The token.
    public let text: String
    /// The unit's activation on it.
    public let activation: Double

    /// A value of these parts.
    public init(text: String, activation: Double) {
      self.text = text
      self.activation = activation
    }
  }

  /// One text of a fire round and what the model made of it.
  public struct FireTry: Hashable, Sendable {
    /// Which try it was, counted from 1.
    public let attempt: Int
    /// What was written; empty for others while it is hidden.
    public let text: String
    /// What has become of it.
    public let state: FireState
    /// Its tokens; empty unless it was measured, and for others while it is hidden.
    public let tokens: [TokenActivation]
    /// The strongest activation; null unless it was measured.
    public let peak: Double?
    /// Whether five tokens in a row are from a clue, so that it counts 0.
    public let copied: Bool
    /// What it is worth before the round's weight.
    public let points: Int
    /// Which rule it breaks, in the state `refused`.
    public let refused: TextRefusal?
    /// Whether only its author may see the text: it was refused or not read, or waits for a moderator.
    public let hidden: Bool

    /// A value of these parts.
    public init(
      attempt: Int,
      text: String,
      state: FireState,
      tokens: [TokenActivation],
      peak: Double?,
      copied: Bool,
      points: Int,
      refused: TextRefusal?,
      hidden: Bool
    ) {
      self.attempt = attempt
      self.text = text
      self.state = state
      self.tokens = tokens
      self.peak = peak
      self.copied = copied
      self.points = points
      self.refused = refused
      self.hidden = hidden
    }
  }
}

extension Wire.TextRefusal: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("code", code)
      writer.field("reason", reason)
    }
  }
}

extension Wire.TokenActivation: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("text", text)
      writer.field("activation", activation, decimals: 3)
    }
  }
}

extension Wire.FireTry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("attempt", attempt)
      writer.field("text", text)
      writer.field("state", state)
      writer.field("tokens", tokens)
      writer.field("peak", peak, decimals: 3)
      writer.field("copied", copied)
      writer.field("points", points)
      writer.field("refused", refused)
      writer.field("hidden", hidden)
    }
  }
}
