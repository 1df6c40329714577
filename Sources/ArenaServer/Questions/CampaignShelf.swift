import ArenaRules
import ArenaTypes
import Interpretation

/// A campaign with what can be asked of it, found out once.
struct CampaignShelf: Sendable {
  let campaign: Campaign
  /// The positions in `campaign.units` of those that suit each kind of round, whoever plays.
  private let positions: [RoundKind: [Int]]
  /// The units that gold questions are asked about: those made for it, and those of the campaign
  /// about a pair of which readers left no doubt.
  let gold: [CampaignUnit]
  /// What is said of units' neighbours.
  let decoys: Decoys

  /// Looks through a campaign.
  ///
  /// - Complexity: O(*n*) in the number of excerpts.
  init(_ campaign: Campaign) {
    self.campaign = campaign
    decoys = Decoys(campaign)
    var positions: [RoundKind: [Int]] = [:]
    for kind in RoundKind.allCases {
      positions[kind] = campaign.units.indices.filter {
        DuelFactory.suits(campaign.units[$0], kind)
      }
    }
    self.positions = positions
    let askable = (positions[.pick] ?? []).map { campaign.units[$0] }
    gold = campaign.goldUnits + askable.filter { $0.pairs.contains(where: \.isGold) }
  }

  /// The positions in `campaign.units` of those that suit a kind of round.
  func positions(for kind: RoundKind) -> [Int] { positions[kind] ?? [] }
}
