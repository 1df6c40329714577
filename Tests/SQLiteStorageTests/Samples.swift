import ArenaStorage
import ArenaTypes

/// Records as the server would make them, for all tests of storage.
enum Sample {
  static let unit = UnitID(rawValue: "smollm2-135m/12/mlp/703")
  static let otherUnit = UnitID(rawValue: "smollm2-135m/9/mlp/41")
  static let campaign = CampaignID(rawValue: "shipped")
  static let ada = PlayerID(rawValue: "ada")
  static let bob = PlayerID(rawValue: "bob")

  static func moment(_ milliseconds: Int64) -> Timestamp {
    Timestamp(millisecondsSinceEpoch: 1_800_000_000_000 + milliseconds)
  }

  static func room(_ id: String, at milliseconds: Int64 = 0) -> RoomRecord {
    RoomRecord(
      key: RoomKey(kind: .duel, id: id), openedAt: moment(milliseconds), setup: Array(id.utf8))
  }

  static func entry(_ id: String, _ sequence: Int, payload: [UInt8]? = nil) -> JournalEntry {
    JournalEntry(
      room: RoomKey(kind: .duel, id: id), sequence: sequence, at: moment(Int64(sequence)),
      payload: payload ?? Array("\(id) \(sequence)".utf8))
  }

  static func player(_ id: PlayerID, secret: [UInt8]? = nil) -> PlayerRecord {
    PlayerRecord(
      id: id, name: "Ada \u{1F980} 'O\"Hara'; --\0", secretHash: secret ?? Array(id.rawValue.utf8),
      createdAt: moment(1), lastSeenAt: moment(2), showsExplicit: true, roundsPlayed: 17,
      extra: [0, 255, 7])
  }

  static func rating(_ player: PlayerID, _ format: String, _ rating: Double) -> RatingRecord {
    RatingRecord(
      player: player, format: format, rating: rating, deviation: 80.5, volatility: 0.059,
      updatedAt: moment(3))
  }

  static func duelResult(
    _ id: String, endedAt: Int64 = 9, outcome: DuelResultRecord.Outcome = .won(ada)
  ) -> DuelResultRecord {
    DuelResultRecord(
      duel: DuelID(rawValue: id), format: "pick", campaign: campaign, startedAt: moment(4),
      endedAt: moment(endedAt), isRated: true, outcome: outcome, reason: "points",
      seats: [
        .init(
          player: ada, name: "Ada", isBot: false, points: 640, ratingBefore: 1_500,
          ratingAfter: 1_512.25),
        .init(player: bob, name: "", isBot: true, points: -1),
      ])
  }

  static func contest(_ id: String, closesAt: Int64) -> ContestRecord {
    ContestRecord(
      id: ContestID(rawValue: id), title: "Hourly race", kind: "race", campaign: campaign,
      opensAt: moment(0), closesAt: moment(closesAt), state: "open", seed: .max - 5)
  }

  static func board(
    _ id: String, points: Int = 900, amendedBecause: String? = nil
  ) -> FinalBoardRecord {
    FinalBoardRecord(
      contest: ContestID(rawValue: id), settledAt: moment(10), amendedBecause: amendedBecause,
      entries: [
        .init(
          rank: 1, player: ada, name: "Ada", points: points, finishedAt: moment(8),
          joinedAt: moment(1)),
        .init(rank: 2, player: bob, name: "Bob", points: 0, finishedAt: nil, joinedAt: moment(2)),
      ], seal: [123, 0, 255])
  }

  static func score(_ value: Double, cap: Score.Cap? = nil, scorer: String = "gen-window/1")
    -> Score
  {
    Score(value: value, low: value - 3.5, high: value + 3.5, cap: cap, scorer: scorer)
  }

  static func explanation(
    _ id: String, by author: Author, at milliseconds: Int64, score: Score? = nil
  ) throws -> ExplanationRecord {
    ExplanationRecord(
      explanation: Explanation(
        id: ExplanationID(rawValue: id), unit: unit,
        text: try ExplanationText("weekdays | names of months"), author: author),
      campaign: campaign, createdAt: moment(milliseconds), score: score, isExplicit: score == nil,
      isHidden: score != nil)
  }

  static func answer(
    _ id: String, by player: PlayerID = ada, unit: UnitID = unit, at milliseconds: Int64 = 5,
    _ content: AnswerRecord.Content = .write(text: "months", score: nil)
  ) -> AnswerRecord {
    AnswerRecord(
      id: id, player: player, unit: unit, campaign: campaign, at: moment(milliseconds),
      milliseconds: 4_200, content: content)
  }

  static func audit(_ id: String) -> AuditRecord {
    AuditRecord(
      id: id, at: moment(6), who: "night shift", what: "duel.end", subject: "duel/x", why: "abuse")
  }

  static func token(_ id: String, hash: [UInt8], at milliseconds: Int64 = 0) -> ModeratorTokenRecord
  {
    ModeratorTokenRecord(
      id: id, hash: hash, label: "night shift", role: .moderator, createdAt: moment(milliseconds),
      expiresAt: moment(100))
  }

  static func ban(
    _ id: String, _ subject: BanRecord.Subject, from start: Int64, to end: Int64?
  ) -> BanRecord {
    BanRecord(
      id: id, subject: subject, startsAt: moment(start), endsAt: end.map(moment), who: "day shift",
      why: "spam")
  }
}
