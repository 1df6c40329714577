public import ArenaTypes

extension Wire {
  /// What has become of a written explanation.
  public enum TextState: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The server still looks at it.
    case checking
    /// It counts.
    case accepted
    /// It does not count and may be written again.
    case refused
  }

  /// What only the player itself may see of its running round.
  public struct OwnSeat: Hashable, Sendable {
    /// Where it sits.
    public let seat: Int
    /// Its choice, its marks or its text, once acknowledged.
    public let answer: Answer?
    /// What has become of its text, in a write round.
    public let textState: TextState?
    /// Why its text was refused, if it was.
    public let refused: TextRefusal?
    /// Its tries, in a fire round; empty otherwise.
    public let tries: [FireTry]
    /// How many texts it may still try, in a fire round.
    public let triesLeft: Int?
    /// The score of its text, in a write round, as soon as there is one.
    public let score: Score?
    /// Whether that is a first score, which the score itself will replace.
    public let provisional: Bool
    /// Whether its text is hidden from others until a moderator has looked at it.
    public let hidden: Bool

    /// A value of these parts.
    public init(
      seat: Int,
      answer: Answer?,
      textState: TextState?,
      refused: TextRefusal?,
      tries: [FireTry],
      triesLeft: Int?,
      score: Score?,
      provisional: Bool,
      hidden: Bool
    ) {
      self.seat = seat
      self.answer = answer
      self.textState = textState
      self.refused = refused
      self.tries = tries
      self.triesLeft = triesLeft
      self.score = score
      self.provisional = provisional
      self.hidden = hidden
    }
  }
}

extension Wire.OwnSeat: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("seat", seat)
      writer.field("answer", answer)
      writer.field("textState", textState)
      writer.field("refused", refused)
      writer.field("tries", tries)
      writer.field("triesLeft", triesLeft)
      writer.field("score", score)
      writer.field("provisional", provisional)
      writer.field("hidden", hidden)
    }
  }
}
