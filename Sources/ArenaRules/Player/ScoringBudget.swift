public import ArenaTypes

/// How long and how much an identity has played, which decides what it may do.
public struct Standing: Hashable, Sendable, Codable {
  /// The age that an established identity has.
  public static let establishedAgeMilliseconds: Int64 = 86_400_000
  /// The rounds that an established identity has played.
  public static let establishedRoundCount = 10

  /// When the identity was made.
  public var createdAt: Timestamp
  /// How many rounds it has played.
  public var roundsPlayed: Int

  /// A standing of these parts.
  public init(createdAt: Timestamp, roundsPlayed: Int) {
    self.createdAt = createdAt
    self.roundsPlayed = roundsPlayed
  }

  /// Whether the identity is a day old and has played ten rounds.
  public func isEstablished(at now: Timestamp) -> Bool {
    roundsPlayed >= Self.establishedRoundCount
      && now.milliseconds(since: createdAt) >= Self.establishedAgeMilliseconds
  }
}

/// How many scores a player may still ask for on one day (UTC).
///
/// A score costs engine time, and free scores would be an oracle to climb.
public struct ScoringBudget: Hashable, Sendable, Codable {
  /// The scores a day of an established identity.
  public static let establishedCount = 100
  /// The scores a day before that.
  public static let newcomerCount = 20

  private var day: Int64 = 0
  private var spent = 0

  /// An untouched budget.
  public init() {}

  /// How many scores are left today.
  public func left(_ standing: Standing, now: Timestamp) -> Int {
    max(limit(standing, now: now) - (Self.day(now) == day ? spent : 0), 0)
  }

  /// How many scores there are a day.
  public func limit(_ standing: Standing, now: Timestamp) -> Int {
    standing.isEstablished(at: now) ? Self.establishedCount : Self.newcomerCount
  }

  /// When the next day begins.
  public static func renewal(after now: Timestamp) -> Timestamp {
    Timestamp(millisecondsSinceEpoch: (day(now) + 1) * 86_400_000)
  }

  /// Spends `count` scores; returns how many are left.
  ///
  /// - Throws: `BudgetRejection` if fewer are left; then none is spent.
  public mutating func spend(
    _ standing: Standing, count: Int = 1, now: Timestamp
  ) throws(BudgetRejection) -> Int {
    guard left(standing, now: now) >= count else {
      throw BudgetRejection(renewsAt: Self.renewal(after: now))
    }
    if Self.day(now) != day {
      day = Self.day(now)
      spent = 0
    }
    spent += count
    return left(standing, now: now)
  }

  private static func day(_ now: Timestamp) -> Int64 {
    floorDivision(now.millisecondsSinceEpoch, by: 86_400_000)
  }
}

/// All scores of the day are spent.
public struct BudgetRejection: Rejection {
  /// When the next day begins.
  public let renewsAt: Timestamp
  /// The wire error code.
  public var code: String { "budget_spent" }
  /// Wait for the next day.
  public var remedy: Remedy { .wait(until: renewsAt) }
}
