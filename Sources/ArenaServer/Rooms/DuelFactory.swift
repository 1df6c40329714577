import ArenaRules
import ArenaTypes
import Interpretation

/// Chooses what a duel asks about: units that suit its rounds, that neither player has met lately, near
/// the players' level, about which the most is learnt, with clues that the stricter of the two wants to
/// see.
struct DuelFactory {
  /// How long a player is not asked about a unit again while others are left (game.md).
  static let unitPause = Duration.seconds(30 * 24 * 3_600)

  let shelf: CampaignShelf
  let questions: UnitQuestions
  let timing: DuelTiming
  /// The share of pick rounds that ask a gold question.
  let goldShare: Double
  /// Whether results move ratings.
  var isRated = true

  private var campaign: Campaign { shelf.campaign }

  /// Who is asked, and what they have met.
  private struct Table {
    let players: [PlayerID]
    let ratings: [Double]
    let showsExplicit: Bool
    let unitsSeen: [[UnitID: Timestamp]]
    let since: Timestamp
    /// The units of the duel so far.
    var used: Set<UnitID> = []

    /// Whether no player has met a unit lately.
    func isFresh(_ unit: UnitID) -> Bool {
      unitsSeen.allSatisfy { seen in seen[unit].map { $0 < since } ?? true }
    }
  }

  /// Everything that determines a duel.
  ///
  /// - Parameter seed: What every draw comes from; nobody may guess it.
  /// - Complexity: O(1) in the size of the campaign, while most of it is new to both players.
  func setup(
    _ request: DuelRequest, seated: [SeatedPlayer], seed: UInt64, now: Timestamp
  ) -> DuelSetup {
    var generator = SeededGenerator(seed: seed)
    let people = seated.filter { $0.seat.kind == .human }
    var table = Table(
      players: people.map(\.seat.player), ratings: people.map(\.seat.rating.value),
      showsExplicit: seated.allSatisfy(\.showsExplicit),
      unitsSeen: people.map(\.unitsSeen), since: now + (.zero - Self.unitPause))
    var materials: [UnitMaterial] = []
    let kinds =
      request.format.rounds + Array(repeating: .pick, count: DuelFormat.suddenDeathCountMax)
    for kind in kinds {
      guard let material = material(for: kind, table, using: &generator) else { break }
      table.used.insert(material.unit)
      materials.append(material)
    }
    return DuelSetup(
      id: request.id, format: request.format, seats: seated.map(\.seat), materials: materials,
      seed: generator.next(), isRated: isRated, timing: timing,
      campaign: campaign.info.id)
  }

  private func material(
    for kind: RoundKind, _ table: Table, using generator: inout SeededGenerator
  ) -> UnitMaterial? {
    guard kind == .pick else {
      return unit(for: kind, table, using: &generator).map {
        Self.material($0, for: kind, showsExplicit: table.showsExplicit)
      }
    }
    // Drawn in any case, so that what follows doesn't depend on the setting.
    let drawsGold = generator.nextUnit() < goldShare
    if drawsGold, let material = goldMaterial(table, using: &generator) { return material }
    return pickMaterial(table, using: &generator)
  }

  // MARK: Rounds that are no pick

  private func unit(
    for kind: RoundKind, _ table: Table, using generator: inout SeededGenerator
  ) -> CampaignUnit? {
    let positions = shelf.positions(for: kind)
    let chosen = QuestionChooser(among: positions.count).choose(
      isUsed: { table.used.contains(campaign.units[positions[$0]].id) },
      isFresh: { table.isFresh(campaign.units[positions[$0]].id) },
      worth: { worth(campaign.units[positions[$0]], kind, table) }, using: &generator)
    return chosen.map { campaign.units[positions[$0]] }
  }

  /// Where nothing is computed from choices, the first answers about a unit tell the most.
  private func worth(_ unit: CampaignUnit, _ kind: RoundKind, _ table: Table) -> Double {
    let key = UnitKey(campaign: campaign.info.id, unit: unit.id)
    let known = questions.book.difficulty(of: key, in: kind)
    return QuestionChooser.worth(
      gain: 1 / (1 + Double(known.answerCount) / 4), difficulty: known.rating,
      ratings: table.ratings)
  }

