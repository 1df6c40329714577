public import ArenaTypes

extension ServerEvent {
  /// What the model made of the player's fire text.
  public struct DuelFireResult: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The round.
    public let round: Int
    /// The try.
    public let result: Wire.FireTry
    /// How many texts may still be tried; a refused one uses up none.
    public let triesLeft: Int

    /// A value of these parts.
    public init(duel: DuelID, round: Int, result: Wire.FireTry, triesLeft: Int) {
      self.duel = duel
      self.round = round
      self.result = result
      self.triesLeft = triesLeft
    }
  }

  /// Whether the player's explanation counts; a refused one may be written again.
  public struct DuelWriteChecked: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The round.
    public let round: Int
    /// The explanation, white space folded.
    public let text: String
    /// Whether it counts.
    public let accepted: Bool
    /// Why not.
    public let refused: Wire.TextRefusal?
    /// Whether it is hidden from others until a moderator has looked at it.
    public let hidden: Bool

    /// A value of these parts.
    public init(
      duel: DuelID,
      round: Int,
      text: String,
      accepted: Bool,
      refused: Wire.TextRefusal?,
      hidden: Bool
    ) {
      self.duel = duel
      self.round = round
      self.text = text
      self.accepted = accepted
      self.refused = refused
      self.hidden = hidden
    }
  }

  /// The score of the player's explanation, before anybody else learns of it.
  public struct DuelScore: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The round.
    public let round: Int
    /// The explanation, white space folded.
    public let text: String
    /// Its score.
    public let score: Score
    /// Whether it is a first score that counts nowhere: the score itself will follow.
    public let provisional: Bool

    /// A value of these parts.
    public init(
      duel: DuelID,
      round: Int,
      text: String,
      score: Score,
      provisional: Bool
    ) {
      self.duel = duel
      self.round = round
      self.text = text
      self.score = score
      self.provisional = provisional
    }
  }
}

extension ServerEvent.DuelFireResult: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("round", round)
      writer.field("result", result)
      writer.field("triesLeft", triesLeft)
    }
  }
}

extension ServerEvent.DuelWriteChecked: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("round", round)
      writer.field("text", text)
      writer.field("accepted", accepted)
      writer.field("refused", refused)
      writer.field("hidden", hidden)
    }
  }
}

extension ServerEvent.DuelScore: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("round", round)
      writer.field("text", text)
      writer.field("score", score)
      writer.field("provisional", provisional)
    }
  }
}
