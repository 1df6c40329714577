public import ArenaTypes

extension Wire {
  /// Who sits on a duel's seat.
  public enum SeatKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// A person.
    case human
    /// A program, labelled as such.
    case bot
  }

  /// What a connection may do.
  public enum Role: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Play and watch.
    case player
    /// Also see and steer all live sessions.
    case moderator
  }

  /// A Glicko-2 rating as players see it.
  public struct RatingView: Hashable, Sendable {
    /// The rating; 1500 is where everyone starts.
    public let rating: Double
    /// The rating deviation: the 95 % interval is twice this to each side.
    public let deviation: Double
    /// Whether the deviation is still too large to rank the player.
    public let provisional: Bool

    /// A value of these parts.
    public init(rating: Double, deviation: Double, provisional: Bool) {
      self.rating = rating
      self.deviation = deviation
      self.provisional = provisional
    }
  }

  /// A player's rating in each duel format.
  public struct Ratings: Hashable, Sendable {
    /// In pick duels.
    public let pick: RatingView
    /// In write duels.
    public let write: RatingView
    /// In fire duels.
    public let fire: RatingView
    /// In mixed duels.
    public let mixed: RatingView

    /// A value of these parts.
    public init(pick: RatingView, write: RatingView, fire: RatingView, mixed: RatingView) {
      self.pick = pick
      self.write = write
      self.fire = fire
      self.mixed = mixed
    }
  }

  /// A player as the player itself sees it.
  public struct Player: Hashable, Sendable {
    /// Its name in messages.
    public let id: PlayerID
    /// What others see.
    public let name: String
    /// Its ratings.
    public let ratings: Ratings
    /// Whether it has chosen to see explicit texts.
    public let showExplicit: Bool
    /// How many rounds it has finished.
    public let roundsPlayed: Int
    /// When it first came.
    public let createdAt: Timestamp
    /// Whether explanations are held back in solo play until it has made a guess.
    public let hideExplanations: Bool
    /// Where it says that it is at home.
    public let territory: Territory?

    /// A value of these parts.
    public init(
      id: PlayerID,
      name: String,
      ratings: Ratings,
      showExplicit: Bool,
      roundsPlayed: Int,
      createdAt: Timestamp,
      hideExplanations: Bool = true,
      territory: Territory? = nil
    ) {
      self.id = id
      self.name = name
      self.ratings = ratings
      self.showExplicit = showExplicit
      self.roundsPlayed = roundsPlayed
      self.createdAt = createdAt
      self.hideExplanations = hideExplanations
      self.territory = territory
    }
  }

  /// One side of a duel.
  public struct Seat: Hashable, Sendable {
    /// Who sits there.
    public let player: PlayerID
    /// What others see.
    public let name: String
    /// A person or a program.
    public let kind: SeatKind
    /// Its rating when the duel was made.
    public let rating: Double
    /// Its rating deviation then.
    public let deviation: Double
    /// Whether it has a connection.
    public let connected: Bool
    /// Whether the program replays what a person did in another duel.
    public let ghost: Bool

    /// A value of these parts.
    public init(
      player: PlayerID,
      name: String,
      kind: SeatKind,
      rating: Double,
      deviation: Double,
      connected: Bool,
      ghost: Bool = false
    ) {
      self.player = player
      self.name = name
      self.kind = kind
      self.rating = rating
      self.deviation = deviation
      self.connected = connected
      self.ghost = ghost
    }
  }
}

extension Wire.RatingView: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("rating", rating, decimals: 1)
      writer.field("deviation", deviation, decimals: 1)
      writer.field("provisional", provisional)
    }
  }
}

extension Wire.Ratings: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("pick", pick)
      writer.field("write", write)
      writer.field("fire", fire)
      writer.field("mixed", mixed)
    }
  }
}

extension Wire.Player: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("name", name)
      writer.field("ratings", ratings)
      writer.field("showExplicit", showExplicit)
      writer.field("roundsPlayed", roundsPlayed)
      writer.field("createdAt", createdAt)
      writer.field("hideExplanations", hideExplanations)
      writer.field("territory", territory)
    }
  }
}

extension Wire.Seat: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("name", name)
      writer.field("kind", kind)
      writer.field("rating", rating, decimals: 1)
      writer.field("deviation", deviation, decimals: 1)
      writer.field("connected", connected)
      writer.field("ghost", ghost)
    }
  }
}
