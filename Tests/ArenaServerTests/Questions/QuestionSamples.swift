import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

@testable import ArenaServer

/// Campaigns, players and answers for tests of what is asked.
enum QuestionSamples {
  static let now = Timestamp(millisecondsSinceEpoch: 1_800_000_000_000)
  static let campaign = ScriptedCampaign.make(unitCount: 60)
  static let pool = campaign.info.id

  /// The key of a unit.
  static func key(_ unit: CampaignUnit) -> UnitKey { UnitKey(campaign: pool, unit: unit.id) }

  static func player(_ number: Int) -> PlayerID { PlayerID(rawValue: "p_\(number)") }

  /// A player's choice between two explanations of a unit.
  static func pick(
    _ id: String, by player: PlayerID, _ chosen: ExplanationID, over other: ExplanationID,
    of unit: UnitID, isGold: Bool = false, isRight: Bool? = nil, rating: Int? = 1_500
  ) -> AnswerRecord {
    AnswerRecord(
      id: id, player: player, unit: unit, campaign: pool, at: now, milliseconds: 4_000,
      content: .pick(chosen: chosen, other: other, wasShownFirst: true),
      circumstances: AnswerCircumstances(
        setting: .duel, isRated: true, basis: "readers", isRight: isRight,
        testsReliability: isGold, rating: rating))
  }

  /// What a player wrote of a unit.
  static func text(
    _ id: String, _ text: String, of unit: UnitID, by player: PlayerID, score: Double? = 70,
    isHidden: Bool = false
  ) throws -> ExplanationRecord {
    ExplanationRecord(
      explanation: Explanation(
        id: ExplanationID(rawValue: id), unit: unit, text: try ExplanationText(text),
        author: .player(player)),
      campaign: pool, createdAt: now,
      score: score.map {
        Score(value: $0, low: $0 - 5, high: $0 + 5, cap: nil, scorer: "scripted/1")
      }, isHidden: isHidden)
  }

  /// A book that knows these records.
  static func book(
    _ answers: [AnswerRecord] = [], _ texts: [ExplanationRecord] = []
  ) -> QuestionBook {
    let book = QuestionBook()
    book.note(answers.enumerated().map { Numbered(number: Int64($0 + 1), record: $1) })
    book.note(
      texts.enumerated().map { Numbered(number: Int64($0 + 1), record: $1) },
      names: [player(1): "Ada"])
    return book
  }

  /// One who sits down for a duel.
  static func seated(
    _ number: Int, rating: Double = 1_500, seen: [UnitID: Timestamp] = [:]
  ) -> SeatedPlayer {
    SeatedPlayer(
      seat: Seat(
        player: player(number), name: "P\(number)", kind: .human, rating: Rating(value: rating)),
      showsExplicit: true, unitsSeen: seen)
  }

  /// What a duel between two would ask.
  static func setup(
    _ players: [SeatedPlayer], book: QuestionBook, format: ArenaRules.DuelFormat = .pick,
    campaign: Campaign = campaign, agreement: PairAgreement? = nil, goldShare: Double = 0,
    seed: UInt64, now: Timestamp = now
  ) -> DuelSetup {
    let request = DuelRequest(
      format: format, participants: [], isPrivate: false, from: Entropy(seed: seed))
    return DuelFactory(
      shelf: CampaignShelf(campaign),
      questions: UnitQuestions(campaign: campaign, book: book, agreement: agreement),
      timing: DuelTiming(), goldShare: goldShare
    ).setup(request, seated: players, seed: seed, now: now)
  }
}
