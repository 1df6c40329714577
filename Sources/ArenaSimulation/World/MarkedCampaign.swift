import ArenaTypes
import Interpretation

/// A scripted campaign in which everything that no client may ever see carries a mark.
enum MarkedCampaign {
  /// Stands in the name and in each token of every held-out excerpt, and nowhere else.
  static let heldOutMark = "ZHELDOUT"

  /// What the names of clues begin with, so that they are found where they are hidden.
  static let clueMark = "ZC"

  /// The one that simulations play, made once; with units whose answers are known beside its own.
  static let usual = make(unitCount: 40)
  /// A second one, for practice.
  static let practice = make(unitCount: 24, id: "practice", model: "second", seed: 5)

  /// A campaign of `unitCount` units.
  static func make(
    unitCount: Int, id: String = "scripted", model: String = "scripted", seed: UInt64 = 1
  ) -> Campaign {
    let plain = ScriptedCampaign.make(unitCount: unitCount, seed: seed, id: id, model: model)
      .adding(gold: ScriptedCampaign.make(unitCount: 8, seed: seed + 1, id: "gold", model: "gold"))
    return Campaign(
      info: plain.info, contentHash: plain.contentHash, units: plain.units.map(marked),
      baseline: plain.baseline, goldUnits: plain.goldUnits.map(marked))
  }

  private static func marked(_ unit: CampaignUnit) -> CampaignUnit {
    CampaignUnit(
      id: unit.id, polarity: unit.polarity, rest: unit.rest, density: unit.density,
      top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
      clues: unit.clues.map { ClueExcerpt($0.excerpt.named(clueMark + $0.excerpt.id.rawValue)) },
      heldOut: unit.heldOut.map { held in
        HeldOutExcerpt(marked(held.excerpt), settlesContests: held.settlesContests)
      },
      reveals: unit.reveals, peakWords: unit.peakWords, promoted: unit.promoted,
      suppressed: unit.suppressed, neighbours: unit.neighbours, explanations: unit.explanations,
      pairs: unit.pairs, scoring: unit.scoring)
  }

  private static func marked(_ excerpt: Excerpt) -> Excerpt {
    Excerpt(
      id: ExcerptID(rawValue: heldOutMark + excerpt.id.rawValue), kind: excerpt.kind,
      source: excerpt.source, tokenIDs: excerpt.tokenIDs,
      tokens: excerpt.tokens.map { $0 + heldOutMark }, activations: excerpt.activations,
      isExplicit: excerpt.isExplicit)
  }
}

extension Excerpt {
  /// The excerpt under another name.
  fileprivate func named(_ name: String) -> Excerpt {
    Excerpt(
      id: ExcerptID(rawValue: name), kind: kind, source: source, tokenIDs: tokenIDs,
      tokens: tokens, activations: activations, isExplicit: isExplicit)
  }
}
