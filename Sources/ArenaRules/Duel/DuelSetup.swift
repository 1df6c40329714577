public import ArenaTypes

/// One of the two who play a duel.
public struct Seat: Hashable, Sendable, Codable {
  /// What sits there.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// A person.
    case human
    /// A program, shown as one.
    case bot
    /// What a person did in another duel, replayed and shown as such.
    case ghost
  }

  /// Who it is.
  public let player: PlayerID
  /// The name shown.
  public let name: String
  /// A person or a program.
  public let kind: Kind
  /// The rating in the duel's format before it.
  public let rating: Rating

  /// A seat of these parts.
  public init(player: PlayerID, name: String, kind: Kind, rating: Rating) {
    self.player = player
    self.name = name
    self.kind = kind
    self.rating = rating
  }
}

/// All that determines a duel, apart from what the players do.
public struct DuelSetup: Hashable, Sendable, Codable {
  /// The duel's name.
  public let id: DuelID
  /// Which rounds it has.
  public let format: DuelFormat
  /// The two players.
  public let seats: [Seat]
  /// One unit a regular round, in order, then units for sudden death.
  public let materials: [UnitMaterial]
  /// What every draw comes from; never shown to a client, which could compute the answers from it.
  public let seed: UInt64
  /// Whether the result moves ratings; never with a bot or a ghost.
  public let isRated: Bool
  /// How long its parts last.
  public let timing: DuelTiming
  /// The campaign that its units come from; nil in duels from before there were several.
  public let campaign: CampaignID?

  /// A setup of these parts; `isRated` becomes false if a seat is no person's.
  public init(
    id: DuelID, format: DuelFormat, seats: [Seat], materials: [UnitMaterial], seed: UInt64,
    isRated: Bool, timing: DuelTiming = DuelTiming(), campaign: CampaignID? = nil
  ) {
    self.id = id
    self.format = format
    self.seats = seats
    self.materials = materials
    self.seed = seed
    self.isRated = isRated && seats.allSatisfy { $0.kind == .human }
    self.timing = timing
    self.campaign = campaign
  }

  /// Checks that a duel can be made of this.
  ///
  /// - Throws: The first thing that is wrong.
  public func validate() throws(DuelSetupRejection) {
    guard seats.count == seatCount else { throw .notTwoSeats(seats.count) }
    guard seats[0].player != seats[1].player else { throw .samePlayerTwice }
    let kinds = format.rounds
    guard materials.count >= kinds.count else {
      throw .tooFewMaterials(needed: kinds.count, found: materials.count)
    }
    for (round, kind) in kinds.enumerated()
    where !materials[round].canBeAsked(as: kind) {
      throw .materialUnfit(materials[round].unit)
    }
  }
}

/// Why no duel can be made of a setup; the shell's mistake, never a player's.
public enum DuelSetupRejection: Error, Hashable, Sendable {
  /// A duel has two seats; carries how many there are.
  case notTwoSeats(Int)
  /// Both seats are the same player's.
  case samePlayerTwice
  /// There are fewer units than regular rounds.
  case tooFewMaterials(needed: Int, found: Int)
  /// A unit can't be asked about in its round.
  case materialUnfit(UnitID)
}
