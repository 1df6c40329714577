public import ArenaTypes

/// All that determines a contest, apart from what the players do.
///
/// Without a plan it is a race, as all contests were once; the fields about runs and wrong answers
/// are a race's.
public struct ContestSetup: Hashable, Sendable, Codable {
  /// The contest's name.
  public let id: ContestID
  /// The title shown.
  public let title: String
  /// When it opens.
  public let opensAt: Timestamp
  /// When it closes; runs still under way end then.
  public internal(set) var closesAt: Timestamp
  /// The units: a race's pool, of which those without a decided pair are passed over, or one for each
  /// of the plan's rounds.
  public let materials: [UnitMaterial]
  /// What every draw comes from; never shown before the contest is final.
  public let seed: UInt64
  /// How long a run lasts.
  public var runMilliseconds: Int64 = 300_000
  /// How long one question may take; then the next one comes, without a point and without a cost.
  public var questionMilliseconds: Int64 = 30_000
  /// What a wrong answer takes off the run's clock.
  public var wrongCostMilliseconds: Int64 = 10_000
  /// The wrong answer that ends a run.
  public var wrongCountMax = 3
  /// The shortest possible try: nobody starts later than this before the end.
  public var shortestRunMilliseconds: Int64 = 30_000
  /// The most players; each takes memory until the contest is dropped.
  public var playerCountMax = 100_000
  /// What kind of contest it is, and what only some kinds have.
  public var plan: ContestPlan?

  /// The rules.
  public var kind: ContestKind { plan?.kind ?? .race }

  /// A contest with the usual clocks; without a plan, a race.
  public init(
    id: ContestID, title: String, opensAt: Timestamp, closesAt: Timestamp,
    materials: [UnitMaterial], seed: UInt64, plan: ContestPlan? = nil
  ) {
    self.id = id
    self.title = title
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.materials = materials
    self.seed = seed
    self.plan = plan
  }

  /// Checks that a contest can be made of this.
  ///
  /// - Throws: The first thing that is wrong.
  public func validate() throws(ContestSetupRejection) {
    guard opensAt < closesAt else { throw .emptyWindow }
    guard runMilliseconds > 0, questionMilliseconds > 0, wrongCountMax > 0,
      wrongCostMilliseconds >= 0, shortestRunMilliseconds >= 0, playerCountMax > 0
    else { throw .badClock }
    switch kind {
    case .race:
      guard materials.contains(where: { $0.canBeAsked(as: .pick) }) else { throw .emptyPool }
    case .daily, .quest, .live: try validateRounds()
    }
  }

  private func validateRounds() throws(ContestSetupRejection) {
    guard let plan, !plan.rounds.isEmpty, plan.rounds.count == materials.count else {
      throw .emptyPool
    }
    guard plan.isSound else { throw .badClock }
    for (kind, material) in zip(plan.rounds, materials) {
      guard plan.kind.roundKinds.contains(kind), material.canBeAsked(as: kind) else {
        throw .materialUnfit(material.unit)
      }
    }
    if plan.kind == .live, closesAt.milliseconds(since: opensAt) < plan.liveMilliseconds {
      throw .emptyWindow
    }
  }
}

/// Why no contest can be made of a setup; the shell's mistake, never a player's.
public enum ContestSetupRejection: Error, Hashable, Sendable {
  /// It closes before it opens, or before its rounds are over.
  case emptyWindow
  /// There is no unit to ask about, or not one for each round.
  case emptyPool
  /// A unit can't be asked about in its round, or the kind has no such rounds.
  case materialUnfit(UnitID)
  /// A length of time or a count isn't positive.
  case badClock
}
