import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// What a client is told once, when it says hello.
enum CampaignViews {
  /// The campaign in one line.
  ///
  /// - Parameters:
  ///   - hasModel: Whether texts can be tried on the units, as fire rounds need.
  ///   - isPractice: Whether its answers are public, as the shipped one's are, so that nothing in it is
  ///     rated; every client is told so.
  static func summary(
    of campaign: Campaign, hasModel: Bool, isPractice: Bool
  ) -> Wire.CampaignSummary {
    Wire.CampaignSummary(
      id: campaign.info.id, title: campaign.info.title, model: campaign.info.model,
      units: campaign.units.count, practice: isPractice,
      notice: isPractice
        ? "A practice campaign: its answers are public, so nothing here moves a rating." : nil,
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
