public import ArenaTypes

/// All that determines a contest, apart from what the players do.
///
/// Of kind *race*: as many right pick rounds as possible on one's own clock.
public struct ContestSetup: Hashable, Sendable, Codable {
  /// The contest's name.
  public let id: ContestID
  /// The title shown.
  public let title: String
  /// When it opens.
  public let opensAt: Timestamp
  /// When it closes; runs still under way end then.
  public let closesAt: Timestamp
  /// The pool of units; those without a decided pair are passed over.
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

  /// A race with the usual clocks.
  public init(
    id: ContestID, title: String, opensAt: Timestamp, closesAt: Timestamp,
    materials: [UnitMaterial], seed: UInt64
  ) {
    self.id = id
    self.title = title
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.materials = materials
    self.seed = seed
  }

  /// Checks that a contest can be made of this.
  ///
  /// - Throws: The first thing that is wrong.
  public func validate() throws(ContestSetupRejection) {
    guard opensAt < closesAt else { throw .emptyWindow }
    guard materials.contains(where: { $0.canBeAsked(as: .pick) }) else { throw .emptyPool }
    guard runMilliseconds > 0, questionMilliseconds > 0, wrongCountMax > 0,
      wrongCostMilliseconds >= 0, shortestRunMilliseconds >= 0, playerCountMax > 0
    else { throw .badClock }
  }
}

/// Why no contest can be made of a setup; the shell's mistake, never a player's.
public enum ContestSetupRejection: Error, Hashable, Sendable {
  /// It closes before it opens.
  case emptyWindow
  /// No unit of the pool has a pair whose answer is known.
  case emptyPool
  /// A length of time or a count isn't positive.
  case badClock
}
