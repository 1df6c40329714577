public import ArenaTypes

extension ServerAnswer {
  /// The place in the queue.
  public struct Queued: Hashable, Sendable {
    /// The place, counted from 1.
    public let position: Int
    /// How many wait for this format, this player included.
    public let waiting: Int

    /// A value of these parts.
    public init(position: Int, waiting: Int) {
      self.position = position
      self.waiting = waiting
    }
  }

  /// A duel that starts.
  public struct DuelFound: Hashable, Sendable {
    /// Its name: subscribe to `duel/{id}`.
    public let duel: DuelID

    /// A value of these parts.
    public init(duel: DuelID) {
      self.duel = duel
    }
  }

  /// A private duel that waits.
  public struct Invited: Hashable, Sendable {
    /// The invitation.
    public let invite: Wire.Invite

    /// A value of these parts.
    public init(invite: Wire.Invite) {
      self.invite = invite
    }
  }

  /// What became of the wish.
  public struct Rematch: Hashable, Sendable {
    /// Whether the opponent has still to agree.
    public let waiting: Bool
    /// The new duel, if both agree.
    public let duel: DuelID?

    /// A value of these parts.
    public init(waiting: Bool, duel: DuelID?) {
      self.waiting = waiting
      self.duel = duel
    }
  }

  /// The answer is on disk.
  public struct AnswerAccepted: Hashable, Sendable {
    /// The round.
    public let round: Int
    /// Which try of a fire round it was, counted from 1.
    public let attempt: Int?
    /// How many texts may still be tried, in a fire round.
    public let triesLeft: Int?

    /// A value of these parts.
    public init(round: Int, attempt: Int?, triesLeft: Int?) {
      self.round = round
      self.attempt = attempt
      self.triesLeft = triesLeft
    }
  }
}

extension ServerAnswer.Queued: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("position", position)
      writer.field("waiting", waiting)
    }
  }
}

extension ServerAnswer.DuelFound: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
    }
  }
}

extension ServerAnswer.Invited: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("invite", invite)
    }
  }
}

extension ServerAnswer.Rematch: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("waiting", waiting)
      writer.field("duel", duel)
    }
  }
}

extension ServerAnswer.AnswerAccepted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("round", round)
      writer.field("attempt", attempt)
      writer.field("triesLeft", triesLeft)
    }
  }
}
