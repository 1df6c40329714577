public import ArenaTypes

extension ServerEvent {
  /// The whole duel; sent to one subscriber where missed events can't be told one by one.
  public struct DuelSnapshot: Hashable, Sendable {
    /// The duel.
    public let duel: Wire.DuelView

    /// A value of these parts.
    public init(duel: Wire.DuelView) {
      self.duel = duel
    }
  }

  /// The duel was made; the first round opens after a countdown.
  public struct DuelStarted: Hashable, Sendable {
    /// What its rounds are.
    public let format: Wire.DuelFormat
    /// How many rounds the format has.
    public let rounds: Int
    /// The two seats.
    public let players: Wire.Pair<Wire.Seat>
    /// When the first round opens.
    public let startsAt: Timestamp

    /// A value of these parts.
    public init(
      format: Wire.DuelFormat,
      rounds: Int,
      players: Wire.Pair<Wire.Seat>,
      startsAt: Timestamp
    ) {
      self.format = format
      self.rounds = rounds
      self.players = players
      self.startsAt = startsAt
    }
  }

  /// A player has gone or come back.
  public struct DuelPresence: Hashable, Sendable {
    /// The seat.
    public let seat: Int
    /// Whether it has a connection.
    public let connected: Bool
    /// When the other may claim the duel; null while connected.
    public let claimableAt: Timestamp?

    /// A value of these parts.
    public init(seat: Int, connected: Bool, claimableAt: Timestamp?) {
      self.seat = seat
      self.connected = connected
      self.claimableAt = claimableAt
    }
  }

  /// How many watch has changed; at most once a second.
  public struct DuelSpectators: Hashable, Sendable {
    /// How many watch.
    public let count: Int

    /// A value of these parts.
    public init(count: Int) {
      self.count = count
    }
  }

  /// All clocks of the duel were moved, after an outage.
  public struct DuelClockMoved: Hashable, Sendable {
    /// By how much.
    public let byMilliseconds: Int
    /// When the phase ends now.
    public let phaseEndsAt: Timestamp?

    /// A value of these parts.
    public init(byMilliseconds: Int, phaseEndsAt: Timestamp?) {
      self.byMilliseconds = byMilliseconds
      self.phaseEndsAt = phaseEndsAt
    }
  }

  /// The duel is over; no event follows but a change of spectators.
  public struct DuelFinished: Hashable, Sendable {
    /// The result.
    public let result: Wire.DuelResult

    /// A value of these parts.
    public init(result: Wire.DuelResult) {
      self.result = result
    }
  }
}

extension ServerEvent.DuelSnapshot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
    }
  }
}

extension ServerEvent.DuelStarted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("rounds", rounds)
      writer.field("players", players)
      writer.field("startsAt", startsAt)
    }
  }
}

extension ServerEvent.DuelPresence: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("seat", seat)
      writer.field("connected", connected)
      writer.field("claimableAt", claimableAt)
    }
  }
}

extension ServerEvent.DuelSpectators: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("count", count)
    }
  }
}

extension ServerEvent.DuelClockMoved: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("byMilliseconds", byMilliseconds)
      writer.field("phaseEndsAt", phaseEndsAt)
    }
  }
}

extension ServerEvent.DuelFinished: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("result", result)
    }
  }
}
