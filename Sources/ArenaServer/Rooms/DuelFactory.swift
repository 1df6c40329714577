import ArenaRules
import ArenaTypes
import Interpretation

/// Chooses what a duel asks about: units that suit its rounds, that neither player has met lately, with
/// clues that the stricter of the two wants to see.
struct DuelFactory {
  let campaign: Campaign
  let timing: DuelTiming

  /// Everything that determines a duel.
  func setup(_ request: DuelRequest, seated: [SeatedPlayer]) -> DuelSetup {
    var system = SystemRandomNumberGenerator()
    let seed: UInt64 = system.next()
    var generator = SeededGenerator(seed: seed)
    let showsExplicit = seated.allSatisfy(\.showsExplicit)
    let seen = seated.reduce(into: Set<UnitID>()) { $0.formUnion($1.unitsSeen) }
    let kinds =
      request.format.rounds + Array(repeating: .pick, count: DuelFormat.suddenDeathCountMax)
    var used: Set<UnitID> = []
    var materials: [UnitMaterial] = []
    let shuffled = campaign.units.shuffled(using: &generator)
    for kind in kinds {
      let fits = { (unit: CampaignUnit) in !used.contains(unit.id) && Self.suits(unit, kind) }
      // A small campaign runs out of new units before it runs out of units.
      let unit =
        shuffled.first { fits($0) && !seen.contains($0.id) } ?? shuffled.first(where: fits)
      guard let unit else { break }
      used.insert(unit.id)
      materials.append(Self.material(unit, for: kind, showsExplicit: showsExplicit))
    }
    return DuelSetup(
      id: request.id, format: request.format, seats: seated.map(\.seat), materials: materials,
      seed: generator.next(), isRated: true, timing: timing)
  }

  private static func suits(_ unit: CampaignUnit, _ kind: RoundKind) -> Bool {
    material(unit, for: kind, showsExplicit: false).canBeAsked(as: kind)
  }

  /// Whether duels of `format` can always be made of a campaign: each kind of round in it suits as
  /// many units as there are rounds, so that no draw of the others can use them up.
  ///
  /// - Complexity: O(*n*) in the number of excerpts, where few units suit.
  static func offers(_ format: DuelFormat, of campaign: Campaign) -> Bool {
    Set(format.rounds).allSatisfy { kind in
      campaign.units.lazy.filter { suits($0, kind) }.prefix(format.rounds.count).count
        == format.rounds.count
    }
  }

  /// What the rules need to know of a unit for a round of `kind`; hidden clues are replaced by the
  /// next ones.
  static func material(
    _ unit: CampaignUnit, for kind: RoundKind, showsExplicit: Bool
  ) -> UnitMaterial {
    let clues = unit.clues.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let reveals = unit.reveals.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let pairs = unit.pairs.compactMap { pair -> ArenaRules.ExplanationPair? in
      guard pair.isInPlay, let better = pair.better, let worse = pair.worse else { return nil }
      return ExplanationPair(better: better, worse: worse, basis: .readers)
    }
    return UnitMaterial(
      unit: unit.id, clues: clues.map(\.id), reveals: reveals.map(\.id), pairs: pairs,
      top20MeanPeak: Double(unit.top20MeanPeak), isLexical: unit.isLexical,
      oddOneOut: kind == .oddOneOut
        ? unit.oddOneOutMaterial(showsExplicit: showsExplicit) : nil,
      predict: kind == .predict ? unit.predictMaterial(showsExplicit: showsExplicit) : nil)
  }
}
