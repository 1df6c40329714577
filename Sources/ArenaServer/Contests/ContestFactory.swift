import ArenaRules
import ArenaTypes
import Interpretation

/// Chooses what a contest asks about: units that suit its rounds, each once.
///
/// Everybody sees the same clues, so all are chosen for those who hide explicit text.
struct ContestFactory {
  /// How many units a race draws from at most; more only makes its journal's opening longer.
  static let raceUnitCountMax = 400

  let campaign: Campaign
  let configuration: ServerConfiguration
  /// Whether texts can be run through the model, as fire rounds need.
  let hasModel: Bool

  /// Everything that determines a contest; nil where the campaign has nothing to ask in it.
  func setup(
    _ offer: ContestOffer, _ window: ContestWindow,
    using generator: inout some RandomNumberGenerator
  ) -> ContestSetup? {
    guard let asked = asked(offer, using: &generator) else { return nil }
    var plan = ContestPlan(
      kind: offer.kind, rounds: offer.kind == .race ? [] : asked.map(\.kind),
      timing: configuration.duelTiming,
      ranksEstablishedOnly: offer.ranksEstablishedOnly, zone: offer.schedule.zone.name,
      date: window.date, campaign: campaign.info.id)
    plan.tryCount = offer.tryCount
    plan.gatheringMilliseconds = configuration.contestGathering.wholeMilliseconds
    plan.closingMilliseconds = configuration.contestClosing.wholeMilliseconds
    var closesAt = window.closesAt
    if offer.kind == .live {
      closesAt = window.opensAt + .milliseconds(plan.liveMilliseconds)
    }
    return ContestSetup(
      id: window.id, title: offer.title, opensAt: window.opensAt, closesAt: closesAt,
      materials: asked.map(\.material), seed: generator.next(), plan: plan)
  }

  private func asked(
    _ offer: ContestOffer, using generator: inout some RandomNumberGenerator
  ) -> [(kind: RoundKind, material: UnitMaterial)]? {
    let units = campaign.units.shuffled(using: &generator)
    if offer.kind == .race {
      let materials = units.lazy.compactMap { material($0, for: .pick) }
      let pool = materials.prefix(Self.raceUnitCountMax).map { (RoundKind.pick, $0) }
      return pool.isEmpty ? nil : Array(pool)
    }
    let kinds =
      offer.kind == .quest
      ? Array(repeating: .write, count: max(1, offer.unitCount)) : offer.rounds
    var used: Set<UnitID> = []
    var asked: [(RoundKind, UnitMaterial)] = []
    for wanted in kinds {
      let choices = offer.kind == .quest ? [wanted] : [wanted, .pick]
      let found = choices.lazy.filter { $0 != .fire || hasModel }.compactMap { kind in
        units.lazy.filter { !used.contains($0.id) }
          .compactMap { material($0, for: kind) }.first.map { (kind, $0) }
      }.first
      // A small campaign has a shorter contest.
      guard let (kind, material) = found else { continue }
      used.insert(material.unit)
      asked.append((kind, material))
    }
    return asked.isEmpty ? nil : asked
  }

  private func material(_ unit: CampaignUnit, for kind: RoundKind) -> UnitMaterial? {
    let material = DuelFactory.material(unit, for: kind, showsExplicit: false)
    return material.canBeAsked(as: kind) ? material : nil
  }
}
