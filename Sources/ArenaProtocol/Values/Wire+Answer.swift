extension Wire {
  /// What a player answers in a round.
  public enum Answer: Hashable, Sendable {
    /// The chosen side of a pick round.
    case pick(Side)
    /// The explanation of a write round.
    case write(String)
    /// The odd one of an odd-one-out round, counted from 1; 0 if all four are the same.
    case oddOneOut(Int)
    /// The positions of the marked tokens of a predict round, counted from 0.
    case predict([Int])
    /// One text of a fire round.
    case fire(String)
    /// No more texts in this fire round.
    case done

    /// The most characters of a written text that reach the rules, which have closer limits.
    public static let textLengthMax = 500
    /// How many excerpts an odd-one-out round has.
    public static let excerptCount = 4
  }
}

extension Wire.Answer: JSONWritable {
  /// Appends the answer as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      switch self {
      case .pick(let side):
        writer.field("kind", "pick")
        writer.field("side", side)
      case .write(let text):
        writer.field("kind", "write")
        writer.field("text", text)
      case .oddOneOut(let odd):
        writer.field("kind", "oddOneOut")
        writer.field("odd", odd)
      case .predict(let tokens):
        writer.field("kind", "predict")
        writer.field("tokens", tokens)
      case .fire(let text):
        writer.field("kind", "fire")
        writer.field("text", text)
      case .done: writer.field("kind", "done")
      }
    }
  }
}
