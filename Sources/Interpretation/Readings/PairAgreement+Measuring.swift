public import ArenaTypes

extension PairAgreement {
  static let gapBins: [Range<Double>] = [0..<5, 5..<10, 10..<20, 20..<40, 40..<100.1]
  private static let resampleCount = 1_000

  /// Counts how often the readers of a campaign preferred the higher score.
  ///
  /// - Parameter units: The units that count, by default all; those whose explanations the scorer was
  ///   trained on prove nothing.
  /// - Throws: `readings` where no pair that was read has scores, or scores are of several scorers.
  public init(of campaign: Campaign, units: Set<UnitID>? = nil) throws(CampaignError) {
    let counted = campaign.units.filter { units?.contains($0.id) ?? true }
    let pairs = counted.enumerated().flatMap { index, unit in
      unit.pairs.compactMap { JudgedPair($0, of: unit, at: index) }
    }
    let scorers = Set(pairs.map(\.scorer))
    guard let scorer = scorers.first else {
      throw .readings("no pair of these units was read by two readers and has scores")
    }
    if scorers.count > 1 {
      throw .readings(
        "the scores are of \(scorers.sorted().joined(separator: " and ")); recompute them first")
    }
    let bootstrap = UnitBootstrap(
      unitCount: counted.count, seed: SeededGenerator(seed: campaign.info.seed),
      resampleCount: Self.resampleCount)
    let kinds = Dictionary(grouping: pairs, by: \.kind)
    self.init(
      scorer: scorer,
      rows: Kind.allCases.flatMap { kind in
        Self.gapBins.compactMap { bin in
          Self.row(kind, bin, kinds[kind, default: []].filter { bin.contains($0.gap) }, bootstrap)
        }
      })
  }

  /// A pair that two readers judged, with the gap between its scores.
  private struct JudgedPair {
    let kind: Kind
    let unit: Int
    let gap: Double
    let scorer: String
    /// 1 where the readers prefer the higher score, 0 where the lower, a half where they can't tell or
    /// the scores are equal.
    let agreement: Double

    init?(_ pair: ReadPair, of unit: CampaignUnit, at index: Int) {
      func side(_ id: ExplanationID) -> (role: CampaignExplanation.Role, score: Score)? {
        unit.explanations.first { $0.explanation.id == id }
          .flatMap { found in found.score.map { (found.role, $0) } }
      }
      guard pair.verdicts.count >= 2, let a = side(pair.a), let b = side(pair.b),
        a.score.scorer == b.score.scorer, let kind = Kind(a.role, b.role)
      else { return nil }
      self.kind = kind
      self.unit = index
      gap = abs(a.score.value - b.score.value)
      scorer = a.score.scorer
      if let better = pair.better, gap > 0 {
        agreement = (better == pair.a) == (a.score.value > b.score.value) ? 1 : 0
      } else {
        agreement = 0.5
      }
    }
  }

  private static func row(
    _ kind: Kind, _ bin: Range<Double>, _ pairs: [JudgedPair], _ bootstrap: UnitBootstrap
  ) -> Row? {
    func share(_ weights: [Double]) -> Double? {
      var (agreed, all) = (0.0, 0.0)
      for pair in pairs {
        agreed += weights[pair.unit] * pair.agreement
        all += weights[pair.unit]
      }
      return all > 0 ? agreed / all : nil
    }
    guard let all = share([Double](repeating: 1, count: bootstrap.unitCount)) else { return nil }
    let interval = bootstrap.interval(share)
    return Row(
      kind: kind, gapFrom: bin.lowerBound, gapTo: min(bin.upperBound, 100), count: pairs.count,
      share: all, low: interval?.lowerBound ?? all, high: interval?.upperBound ?? all)
  }
}
