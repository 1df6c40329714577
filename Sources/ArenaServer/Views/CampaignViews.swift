import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// What a client is told once, when it says hello.
enum CampaignViews {
  /// The campaign in one line.
  ///
  /// The shipped one's answers are public, and every client is told so.
  ///
  /// - Parameter hasModel: Whether texts can be tried on the units, as fire rounds need.
  static func summary(of campaign: Campaign, hasModel: Bool) -> Wire.CampaignSummary {
    Wire.CampaignSummary(
      id: campaign.info.id, title: campaign.info.title, model: campaign.info.model,
      units: campaign.units.count, practice: true,
      notice: "A practice campaign: its answers are public, so ratings here are for fun.",
      formats: Wire.DuelFormat.allCases.filter { format in
        let isMeasured = format.rules.rounds.contains(.fire)
        return (hasModel || !isMeasured) && DuelFactory.offers(format.rules, of: campaign)
      },
      kinds: kinds(of: campaign))
  }

  private static func kinds(of campaign: Campaign) -> [Wire.UnitKind] {
    let found = Set(
      campaign.units.compactMap { unit -> Wire.UnitKind? in
        switch unit.id.parts?.kind {
        case .mlp: .mlp
        case .head: .head
        case .residual: .residual
        case .feature: .feature
        case nil: nil
        }
      })
    return Wire.UnitKind.allCases.filter(found.contains)
  }

  /// The limits that a client shows before the server has to refuse.
  static let limits = Wire.Limits(
    nameCharactersMax: PlayerName.characterCountMax,
    meaningsMax: ExplanationText.meaningCountMax, meaningWordsMax: ExplanationText.wordCountMax,
    meaningCharactersMax: ExplanationText.characterCountMax,
    fireTokensMax: EngineDesk.fireTokenCountMax, fireCharactersMax: Wire.Answer.textLengthMax,
    fireTries: Question.fireTryCountMax)
}
