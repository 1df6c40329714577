public import ArenaTypes

/// What differs between two campaigns.
public struct CampaignDiff: Sendable {
  /// One difference within a unit or among the campaign's own facts.
  public struct Change: Hashable, Sendable {
    /// What differs, such as `density` or `clues`.
    public let what: String
    /// How, for people.
    public let how: String
  }

  /// A unit that both have, with what differs.
  public struct ChangedUnit: Sendable {
    /// The unit.
    public let id: UnitID
    /// What differs; never empty.
    public let changes: [Change]
  }

  /// Differences of what the campaigns say of themselves.
  public let facts: [Change]
  /// Units that only the second has, in its order.
  public let added: [UnitID]
  /// Units that only the first has, in its order.
  public let removed: [UnitID]
  /// Units that both have and that differ, in the first's order.
  public let changed: [ChangedUnit]

  /// Whether nothing differs.
  public var isEmpty: Bool {
    facts.isEmpty && added.isEmpty && removed.isEmpty && changed.isEmpty
  }

  /// The differences from `old` to `new`.
  ///
  /// - Complexity: O(*n*) in the number of excerpts and explanations.
  public init(from old: Campaign, to new: Campaign) {
    if old.contentHash == new.contentHash {
      (facts, added, removed, changed) = ([], [], [], [])
      return
    }
    facts = Self.facts(old, new)
    added = new.units.map(\.id).filter { old.unit($0) == nil }
    removed = old.units.map(\.id).filter { new.unit($0) == nil }
    changed = old.units.compactMap { unit in
      guard let other = new.unit(unit.id) else { return nil }
      let changes = UnitComparison(old: unit, new: other).changes
      return changes.isEmpty ? nil : ChangedUnit(id: unit.id, changes: changes)
    }
  }

  private static func facts(_ old: Campaign, _ new: Campaign) -> [Change] {
    let (left, right) = (old.info, new.info)
    var changes = Changes()
    changes.compare("id", left.id.rawValue, right.id.rawValue)
    changes.compare("title", left.title, right.title)
    changes.compare("model", left.model, right.model)
    changes.compare("model file", left.modelDigest, right.modelDigest)
    changes.compare("architecture", left.architecture, right.architecture)
    changes.compare("layers", "\(left.layers)", "\(right.layers)")
    changes.compare("seed", "\(left.seed)", "\(right.seed)")
    changes.compare("built at", "\(left.builtAt)", "\(right.builtAt)")
    changes.compare("imported from", left.importedFrom ?? "-", right.importedFrom ?? "-")
    changes.compareSets("sources", left.sources.map(\.title), right.sources.map(\.title))
    if left.tokenCount != right.tokenCount {
      changes.compare("tokens", "\(left.tokenCount)", "\(right.tokenCount)")
    }
    if old.baseline != new.baseline { changes.note("baseline", "differs") }
    return changes.list
  }
}

/// Collects differences.
private struct Changes {
  private(set) var list: [CampaignDiff.Change] = []

  mutating func note(_ what: String, _ how: String) {
    list.append(CampaignDiff.Change(what: what, how: how))
  }

  mutating func compare(_ what: String, _ old: String, _ new: String) {
    if old != new { note(what, "\(old) -> \(new)") }
  }

  mutating func compareSets<Element: Hashable>(
    _ what: String, _ old: [Element], _ new: [Element], name: (Element) -> String
  ) {
    let (before, after) = (Set(old), Set(new))
    let gone = old.filter { !after.contains($0) }
    let come = new.filter { !before.contains($0) }
    for element in gone { note(what, "- \(name(element))") }
    for element in come { note(what, "+ \(name(element))") }
    if gone.isEmpty, come.isEmpty, old != new { note(what, "in another order") }
  }

  mutating func compareSets(_ what: String, _ old: [String], _ new: [String]) {
    compareSets(what, old, new) { $0 }
  }
}

/// Compares two units of one name.
private struct UnitComparison {
  let old: CampaignUnit
  let new: CampaignUnit

  /// What identifies an excerpt whatever it is called: its text, and which half it is in.
  private struct Text: Hashable {
    let kind: Excerpt.Kind
    let tokens: [String]
    let settlesContests: Bool
  }

