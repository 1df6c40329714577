import ArenaTypes

/// Makes one unit of a campaign from what files say of it.
struct ImportedUnitMaker {
  let unit: ImportedUnit
  let pools: ImportedPools
  let corpusTitle: String
  let embedder: any SentenceEmbedder
  let explicit: ExplicitExcerpts
  let seed: SeededGenerator

  func unit(ordinal: Int, report: inout ImportReport) throws(InterpretationError) -> CampaignUnit {
    let drawn = pools.drawn
    let marked = try explicit.marked(drawn.clues + drawn.reveals, in: pools.texts)
    func excerpts(_ drawn: [DrawnExcerpt], _ pool: String) -> [Excerpt] {
      drawn.enumerated().map { index, drawn in
        excerpt(
          drawn, name: "u\(ordinal)\(pool)\(index)", isExplicit: marked.contains(drawn.excerpt))
      }
    }
    let assessment = try UnitAssessor(texts: pools.texts, embedder: embedder)
      .assess(track: 0, pools: drawn, seed: seed)
    let clues = excerpts(drawn.clues, "c").map { ClueExcerpt($0) }
    let heldOut = UnitAssembly.halved(excerpts(drawn.heldOut, "h"))
    let hasSilent = heldOut.contains { $0.excerpt.kind == .nearMiss || $0.excerpt.kind == .random }
    if !hasSilent { report.oneSidedCount += 1 }
    return CampaignUnit(
      id: unit.id, polarity: .positive, density: pools.density, top20MeanPeak: drawn.top20MeanPeak,
      isLexical: assessment.isLexical, clues: clues, heldOut: heldOut,
      reveals: excerpts(drawn.reveals, "r").map { RevealExcerpt($0) },
      peakWords: UnitAssembly.peakWords(of: clues),
      promoted: Array(unit.facts.promoted.prefix(UnitAssembly.effectCount)),
      suppressed: Array(unit.facts.suppressed.prefix(UnitAssembly.effectCount)), neighbours: [],
      explanations: ImportedWords().explanations(
        unit.explanations, of: unit.id, countMax: CampaignImporter.explanationCountMax,
        report: &report
      ).sorted { $0.explanation.id < $1.explanation.id },
      pairs: [],
      scoring: try ProfileMaker(embedder: embedder).profile(
        of: heldOut, nearMissTokens: drawn.heldOut.map(\.token)))
  }

  private func excerpt(_ drawn: DrawnExcerpt, name: String, isExplicit: Bool) -> Excerpt {
    let pieces = pools.texts.pieces[drawn.excerpt]
    return Excerpt(
      id: ExcerptID(rawValue: name), kind: drawn.kind, source: corpusTitle,
      tokenIDs: pools.texts.excerpts[drawn.excerpt].tokenIDs, tokens: pieces,
      activations: pools.recording.activations(track: 0, excerpt: drawn.excerpt).floats,
      isExplicit: isExplicit || ExplicitExcerpts.hasExplicitWord(pieces.joined()))
  }
}
