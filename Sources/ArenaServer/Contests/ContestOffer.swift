public import ArenaRules
public import ArenaTypes

/// A contest that a server holds, once or again and again.
public struct ContestOffer: Hashable, Sendable {
  /// When, and what the contests' names begin with.
  public var schedule: ContestSchedule
  /// The rules.
  public var kind: ContestKind
  /// What people see.
  public var title: String
  /// The rounds of a daily or a live contest; where a campaign has nothing for a kind, picks are asked
  /// instead.
  public var rounds: [RoundKind]
  /// How many units a quest has.
  public var unitCount: Int
  /// How many tries each of them has.
  public var tryCount: Int
  /// The campaign that it asks about; nil for the main one.
  public var campaign: CampaignID?

  /// A contest of these parts.
  public init(
    schedule: ContestSchedule, kind: ContestKind, title: String, rounds: [RoundKind] = [],
    unitCount: Int = 5, tryCount: Int = 3, campaign: CampaignID? = nil
  ) {
    self.schedule = schedule
    self.kind = kind
    self.title = title
    self.rounds = rounds
    self.unitCount = unitCount
    self.tryCount = tryCount
    self.campaign = campaign
  }

  /// Whether only established identities stand on its board: on daily and monthly boards (game.md).
  public var ranksEstablishedOnly: Bool {
    if case .monthly = schedule.repeats { return true }
    return kind == .daily
  }

  /// One of each kind of round.
  public static let dailyRounds: [RoundKind] = [.pick, .oddOneOut, .predict, .write, .fire]
  /// What thousands can answer at one moment.
  public static let liveRounds: [RoundKind] = [
    .pick, .oddOneOut, .pick, .predict, .pick, .oddOneOut, .pick, .predict, .pick, .oddOneOut,
  ]

  /// The race of every hour.
  public static let hourlyRace = ContestOffer(
    schedule: ContestSchedule(prefix: "race", repeats: .hourly(minute: 0)), kind: .race,
    title: "The hourly race")
  /// The daily of midnight, UTC.
  public static let dailyFive = ContestOffer(
    schedule: ContestSchedule(prefix: "daily", repeats: .daily(second: 0)), kind: .daily,
    title: "The daily five", rounds: dailyRounds)
  /// The quest of every week, from Monday on, UTC.
  public static let weeklyQuest = ContestOffer(
    schedule: ContestSchedule(prefix: "quest", repeats: .weekly(weekday: 1, second: 0)),
    kind: .quest, title: "The weekly quest")

  /// What a server holds where nothing else is said.
  public static let standard = [hourlyRace, dailyFive, weeklyQuest]
}
