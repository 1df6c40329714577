import ArenaTypes
import Interpretation

/// What is said of units' neighbours in one campaign: nearly right for a unit, and news to those who know
/// its own pairs.
///
/// Whether two texts say the same takes longer to find out than all else that a question takes, and never
/// changes: so it is found out once a unit. Any thread may ask.
final class Decoys: Sendable {
  /// The most neighbours whose explanations are decoys.
  static let countMax = 3

  let campaign: Campaign
  private let known = Locked<[UnitID: [CampaignExplanation]]>([:])

  /// Nothing is found out yet.
  init(_ campaign: Campaign) { self.campaign = campaign }

  /// The best explanations of a unit's neighbours, none of which says what its own best one or another
  /// of them says.
  ///
  /// - Complexity: O(*n*) in the number of neighbours the first time, then O(1).
  func of(_ unit: CampaignUnit) -> [CampaignExplanation] {
    if let found = known.withLock({ $0[unit.id] }) { return found }
    let found = find(unit)
    known.withLock { $0[unit.id] = found }
    return found
  }

  private func find(_ unit: CampaignUnit) -> [CampaignExplanation] {
    guard let best = unit.bestExplanation else { return [] }
    var met: Set<NormalisedText> = [NormalisedText(best.explanation.text)]
    return unit.neighbours.compactMap { neighbour in
      guard neighbour.unit != unit.id,
        let decoy = campaign.unit(neighbour.unit)?.bestExplanation,
        met.insert(NormalisedText(decoy.explanation.text)).inserted
      else { return nil }
      return decoy
    }.prefix(Self.countMax).map { $0 }
  }
}
