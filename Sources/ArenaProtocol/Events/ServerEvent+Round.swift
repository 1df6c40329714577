public import ArenaTypes

extension ServerEvent {
  /// A round is open for answers.
  public struct DuelRoundStarted: Hashable, Sendable {
    /// The round.
    public let round: Wire.RoundView

    /// A value of these parts.
    public init(round: Wire.RoundView) {
      self.round = round
    }
  }

  /// A seat has answered for good; what it answered is told at the reveal.
  public struct DuelLockedIn: Hashable, Sendable {
    /// The round.
    public let round: Int
    /// The seat.
    public let seat: Int

    /// A value of these parts.
    public init(round: Int, seat: Int) {
      self.round = round
      self.seat = seat
    }
  }

  /// A seat wants the reveal to end; it ends when both do.
  public struct DuelReadied: Hashable, Sendable {
    /// The round.
    public let round: Int
    /// The seat.
    public let seat: Int

    /// A value of these parts.
    public init(round: Int, seat: Int) {
      self.round = round
      self.seat = seat
    }
  }

  /// The round is over and the engine works.
  public struct DuelScoring: Hashable, Sendable {
    /// The round.
    public let round: Int
    /// Since when.
    public let since: Timestamp
    /// When the round is given up at the latest.
    public let until: Timestamp

    /// A value of these parts.
    public init(round: Int, since: Timestamp, until: Timestamp) {
      self.round = round
      self.since = since
      self.until = until
    }
  }

  /// The truth of a round.
  public struct DuelRevealed: Hashable, Sendable {
    /// The truth.
    public let reveal: Wire.Reveal
    /// The points so far.
    public let totals: Wire.Pair<Int>
    /// When the duel goes on, at the latest.
    public let nextAt: Timestamp

    /// A value of these parts.
    public init(reveal: Wire.Reveal, totals: Wire.Pair<Int>, nextAt: Timestamp) {
      self.reveal = reveal
      self.totals = totals
      self.nextAt = nextAt
    }
  }

  /// What the explanations of a revealed round predict; it follows the reveal once the engine knows.
  public struct DuelHeat: Hashable, Sendable {
    /// The round.
    public let round: Int
    /// The reveal's heat map, now with predictions.
    public let heat: Wire.Heat

    /// A value of these parts.
    public init(round: Int, heat: Wire.Heat) {
      self.round = round
      self.heat = heat
    }
  }
}

extension ServerEvent.DuelRoundStarted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
    }
  }
}

extension ServerEvent.DuelLockedIn: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("seat", seat)
    }
  }
}

extension ServerEvent.DuelReadied: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("seat", seat)
    }
  }
}

extension ServerEvent.DuelScoring: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("since", since)
      writer.field("until", until)
    }
  }
}

extension ServerEvent.DuelRevealed: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("reveal", reveal)
      writer.field("totals", totals)
      writer.field("nextAt", nextAt)
    }
  }
}

extension ServerEvent.DuelHeat: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("heat", heat)
    }
  }
}
