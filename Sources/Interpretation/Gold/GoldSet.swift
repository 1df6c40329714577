import ArenaTypes

/// Makes units for gold questions: functions of the text, whose answer nobody has to judge, on a
/// campaign's own texts.
///
/// Texts are those of its clue and reveal pools, so no held-out one is ever shown, and players meet no
/// text that they would not meet anyway. Activations look like those of the campaign's units
/// (`GoldDress`): where a rule says that a unit fires it does, and a little noise is everywhere.
public struct GoldSet {
  /// How many excerpts of a kind a unit gets.
  struct Counts {
    var topClues = 8
    var quantileClues = 3
    var silentClues = 3
    var reveals = 6
    /// With fewer texts that fire it, a unit is left out.
    var firingMin = 14
    /// With fewer texts in which a rival promises what does not come, a unit is left out.
    var nearMissMin = 3
  }

  /// What was made.
  public struct Made: Sendable {
    /// The units as a campaign of their own.
    public let campaign: Campaign
    /// The explanations of units for which there are too few texts or pairs.
    public let missing: [String]
  }

  /// The model's name in the units' names, before they are given others.
  public static let model = "gold"

  let campaign: Campaign
  let seed: UInt64
  var counts = Counts()
  var rules = SyntheticRule.all
  let progress: BuildProgress

  /// A maker of gold units in the texts of `campaign`.
  public init(_ campaign: Campaign, seed: UInt64, progress: BuildProgress = .silent) {
    self.campaign = campaign
    self.seed = seed
    self.progress = progress
  }

  /// The units that the texts allow.
  ///
  /// - Complexity: O(*n*) in the number of texts, for each of the rules: seconds for a campaign of a
  ///   hundred units.
  /// - Throws: `file` where the campaign can't be sealed.
  public func make() throws(CampaignError) -> Made {
    let texts = texts
    let dress = GoldDress(campaign)
    var units: [CampaignUnit] = []
    var missing: [String] = []
    for (number, rule) in rules.enumerated() {
      let maker = GoldUnitMaker(rule: rule, number: number, counts: counts, dress: dress)
      if let unit = maker.unit(from: texts, seed: SeededGenerator(seed: seed)) {
        units.append(unit)
      } else {
        missing.append(rule.explanation)
      }
      progress.report(.drawing, number + 1, rules.count)
    }
    let places = units.indices.flatMap { unit in
      units[unit].pairs.indices.map { PairBalance.Place(unit: unit, pair: $0) }
    }
    _ = PairBalance().putIntoPlay(places, of: &units)
    let fit = units.filter { $0.pairs.contains(where: \.isInPlay) }
    missing += units.filter { !$0.pairs.contains(where: \.isInPlay) }
      .compactMap { $0.explanations.first?.explanation.text.description }
    let info = CampaignInfo(
      id: CampaignID(rawValue: "gold-\(campaign.info.id)"),
      title: "Gold questions of \(campaign.info.title)", model: campaign.info.model,
      modelDigest: "", architecture: "functions of the text", layers: campaign.info.layers,
      sources: campaign.info.sources, seed: seed, builtAt: campaign.info.builtAt)
    return Made(
      campaign: try CampaignFile.sealed(
        info: info, units: fit, baseline: ScoringBaseline(meanLogProbabilities: [])),
      missing: missing)
  }

  /// What players may see of the campaign, each text once, but for what is held out of another unit.
  private var texts: [SyntheticExcerpt] {
    var known = Set(campaign.units.flatMap(\.heldOut).map(\.excerpt.tokenIDs))
    var texts: [SyntheticExcerpt] = []
    for unit in campaign.units {
      for excerpt in unit.clues.map(\.excerpt) + unit.reveals.map(\.excerpt)
      where !excerpt.isExplicit && known.insert(excerpt.tokenIDs).inserted {
        texts.append(
          SyntheticExcerpt(
            source: excerpt.source, tokenIDs: excerpt.tokenIDs, tokens: excerpt.tokens))
      }
    }
    return texts
  }
}
