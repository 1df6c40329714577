extension Wire {
  /// How a duel ended.
  public enum DuelOutcome: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// One player has won.
    case win
    /// Nobody was better.
    case draw
    /// It does not count.
    case void
  }

  /// Why a duel ended.
  public enum DuelEndReason: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// All rounds were played.
    case points
    /// A player gave up.
    case resigned
    /// A player, or both, were away for too long.
    case absent
    /// A moderator ended it.
    case moderator
  }

  /// A rating before and after a duel.
  public struct RatingChange: Hashable, Sendable {
    /// Before.
    public let before: RatingView
    /// After.
    public let after: RatingView

    /// A value of these parts.
    public init(before: RatingView, after: RatingView) {
      self.before = before
      self.after = after
    }
  }

  /// Two sentences on why reading neurons matters.
  public struct ResultCard: Hashable, Sendable {
    /// A headline.
    public let title: String
    /// The sentences.
    public let text: String

    /// A value of these parts.
    public init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  /// How a duel ended.
  public struct DuelResult: Hashable, Sendable {
    /// Won, drawn or void.
    public let outcome: DuelOutcome
    /// The seat that has won.
    public let winner: Int?
    /// Why it ended.
    public let reason: DuelEndReason
    /// What the moderator wrote, if one ended it.
    public let note: String?
    /// The points of each seat.
    public let totals: Pair<Int>
    /// The rounds that were played.
    public let rounds: [RoundSummary]
    /// Whether it moves ratings; never against bots, never when void.
    public let rated: Bool
    /// Each seat's rating before and after; null if it is not rated.
    public let ratings: Pair<RatingChange?>
    /// What to take home.
    public let card: ResultCard

    /// A value of these parts.
    public init(
      outcome: DuelOutcome,
      winner: Int?,
      reason: DuelEndReason,
      note: String?,
      totals: Pair<Int>,
      rounds: [RoundSummary],
      rated: Bool,
      ratings: Pair<RatingChange?>,
      card: ResultCard
    ) {
      self.outcome = outcome
      self.winner = winner
      self.reason = reason
      self.note = note
      self.totals = totals
      self.rounds = rounds
      self.rated = rated
      self.ratings = ratings
      self.card = card
    }
  }
}

extension Wire.RatingChange: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("before", before)
      writer.field("after", after)
    }
  }
}

extension Wire.ResultCard: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("title", title)
      writer.field("text", text)
    }
  }
}

extension Wire.DuelResult: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("outcome", outcome)
      writer.field("winner", winner)
      writer.field("reason", reason)
      writer.field("note", note)
      writer.field("totals", totals)
      writer.field("rounds", rounds)
      writer.field("rated", rated)
      writer.field("ratings", ratings)
      writer.field("card", card)
    }
  }
}
