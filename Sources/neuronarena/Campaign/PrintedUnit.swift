import ArenaTypes
import Interpretation

/// A unit as text for a terminal.
struct PrintedUnit {
  let unit: CampaignUnit
  let info: CampaignInfo
  let colour: TerminalColour
  /// Whether held-out excerpts are shown too.
  let showsHeldOut: Bool

  private var paint: ActivationPaint { ActivationPaint(colour: colour, scale: unit.top20MeanPeak) }

  /// The lines, without line ends.
  var lines: [String] { facts + words + texts }

  private var facts: [String] {
    var lines = [
      "\(Self.name(of: unit.id))  (\(VisibleText.of(unit.id.rawValue)))",
      "  model       \(VisibleText.of(info.model)), \(VisibleText.of(info.architecture))",
      "  fires       \(Self.firing(of: unit)), "
        + "on \(VisibleText.percent(unit.density)) of tokens, "
        + "usual peak \(VisibleText.number(unit.top20MeanPeak))"
        + (unit.isLexical ? ", on a handful of words" : ""),
    ]
    if let source = info.importedFrom {
      lines.append("  imported    from \(VisibleText.of(source)); the model is not at hand")
    }
    func list(_ name: String, _ tokens: [String]) {
      guard !tokens.isEmpty else { return }
      let shown = tokens.map { "\"\(VisibleText.of($0))\"" }.joined(separator: " ")
      lines.append("  \(VisibleText.padded(name, 11)) \(shown)")
    }
    list("peak words", Array(unit.peakWords.prefix(12)))
    list("promotes", unit.promoted)
    list("suppresses", unit.suppressed)
    for neighbour in unit.neighbours {
      let near = "\(neighbour.relation.rawValue) \(VisibleText.number(neighbour.similarity))"
      lines.append("  neighbour   \(VisibleText.of(neighbour.unit.rawValue))  by \(near)")
    }
    let shown = excerpts.flatMap(\.excerpt.activations)
    lines.append("  activations \(Sparkline.histogram(of: shown))  (log counts, texts below)")
    return lines
  }

  /// What people and programs say of it, best first.
  private var words: [String] {
    let ranked = unit.explanations.sorted { left, right in
      (left.score?.value ?? -1, right.explanation.id) > (
        right.score?.value ?? -1, left.explanation.id
      )
    }
    return ["", "explanations"]
      + ranked.map { entry in
        let score = entry.score.map { VisibleText.score($0) } ?? "-"
        let source =
          entry.sourceScore.map { ", \($0.name) \(VisibleText.number(Float($0.value)))" } ?? ""
        let earlier = entry.earlierScores.map { ", \(VisibleText.whole($0.value)) by \($0.scorer)" }
        let author =
          "\(entry.role.rawValue), \(Self.name(of: entry.explanation.author))\(source)"
          + earlier.joined()
        return
          "  \(VisibleText.right(score, 12))  \(VisibleText.of(entry.explanation.text.description))  "
          + "[\(VisibleText.of(author))]"
      } + pairs
  }

  private var pairs: [String] {
    let decided = unit.pairs.count { $0.better != nil }
    let inPlay = unit.pairs.count { $0.isInPlay }
    return unit.pairs.isEmpty
      ? [] : ["  \(unit.pairs.count) pairs judged, \(decided) decided, \(inPlay) in play"]
  }

  private var excerpts: [(pool: String, excerpt: Excerpt)] {
    unit.clues.map { ("clue", $0.excerpt) } + unit.reveals.map { ("reveal", $0.excerpt) }
      + (showsHeldOut
        ? unit.heldOut.map { ($0.settlesContests ? "sealed" : "held out", $0.excerpt) } : [])
  }

  private var texts: [String] {
    ["", "texts  \(paint.legend)"]
      + excerpts.map { pool, excerpt in
        let peak = VisibleText.number(excerpt.activations.max() ?? 0)
        let text = zip(excerpt.tokens, excerpt.activations)
          .map { paint.token($0, activation: $1) }.joined()
        return
          "  \(VisibleText.padded(pool, 8)) \(VisibleText.padded(excerpt.kind.rawValue, 8)) "
          + "\(VisibleText.right(peak, 6))  \(text)"
      }
  }

  private static func firing(of unit: CampaignUnit) -> String {
    if unit.rest > 0 { return "above its usual \(VisibleText.number(unit.rest))" }
    return unit.polarity == .positive ? "when high" : "when very negative"
  }

  /// The unit as people say it.
  static func name(of unit: UnitID) -> String {
    guard let parts = unit.parts else { return VisibleText.of(unit.rawValue) }
    let place = "in layer \(parts.layer)"
    return switch parts.kind {
    case .mlp: "neuron \(parts.index) \(place)"
    case .head: "attention head \(parts.index) \(place)"
    case .residual(let name): "direction \(parts.index) of \(name) \(place)"
    case .feature(let name): "feature \(parts.index) of \(name) \(place)"
    }
  }

  private static func name(of author: Author) -> String {
    switch author {
    case .house: "the house"
    case .machine(let name): name
    case .player(let id): "player \(id)"
    }
  }
}
