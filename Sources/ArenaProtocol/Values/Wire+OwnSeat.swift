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

    /// A value of these parts.
    public init(
      seat: Int,
      answer: Answer?,
      textState: TextState?,
      refused: TextRefusal?,
      tries: [FireTry],
      triesLeft: Int?
    ) {
      self.seat = seat
      self.answer = answer
      self.textState = textState
      self.refused = refused
      self.tries = tries
      self.triesLeft = triesLeft
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
    }
  }
}
