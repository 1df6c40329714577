import ArenaProtocol
import ArenaTypes
import Interpretation

/// A campaign that is open, with what asks about it and what scores it.
///
/// A class for the sake of the duels, which ask for it with every event.
final class ServedCampaign: Sendable {
  /// The campaign with what can be asked of it.
  let shelf: CampaignShelf
  /// The pick questions of its units, by all that has been answered so far.
  let questions: UnitQuestions
  let engine: EngineDesk
  /// What every client is told of it.
  let summary: Wire.CampaignSummary

  init(
    shelf: CampaignShelf, questions: UnitQuestions, engine: EngineDesk,
    summary: Wire.CampaignSummary
  ) {
    self.shelf = shelf
    self.questions = questions
    self.engine = engine
    self.summary = summary
  }

  var campaign: Campaign { shelf.campaign }
  var id: CampaignID { campaign.info.id }
  /// Whether nothing in it moves a rating.
  var isPractice: Bool { summary.practice }
}

/// The campaigns that are open at once; there is at least one.
struct CampaignLibrary: Sendable {
  /// The one that is played where nobody names another.
  let main: ServedCampaign
  /// All of them, the main one first.
  let all: [ServedCampaign]

  init(main: ServedCampaign, others: [ServedCampaign]) {
    self.main = main
    all = [main] + others
  }

  /// The campaign called `id`; nil for one that is not open.
  ///
  /// - Parameter id: Nil names the main one: clients and journals of old know no other.
  func named(_ id: CampaignID?) -> ServedCampaign? {
    guard let id else { return main }
    return all.first { $0.id == id }
  }

  /// The campaign called `id`; the main one where that is no longer open, whose journals must be read
  /// all the same.
  func any(_ id: CampaignID?) -> ServedCampaign { named(id) ?? main }

  /// The first campaign that has a unit; the main one where none has.
  func holding(_ unit: UnitID) -> ServedCampaign {
    all.first { $0.campaign.unit(unit) != nil } ?? main
  }

  /// The excerpt called `id` of whichever campaign has it, hidden ones too.
  func excerpt(_ id: ExcerptID) -> Excerpt? {
    all.lazy.compactMap { $0.campaign.excerpt(id) }.first
  }

  /// The explanation called `id` of whichever campaign has it, hidden ones too.
  func explanation(_ id: ExplanationID) -> CampaignExplanation? {
    all.lazy.compactMap { $0.campaign.explanation(id) }.first
  }
}
