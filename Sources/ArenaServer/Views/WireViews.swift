import ArenaProtocol
import ArenaRules
import ArenaTypes
import Interpretation

/// Turns what the rules and the campaign know into what clients may see.
///
/// Held-out excerpts can't come through here: `Campaign.excerpt` knows clues and reveal excerpts only.
struct WireViews {
  let campaign: Campaign

  /// How many tokens on either side of the peak are shown before a clue is opened (game.md).
  static let windowRadius = 8

  /// A unit while it is played.
  func card(_ id: UnitID) -> Wire.UnitCard {
    let unit = campaign.unit(id)
    return Wire.UnitCard(
      id: id, layer: id.parts?.layer ?? 0, density: unit?.density ?? 0,
      lexical: unit?.isLexical ?? false)
  }

  /// An excerpt of a unit; nil for an id that names no clue or reveal excerpt.
  func clue(_ id: ExcerptID, of unit: UnitID) -> Wire.Clue? {
    campaign.excerpt(id).map { clue($0, of: unit) }
  }

  private func clue(_ excerpt: Excerpt, of unit: UnitID) -> Wire.Clue {
    let peak = excerpt.peak ?? 0
    let strongest = excerpt.activations.max() ?? 0
    let scale = max(campaign.unit(unit)?.top20MeanPeak ?? strongest, 0.001)
    return Wire.Clue(
      id: excerpt.id, kind: excerpt.kind, source: excerpt.source, tokens: excerpt.tokens,
      activations: excerpt.activations, scale: Double(scale), peak: peak,
      window: Wire.Pair(
        max(0, peak - Self.windowRadius),
        min(excerpt.tokens.count, peak + Self.windowRadius + 1)))
  }

  /// Several clues of a unit.
  func clues(_ ids: [ExcerptID], of unit: UnitID) -> [Wire.Clue] {
    ids.compactMap { clue($0, of: unit) }
  }

  /// The words that a fire text may not use: the clues' peak words.
  ///
  /// Function words among them are let through, since nobody can write a sentence without them, unless
  /// the unit fires on nothing else.
  func taboo(of unit: UnitID) -> [String] {
    let words = campaign.unit(unit)?.peakWords ?? []
    let content = words.filter { !Self.functionWords.contains($0) }
    return content.isEmpty ? words : content
  }

  private static let functionWords: Set<String> = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have",
    "he", "her", "his", "i", "in", "is", "it", "its", "no", "not", "of", "on", "or", "our", "she",
    "so", "than", "that", "the", "their", "them", "they", "this", "to", "was", "we", "were",
    "which", "who", "with", "you", "your",
  ]

  /// The text of an explanation.
  func text(_ id: ExplanationID) -> String {
    campaign.explanation(id)?.explanation.text.description ?? ""
  }

  /// An explanation with its author and score, for after the round.
  func credit(_ id: ExplanationID) -> Wire.ExplanationCredit {
    guard let found = campaign.explanation(id) else {
      return Wire.ExplanationCredit(
        text: "", author: Wire.AuthorCredit(kind: .house, player: nil, name: "NeuronArena"),
        score: nil)
    }
    return credit(found)
  }

  private func credit(_ found: CampaignExplanation) -> Wire.ExplanationCredit {
    Wire.ExplanationCredit(
      text: found.explanation.text.description, author: author(found.explanation.author),
      score: found.score)
  }

  private func author(_ author: Author) -> Wire.AuthorCredit {
    switch author {
    case .house: Wire.AuthorCredit(kind: .house, player: nil, name: "NeuronArena")
    case .machine(let name): Wire.AuthorCredit(kind: .machine, player: nil, name: name)
    case .player(let id): Wire.AuthorCredit(kind: .player, player: id, name: "A player")
    }
  }

  /// The best explanation of a unit that is known to be meant as right.
  func best(of unit: UnitID) -> Wire.ExplanationCredit? {
    campaign.unit(unit)?.bestExplanation.map { credit($0) }
  }

  /// All that a player may read of a unit outside its rounds; nil for an unknown one.
  ///
  /// - Parameter showsExplicit: Whether the reader wants to see explicit excerpts.
  func page(_ id: UnitID, showsExplicit: Bool) -> Wire.UnitPage? {
    guard let unit = campaign.unit(id) else { return nil }
    let clues = unit.clues.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let reveals = unit.reveals.map(\.excerpt).filter { showsExplicit || !$0.isExplicit }
    let explanations = unit.explanations.sorted {
      ($0.score?.value ?? -1, $1.explanation.id) > ($1.score?.value ?? -1, $0.explanation.id)
    }
    return Wire.UnitPage(
      unit: card(id), clues: clues.map { clue($0, of: id) },
      reveals: reveals.map { clue($0, of: id) }, peakWords: unit.peakWords,
      promoted: unit.promoted, suppressed: unit.suppressed,
      neighbours: unit.neighbours.map {
        Wire.Neighbour(unit: $0.unit, relation: $0.relation.rawValue)
      },
      explanations: explanations.map { credit($0) })
  }
}
