public import ArenaTypes

/// The rules of a contest.
///
/// Each kind is one rule file beside this one, with the same face (`ContestRule`).
public enum ContestKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The same rounds for everyone, one try each, on one's own clock.
  case daily
  /// As many right picks as possible on one's own clock.
  case race
  /// The best explanation of each of a set of units, three tries each.
  case quest
  /// Everyone the same round at the same moment, with a reveal between rounds.
  case live

  /// The kinds of rounds that it can be made of.
  ///
  /// What thousands answer at one moment can't be run through a model before the reveal, so a live
  /// contest keeps to what is settled already.
  public var roundKinds: [RoundKind] {
    switch self {
    case .daily: RoundKind.allCases
    case .race: [.pick]
    case .quest: [.write]
    case .live: [.pick, .oddOneOut, .predict]
    }
  }
}

/// What a contest is beside its window and its units; a journal without one is of a race of old.
public struct ContestPlan: Hashable, Sendable, Codable {
  /// The rules.
  public var kind: ContestKind
  /// What each of the setup's materials is asked as; empty in a race, which only picks.
  public var rounds: [RoundKind]
  /// How long questions and reveals last.
  public var timing: DuelTiming
  /// The tries that each unit of a quest has.
  public var tryCount = 3
  /// How long a live contest waits before its first question.
  public var gatheringMilliseconds: Int64 = 20_000
  /// Whether only established identities stand on the board; others play beside.
  public var ranksEstablishedOnly: Bool
  /// The named time zone in which it repeats.
  public var zone: String
  /// The date in that zone on which it opens, such as `2026-11-30`.
  public var date: String
  /// The campaign that its units come from.
  public var campaign: CampaignID
  /// How long closing waits for results of the engine, and then again for settling.
  public var closingMilliseconds: Int64 = 600_000

  /// A plan of these parts.
  public init(
    kind: ContestKind, rounds: [RoundKind], timing: DuelTiming = DuelTiming(),
    ranksEstablishedOnly: Bool, zone: String, date: String, campaign: CampaignID
  ) {
    self.kind = kind
    self.rounds = rounds
    self.timing = timing
    self.ranksEstablishedOnly = ranksEstablishedOnly
    self.zone = zone
    self.date = date
    self.campaign = campaign
  }

  /// How long a live contest lasts from its opening to the end of its last reveal.
  public var liveMilliseconds: Int64 {
    rounds.reduce(gatheringMilliseconds) { $0 + timing.question($1) + timing.reveal($1) }
  }

  /// Whether its numbers are such that it can be played.
  var isSound: Bool {
    tryCount > 0 && gatheringMilliseconds >= 0 && closingMilliseconds >= 0
      && rounds.allSatisfy { timing.question($0) > 0 && timing.reveal($0) >= 0 }
  }
}
