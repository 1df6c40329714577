public import ArenaTypes

/// Where a player is in solo play, what it has guessed, and what it may still spend.
///
/// The player walks along a trail of units: back and forth over those it has been at, and on to new
/// ones at its end. A command names the unit that it was given at, so that one that is repeated moves
/// nothing twice.
public struct SoloState: Hashable, Sendable {
  /// The most units of the trail; the oldest are forgotten.
  public static let trailCountMax = 200
  /// The most units whose guesses are remembered, the latest ones.
  public static let guessedCountMax = 500

  /// The scores of the day.
  public var budget = ScoringBudget()
  /// The units that the player has been at, in order.
  public private(set) var trail: [UnitID] = []
  /// The place of the present unit in `trail`.
  public private(set) var place = 0
  /// When the player came to the present unit.
  public private(set) var cameAt = Timestamp(millisecondsSinceEpoch: 0)
  /// The units at which the player has made a guess, the latest last.
  public private(set) var guessed: [UnitID] = []
  /// Whether explanations are held back until the player has made a guess, against confirmation bias.
  public var hidesExplanations = true
  /// When each milestone was earned, by its name.
  public var milestones: [String: Timestamp] = [:]

  /// Nothing done yet.
  public init() {}

  /// The unit that the player is at; nil before the first.
  public var current: UnitID? { trail.indices.contains(place) ? trail[place] : nil }
  /// Whether there is a unit before the present one.
  public var hasBack: Bool { place > 0 }
  /// Whether the player has been at a later unit already.
  public var hasForward: Bool { place + 1 < trail.count }

  /// Whether the explanations of `unit` are held back.
  public func holdsBack(_ unit: UnitID) -> Bool {
    hidesExplanations && !guessed.contains(unit)
  }

  /// Whether the unit is the present one and its explanations are held back, so that nothing else may
  /// show them either.
  public func seals(_ unit: UnitID) -> Bool { current == unit && holdsBack(unit) }

  /// Goes to `unit`, whatever comes after the present one.
  public mutating func open(_ unit: UnitID, now: Timestamp) {
    guard current != unit else { return }
    if !trail.isEmpty { trail.removeLast(trail.count - place - 1) }
    append(unit, now: now)
  }

  /// Goes on from `unit`: over the trail, or at its end to what `choose` finds.
  ///
  /// Does nothing where the player is at another unit, or where nothing is found.
  public mutating func next(from unit: UnitID, now: Timestamp, choose: () -> UnitID?) {
    guard current == unit else { return }
    if hasForward {
      place += 1
      cameAt = now
    } else if let chosen = choose() {
      append(chosen, now: now)
    }
  }

  /// Goes back from `unit`; does nothing where the player is at another one, or at the first.
  public mutating func back(from unit: UnitID, now: Timestamp) {
    guard current == unit, hasBack else { return }
    place -= 1
    cameAt = now
  }

  /// Notes that the player has made a guess.
  public mutating func guess(at unit: UnitID) {
    guard guessed.last != unit else { return }
    guessed.removeAll { $0 == unit }
    guessed.append(unit)
    guessed.removeFirst(max(0, guessed.count - Self.guessedCountMax))
  }

  private mutating func append(_ unit: UnitID, now: Timestamp) {
    trail.append(unit)
    trail.removeFirst(max(0, trail.count - Self.trailCountMax))
    place = trail.count - 1
    cameAt = now
  }

  /// How many scores a text costs: one, and where it has several meanings one more for each.
  public static func cost(of text: ExplanationText) -> Int {
    text.meanings.count > 1 ? 1 + text.meanings.count : 1
  }
}

extension SoloState: Codable {
  private enum CodingKeys: String, CodingKey {
    case budget, trail, place, cameAt, guessed, hidesExplanations, milestones
  }

  /// Decodes what is there; what an earlier version did not keep is as at the start.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    budget = try values.decodeIfPresent(ScoringBudget.self, forKey: .budget) ?? budget
    trail = try values.decodeIfPresent([UnitID].self, forKey: .trail) ?? []
    let kept = try values.decodeIfPresent(Int.self, forKey: .place) ?? 0
    place = min(max(kept, 0), max(trail.count - 1, 0))
    cameAt = try values.decodeIfPresent(Timestamp.self, forKey: .cameAt) ?? cameAt
    guessed = try values.decodeIfPresent([UnitID].self, forKey: .guessed) ?? []
    hidesExplanations =
      try values.decodeIfPresent(Bool.self, forKey: .hidesExplanations) ?? hidesExplanations
    milestones = try values.decodeIfPresent([String: Timestamp].self, forKey: .milestones) ?? [:]
  }
}
