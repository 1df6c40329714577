import ArenaTypes
import Interpretation

extension ScriptedCampaign {
  /// The scripted campaign, of whose clues and reveals one in `step` is explicit and says so.
  static func explicit(each step: Int) -> Campaign {
    let scripted = ScriptedCampaign.make(unitCount: 40)
    func marked(_ excerpt: Excerpt, _ index: Int) -> Excerpt {
      let isExplicit = index.isMultiple(of: step)
      return Excerpt(
        id: excerpt.id, kind: excerpt.kind, source: excerpt.source, tokenIDs: excerpt.tokenIDs,
        tokens: isExplicit ? ["obscene"] + excerpt.tokens.dropFirst() : excerpt.tokens,
        activations: excerpt.activations, isExplicit: isExplicit)
    }
    let units = scripted.units.map { unit in
      CampaignUnit(
        id: unit.id, polarity: unit.polarity, density: unit.density,
        top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical,
        clues: unit.clues.enumerated().map { ClueExcerpt(marked($1.excerpt, $0)) },
        heldOut: unit.heldOut,
        reveals: unit.reveals.enumerated().map { RevealExcerpt(marked($1.excerpt, $0)) },
        peakWords: unit.peakWords, promoted: unit.promoted, suppressed: unit.suppressed,
        neighbours: unit.neighbours, explanations: unit.explanations, pairs: unit.pairs,
        scoring: unit.scoring)
    }
    return Campaign(
      info: scripted.info, contentHash: scripted.contentHash, units: units,
      baseline: scripted.baseline)
  }
}
