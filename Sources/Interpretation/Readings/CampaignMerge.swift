import ArenaCrypto
import ArenaTypes

/// Puts what readers wrote and judged into a campaign.
public struct CampaignMerge {
  /// What a merge did.
  public struct Report: Hashable, Sendable {
    /// Units with explanations in the new campaign.
    public var unitCount = 0
    /// Units left out because a reader found no sense in them or nobody wrote.
    public var droppedCount = 0
    /// Explanations added.
    public var explanationCount = 0
    /// Pairs that were judged.
    public var pairCount = 0
    /// Pairs that the judgements decide.
    public var decidedCount = 0
    /// Decided pairs in play.
    public var inPlayCount = 0
    /// Units with a pair in play.
    public var playableUnitCount = 0
  }

  /// The pools that a unit must have to stay, besides its explanations.
  static let explanationCountMin = 3

  let campaign: Campaign
  let explanations: WrittenExplanations
  let ratings: BlindRatings

  /// A merge of explanations and ratings into `campaign`.
  public init(campaign: Campaign, explanations: WrittenExplanations, ratings: BlindRatings) {
    self.campaign = campaign
    self.explanations = explanations
    self.ratings = ratings
  }

  /// The campaign with the readers' explanations, without the units that have no decided pair.
  ///
  /// Explanations that readers had given before are replaced; those of machines stay. Where nobody has
  /// judged anything, units stay without pairs: the scorer settles what it may.
  /// - Throws: `readings` where nothing is left, `file`.
  public func merged() throws(CampaignError) -> (campaign: Campaign, report: Report) {
    var report = Report()
    var units: [CampaignUnit] = []
    for unit in campaign.units {
      guard !explanations.skipped.contains(unit.id), let entries = explanations.entries[unit.id]
      else { continue }
      var changed = unit
      changed.explanations =
        entries.map { entry in
          CampaignExplanation(
            explanation: Explanation(
              id: ExplanationNaming.id(of: entry.text, unit: unit.id), unit: unit.id,
              text: entry.text, author: .house),
            role: entry.role, score: nil)
        } + unit.explanations.filter { $0.role == .machine }
      changed.explanations.sort { $0.explanation.id < $1.explanation.id }
      changed.pairs = pairs(of: unit.id, entries: entries)
      report.pairCount += changed.pairs.count
      let hasDecided = changed.pairs.contains { $0.better != nil }
      guard hasDecided || ratings.ratings.isEmpty,
        changed.explanations.count >= Self.explanationCountMin
      else { continue }
      report.explanationCount += entries.count
      units.append(changed)
    }
    if units.isEmpty { throw .readings("no unit has explanations and a decided pair") }
    balance(&units, report: &report)
    report.unitCount = units.count
    report.droppedCount = campaign.units.count - units.count
    return (try campaign.replacing(units: units), report)
  }

  private func pairs(of unit: UnitID, entries: [WrittenExplanations.Entry]) -> [ReadPair] {
    var pairs: [ReadPair] = []
    for (index, first) in entries.enumerated() {
      for second in entries[(index + 1)...] {
        let verdicts = ratings.verdicts(unit, first.key, second.key)
        guard !verdicts.isEmpty else { continue }
        let a = ExplanationNaming.id(of: first.text, unit: unit)
        let b = ExplanationNaming.id(of: second.text, unit: unit)
        let better: ExplanationID? =
          switch BlindRatings.decision(verdicts) {
          case .a: a
          case .b: b
          case .undecided: nil
          }
        pairs.append(ReadPair(a: a, b: b, verdicts: verdicts, better: better, isInPlay: false))
      }
    }
    return pairs
  }

  /// Puts decided pairs into play, as far as the text-only guessers allow.
  private func balance(_ units: inout [CampaignUnit], report: inout Report) {
    let places = units.enumerated().flatMap { index, unit in
      unit.pairs.indices.map { PairBalance.Place(unit: index, pair: $0) }
    }
    (report.inPlayCount, report.decidedCount) = PairBalance().putIntoPlay(places, of: &units)
    report.playableUnitCount = units.count { $0.pairs.contains(where: \.isInPlay) }
  }
}

extension CampaignUnit {
  /// The texts of a decided pair, better first; nil for an open one.
  func guesserPair(_ pair: ReadPair) -> TextGuesser.Pair? {
    func text(_ id: ExplanationID?) -> ExplanationText? {
      explanations.first { $0.explanation.id == id }?.explanation.text
    }
    guard let better = text(pair.better), let worse = text(pair.worse) else { return nil }
    return TextGuesser.Pair(unit: id, better: better, worse: worse)
  }
}

extension Campaign {
  /// The texts of all pairs in play, for a guesser.
  public var pairsInPlay: [TextGuesser.Pair] {
    units.flatMap { unit in
      unit.pairs.filter(\.isInPlay).compactMap { unit.guesserPair($0) }
    }
  }
}

extension Campaign {
  /// In how many of the pairs that readers decided the score prefers their choice, and in how many
  /// it could: those of which both texts are scored.
  public var scorerAgreement: (agreed: Int, of: Int) {
    var agreed = 0
    var count = 0
    for unit in units {
      func score(_ id: ExplanationID?) -> Double? {
        unit.explanations.first { $0.explanation.id == id }?.score?.value
      }
      for pair in unit.pairs {
        guard let better = score(pair.better), let worse = score(pair.worse) else { continue }
        count += 1
        if better > worse { agreed += 1 }
      }
    }
    return (agreed, count)
  }
}

/// Names explanations so that a name tells nothing of its author or role.
enum ExplanationNaming {
  static func id(of text: ExplanationText, unit: UnitID) -> ExplanationID {
    let digest = (try? SHA256.hash(Array("\(unit)|\(text)".utf8))) ?? []
    return ExplanationID(rawValue: "x" + Hex.encode(Array(digest.prefix(6))))
  }
}