  // MARK: Picks

  private func pickMaterial(
    _ table: Table, using generator: inout SeededGenerator
  ) -> UnitMaterial? {
    let positions = shelf.positions(for: .pick)
    // What was weighed is not asked for again.
    var weighed: [Int: [ArenaRules.ExplanationPair]] = [:]
    let chosen = QuestionChooser(among: positions.count).choose(
      isUsed: { table.used.contains(campaign.units[positions[$0]].id) },
      isFresh: { table.isFresh(campaign.units[positions[$0]].id) },
      worth: { index in
        let (pairs, worth) = bestPairs(of: campaign.units[positions[index]], table)
        weighed[index] = pairs
        return worth
      }, using: &generator)
    return chosen.map { index in
      Self.material(
        campaign.units[positions[index]], for: .pick, showsExplicit: table.showsExplicit,
        pairs: weighed[index])
    }
  }

  /// The decided pair of a unit that is worth most, with the open pair that tells most; the worth is
  /// nil where there is no decided one.
  private func bestPairs(
    of unit: CampaignUnit, _ table: Table
  ) -> (pairs: [ArenaRules.ExplanationPair], worth: Double?) {
    var decided: (pair: ArenaRules.ExplanationPair, worth: Double)?
    var open: (pair: ArenaRules.ExplanationPair, worth: Double)?
    for question in questions.questions(of: unit, for: table.players) {
      let worth = QuestionChooser.worth(
        gain: question.gain, difficulty: question.difficulty, ratings: table.ratings)
      if question.pair.basis == .open {
        if question.gain > open?.worth ?? -1 { open = (question.pair, question.gain) }
      } else if worth > decided?.worth ?? -1 {
        decided = (question.pair, worth)
      }
    }
    return ([decided?.pair, open?.pair].compactMap { $0 }, decided?.worth)
  }

  /// A gold question that is new to both; nil where there is none left.
  private func goldMaterial(
    _ table: Table, using generator: inout SeededGenerator
  ) -> UnitMaterial? {
    let units = shelf.gold
    let chosen = QuestionChooser(among: units.count).choose(
      isUsed: { table.used.contains(units[$0].id) || !table.isFresh(units[$0].id) },
      isFresh: { _ in true }, worth: { _ in 1 }, using: &generator)
    guard let chosen else { return nil }
    let unit = units[chosen]
    let pairs = unit.pairs.compactMap { $0.gold(isMade: campaign.isMade(unit.id)) }
    guard !pairs.isEmpty else { return nil }
    // Which of several is as good as any other.
    let pair = pairs[Int(generator.next() % UInt64(pairs.count))]
    return Self.material(
      unit, for: .pick, showsExplicit: table.showsExplicit, pairs: [pair])
  }

  // MARK: Units

  static func suits(_ unit: CampaignUnit, _ kind: RoundKind) -> Bool {
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
  ///
  /// - Parameter pairs: What a pick round may ask; by default all that the campaign itself has.
  static func material(
    _ unit: CampaignUnit, for kind: RoundKind, showsExplicit: Bool,
    pairs: [ArenaRules.ExplanationPair]? = nil
  ) -> UnitMaterial {
    let clues = unit.clues.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let reveals = unit.reveals.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    return UnitMaterial(
      unit: unit.id, clues: clues.map(\.id), reveals: reveals.map(\.id),
      pairs: pairs ?? unit.pairs.compactMap(\.asked), top20MeanPeak: Double(unit.top20MeanPeak),
      isLexical: unit.isLexical,
      oddOneOut: kind == .oddOneOut
        ? unit.oddOneOutMaterial(showsExplicit: showsExplicit) : nil,
      predict: kind == .predict ? unit.predictMaterial(showsExplicit: showsExplicit) : nil)
  }
}
