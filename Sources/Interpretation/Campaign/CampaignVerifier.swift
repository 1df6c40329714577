public import ArenaTypes

/// Looks for what is wrong with a campaign beyond its checksum.
///
/// What the rules of the game rest on: pools that share no text, activations that are numbers, names
/// that name one thing, units that may be used at all. With the model at hand some units are run again
/// (`verify(_:units:seed:)`).
public struct CampaignVerifier: Sendable {
  /// Something that is wrong.
  public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// Where: a unit and perhaps a pool or an excerpt, or the campaign.
    public let place: String
    /// One clause.
    public let what: String

    /// The place and what is wrong there.
    public var description: String { "\(place): \(what)" }
  }

  /// Excerpts that share so many tokens in a row hold the same text.
  static let sharedTokenCount = ExcerptCutter.sharedTokenCount

  private let reserved: Set<UnitID>

  /// A verifier that knows units which must not be used.
  public init(reserved: Set<UnitID> = []) { self.reserved = reserved }

  /// What is wrong with `campaign`; nothing, if it is as it should be.
  ///
  /// - Complexity: O(*n*) in the number of tokens.
  public func findings(in campaign: Campaign) -> [Finding] {
    var findings: [Finding] = []
    func find(_ place: String, _ what: String) {
      findings.append(Finding(place: place, what: what))
    }
    if campaign.units.isEmpty { find("campaign", "has no unit") }
    var excerptIDs: Set<ExcerptID> = []
    var explanationIDs: Set<ExplanationID> = []
    for unit in campaign.units {
      checkName(unit, info: campaign.info, find)
      checkNumbers(unit, find)
      checkPools(unit, find)
      checkWords(unit, find)
      for excerpt in Self.excerpts(of: unit).map(\.excerpt)
      where !excerptIDs.insert(excerpt.id).inserted {
        find("\(unit.id)", "excerpt \(excerpt.id) has the name of another one")
      }
      for entry in unit.explanations
      where !explanationIDs.insert(entry.explanation.id).inserted {
        find("\(unit.id)", "explanation \(entry.explanation.id) has the name of another one")
      }
    }
    return findings
  }

  /// All excerpts of a unit with the name of their pool.
  static func excerpts(of unit: CampaignUnit) -> [(pool: String, excerpt: Excerpt)] {
    unit.clues.map { ("clue", $0.excerpt) } + unit.heldOut.map { ("held-out", $0.excerpt) }
      + unit.reveals.map { ("reveal", $0.excerpt) }
  }

  private func checkName(
    _ unit: CampaignUnit, info: CampaignInfo, _ find: (String, String) -> Void
  ) {
    let place = "\(unit.id)"
    if reserved.contains(unit.id) { find(place, "is reserved and must not be used") }
    guard let parts = unit.id.parts else { return find(place, "is no name of a unit") }
    if parts.model != info.model { find(place, "is of another model than \(info.model)") }
    if !info.layers.contains(parts.layer) {
      find(place, "is of a layer that the campaign leaves out")
    }
    if parts.kind.isNonNegative, unit.polarity == .negative {
      find(place, "is never negative, so it can't fire so")
    }
  }

  private func checkNumbers(_ unit: CampaignUnit, _ find: (String, String) -> Void) {
    let place = "\(unit.id)"
    if !(0...1).contains(unit.density) { find(place, "has a density of \(unit.density)") }
    if !unit.top20MeanPeak.isFinite || unit.top20MeanPeak <= 0 {
      find(place, "has a usual peak of \(unit.top20MeanPeak)")
    }
    if !unit.rest.isFinite || unit.rest < 0 { find(place, "has a rest of \(unit.rest)") }
    if unit.rest > 0, unit.id.parts?.kind.isNeverSilent == false {
      find(place, "has a rest, though such a unit can be silent")
    }
    let isNonNegative = unit.id.parts?.kind.isNonNegative ?? false
    for (pool, excerpt) in Self.excerpts(of: unit) {
      let here = "\(unit.id) \(pool) \(excerpt.id)"
      if excerpt.tokens.isEmpty { find(here, "has no token") }
      if excerpt.tokens.count > Excerpt.tokenCountMax {
        find(here, "has \(excerpt.tokens.count) tokens")
      }
      if excerpt.tokens.count != excerpt.activations.count
        || excerpt.tokens.count != excerpt.tokenIDs.count
      {
        find(here, "has tokens, ids and activations in different numbers")
      }
      if !excerpt.activations.allSatisfy(\.isFinite) {
        find(here, "has an activation that is no number")
      } else if isNonNegative, excerpt.activations.contains(where: { $0 < 0 }) {
        find(here, "has a negative activation, which such a unit can't have")
      }
    }
    for (index, windows) in unit.scoring.windows.enumerated()
    where !unit.heldOut.indices.contains(windows.heldOutIndex) {
      find(place, "scoring window \(index) is of no held-out excerpt")
    }
    for neighbour in unit.neighbours where neighbour.unit.parts == nil {
      find(place, "neighbour \(neighbour.unit) is no name of a unit")
    }
  }

  private func checkPools(_ unit: CampaignUnit, _ find: (String, String) -> Void) {
    let place = "\(unit.id)"
    if unit.clues.isEmpty { find(place, "has no clue") }
    if unit.heldOut.isEmpty { find(place, "has no held-out excerpt") }
    if unit.reveals.isEmpty { find(place, "has no reveal excerpt") }
    for settles in [false, true]
    where !unit.heldOut.contains(where: { $0.settlesContests == settles }) {
      find(place, "has an empty \(settles ? "second" : "first") half of the held-out pool")
    }
    for excerpt in unit.reveals.map(\.excerpt) where (excerpt.activations.max() ?? 0) <= 0 {
      find("\(place) reveal \(excerpt.id)", "does not fire, so nothing can be predicted on it")
    }
    var seenRuns: [UInt64: ExcerptID] = [:]
    for (pool, excerpt) in Self.excerpts(of: unit) {
      let runs = Self.runs(of: excerpt.tokenIDs)
      if let run = runs.first(where: { seenRuns[$0] != nil }), let other = seenRuns[run] {
        find(
          "\(place) \(pool) \(excerpt.id)",
          "shares \(Self.sharedTokenCount) tokens in a row with \(other)")
      }
      for run in runs { seenRuns[run] = excerpt.id }
    }
  }

  /// Hashes of all runs of sixteen tokens; of a shorter text that of the whole.
  private static func runs(of tokenIDs: [Int32]) -> [UInt64] {
    let runs = ExcerptCutter.runs(of: tokenIDs)
    guard runs.isEmpty else { return runs }
    var hasher = Hasher()
    hasher.combine(tokenIDs)
    return [UInt64(bitPattern: Int64(hasher.finalize()))]
  }

  private func checkWords(_ unit: CampaignUnit, _ find: (String, String) -> Void) {
    for entry in unit.explanations {
      let place = "\(unit.id) explanation \(entry.explanation.id)"
      if entry.explanation.unit != unit.id { find(place, "is of \(entry.explanation.unit)") }
      guard let score = entry.score else { continue }
      if !(0...100).contains(score.value) || score.low > score.value || score.high < score.value {
        find(place, "has a score of \(score.value) within \(score.low) to \(score.high)")
      }
    }
    let known = Set(unit.explanations.map(\.explanation.id))
    for pair in unit.pairs where pair.a == pair.b || !known.isSuperset(of: [pair.a, pair.b]) {
      find("\(unit.id)", "has a pair of explanations that it does not have twice")
    }
  }
}