  var changes: [CampaignDiff.Change] {
    var changes = Changes()
    changes.compare("polarity", "\(old.polarity)", "\(new.polarity)")
    changes.compare("rest", "\(old.rest)", "\(new.rest)")
    changes.compare("density", "\(old.density)", "\(new.density)")
    changes.compare("usual peak", "\(old.top20MeanPeak)", "\(new.top20MeanPeak)")
    changes.compare("lexical", "\(old.isLexical)", "\(new.isLexical)")
    changes.compareSets("peak words", old.peakWords, new.peakWords)
    changes.compareSets("promoted", old.promoted, new.promoted)
    changes.compareSets("suppressed", old.suppressed, new.suppressed)
    changes.compareSets("neighbours", old.neighbours, new.neighbours) {
      "\($0.unit) by \($0.relation.rawValue), \($0.similarity)"
    }
    compareExplanations(&changes)
    comparePairs(&changes)
    comparePool(
      "clues", old.clues.map { ($0.excerpt, false) }, new.clues.map { ($0.excerpt, false) },
      &changes)
    comparePool(
      "held-out", old.heldOut.map { ($0.excerpt, $0.settlesContests) },
      new.heldOut.map { ($0.excerpt, $0.settlesContests) }, &changes)
    comparePool(
      "reveals", old.reveals.map { ($0.excerpt, false) }, new.reveals.map { ($0.excerpt, false) },
      &changes)
    if old.scoring != new.scoring { changes.note("scoring profile", "differs") }
    return changes.list
  }

  private func compareExplanations(_ changes: inout Changes) {
    func words(_ unit: CampaignUnit) -> [String] {
      unit.explanations.map { "\($0.explanation.text) (\($0.role.rawValue))" }
    }
    changes.compareSets("explanations", words(old), words(new))
    let before = Dictionary(
      old.explanations.map { ($0.explanation.text, $0.score) }, uniquingKeysWith: { $1 })
    for entry in new.explanations {
      guard let score = before[entry.explanation.text], score != entry.score else { continue }
      func shown(_ score: Score?) -> String {
        score.map { "\($0.value) (\($0.low) to \($0.high), \($0.scorer))" } ?? "none"
      }
      changes.note(
        "score of \"\(entry.explanation.text)\"", "\(shown(score)) -> \(shown(entry.score))")
    }
  }

  private func comparePairs(_ changes: inout Changes) {
    func shown(_ unit: CampaignUnit) -> [String] {
      let texts = Dictionary(
        unit.explanations.map { ($0.explanation.id, $0.explanation.text.description) },
        uniquingKeysWith: { $1 })
      return unit.pairs.map { pair in
        let better = pair.better.flatMap { texts[$0] } ?? "undecided"
        let state = pair.isInPlay ? "in play" : "not in play"
        return
          "\(texts[pair.a] ?? "?") | \(texts[pair.b] ?? "?"): \(better), \(state), "
          + "\(pair.verdicts.count) verdicts"
      }
    }
    changes.compareSets("pairs", shown(old), shown(new))
  }

  private func comparePool(
    _ name: String, _ left: [(Excerpt, Bool)], _ right: [(Excerpt, Bool)], _ changes: inout Changes
  ) {
    func key(_ entry: (Excerpt, Bool)) -> Text {
      Text(kind: entry.0.kind, tokens: entry.0.tokens, settlesContests: entry.1)
    }
    let before = Dictionary(left.map { (key($0), $0.0.activations) }, uniquingKeysWith: { $1 })
    let after = Dictionary(right.map { (key($0), $0.0.activations) }, uniquingKeysWith: { $1 })
    let gone = before.keys.count { after[$0] == nil }
    let come = after.keys.count { before[$0] == nil }
    let moved = before.count { text, activations in
      after[text].map { $0 != activations } ?? false
    }
    if gone > 0 || come > 0 { changes.note(name, "\(gone) texts gone, \(come) new") }
    if moved > 0 { changes.note(name, "\(moved) texts with other activations") }
    if gone == 0, come == 0, moved == 0, left.map(key) != right.map(key) {
      changes.note(name, "in another order")
    }
  }
}
