public import ArenaTypes

extension Wire {
  /// Who wrote an explanation.
  public enum AuthorKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// A person who plays here.
    case player
    /// The makers of the campaign.
    case house
    /// A program.
    case machine
  }

  /// Who wrote an explanation.
  public struct AuthorCredit: Hashable, Sendable {
    /// What sort of author.
    public let kind: AuthorKind
    /// The player, if it was one.
    public let player: PlayerID?
    /// What to show.
    public let name: String

    /// A value of these parts.
    public init(kind: AuthorKind, player: PlayerID?, name: String) {
      self.kind = kind
      self.player = player
      self.name = name
    }
  }

  /// An explanation with its author and its score.
  public struct ExplanationCredit: Hashable, Sendable {
    /// What it says.
    public let text: String
    /// Who wrote it.
    public let author: AuthorCredit
    /// How well it predicts, if that was computed.
    public let score: Score?

    /// A value of these parts.
    public init(text: String, author: AuthorCredit, score: Score?) {
      self.text = text
      self.author = author
      self.score = score
    }
  }

  /// The two explanations of a pick, without authors and scores.
  public struct SideTexts: Hashable, Sendable {
    /// The text of side a.
    public let a: String
    /// The text of side b.
    public let b: String

    /// A value of these parts.
    public init(a: String, b: String) {
      self.a = a
      self.b = b
    }
  }

  /// The two explanations of a pick, with authors and scores.
  public struct SideCredits: Hashable, Sendable {
    /// Side a.
    public let a: ExplanationCredit
    /// Side b.
    public let b: ExplanationCredit

    /// A value of these parts.
    public init(a: ExplanationCredit, b: ExplanationCredit) {
      self.a = a
      self.b = b
    }
  }
}

extension Wire.AuthorCredit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind)
      writer.field("player", player)
      writer.field("name", name)
    }
  }
}

extension Wire.ExplanationCredit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("text", text)
      writer.field("author", author)
      writer.field("score", score)
    }
  }
}

extension Wire.SideTexts: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("a", a)
      writer.field("b", b)
    }
  }
}

extension Wire.SideCredits: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("a", a)
      writer.field("b", b)
    }
  }
}
