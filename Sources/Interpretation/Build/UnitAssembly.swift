import ArenaTypes

/// Puts the chosen units together: texts, activations, words, neighbours and the scorer's data.
struct UnitAssembly {
  /// How many promoted and suppressed tokens a unit lists.
  static let effectCount = 10
  /// How many neighbours of either relation a unit lists.
  static let neighbourCount = 3

  let model: any SubjectModel
  let embedder: any SentenceEmbedder
  let corpus: Corpus
  let texts: ExcerptTexts
  let recording: Recording
  /// The groups that units were looked for in.
  let groups: [UnitGroup]
  let seed: SeededGenerator
  let progress: BuildProgress

  func campaign(of chosen: [UnitAssessment], plan: CampaignPlan, startedAt: Timestamp)
    throws -> Campaign
  {
    let neighbours = try Neighbours(
      model: model, recording: recording, groups: groups
    ).of(tracks: chosen.map(\.track), count: Self.neighbourCount)
    let explicit = try ExplicitExcerpts(embedder: embedder)
    var units: [CampaignUnit] = []
    for (ordinal, assessment) in chosen.enumerated() {
      units.append(
        try unit(
          assessment, ordinal: ordinal, neighbours: neighbours[ordinal], explicit: explicit))
      progress.report(.profiling, ordinal + 1, chosen.count)
    }
    let info = CampaignInfo(
      id: plan.id, title: plan.title, model: model.name, modelDigest: model.digest,
      architecture: model.architecture, layers: plan.layers, sources: sources(), seed: plan.seed,
      builtAt: startedAt)
    return try CampaignFile.sealed(
      info: info, units: units, baseline: ScoringBaseline(meanLogProbabilities: []))
  }

  private func sources() -> [CorpusSource] {
    var counts = Array(repeating: 0, count: corpus.sources.count)
    for excerpt in texts.excerpts {
      counts[corpus.documents[excerpt.document].source] += excerpt.tokenIDs.count
    }
    return corpus.sources.enumerated().map { index, source in
      CorpusSource(
        title: source.title, licence: source.licence, origin: source.origin,
        tokenCount: counts[index])
    }
  }

  private func unit(
    _ assessment: UnitAssessment, ordinal: Int, neighbours: [UnitNeighbour],
    explicit: ExplicitExcerpts
  ) throws -> CampaignUnit {
    let track = recording.tracks[assessment.track]
    let pools = assessment.pools
    let marked = try explicit.marked(pools.clues + pools.reveals, in: texts)
    func excerpts(_ drawn: [DrawnExcerpt], _ pool: String) -> [Excerpt] {
      drawn.enumerated().map { index, drawn in
        excerpt(
          drawn, track: assessment.track, name: "u\(ordinal)\(pool)\(index)",
          isExplicit: marked.contains(drawn.excerpt))
      }
    }
    let heldOut = Self.halved(excerpts(pools.heldOut, "h"))
    let clues = excerpts(pools.clues, "c").map { ClueExcerpt($0) }
    let effects = try model.tokenEffects(
      of: track.unit.index, in: group(of: track.unit), sign: track.polarity.rawValue,
      count: Self.effectCount)
    return CampaignUnit(
      id: track.unit.id(in: model.name),
      polarity: track.polarity, rest: track.rest, density: pools.density,
      top20MeanPeak: pools.top20MeanPeak, isLexical: assessment.isLexical, clues: clues,
      heldOut: heldOut,
      reveals: excerpts(pools.reveals, "r").map { RevealExcerpt($0) },
      peakWords: Self.peakWords(of: clues), promoted: model.pieces(of: effects.promoted),
      suppressed: model.pieces(of: effects.suppressed), neighbours: neighbours, explanations: [],
      pairs: [],
      scoring: try ProfileMaker(embedder: embedder).profile(
        of: heldOut, nearMissTokens: pools.heldOut.map(\.token)))
  }

  private func group(of unit: UnitAddress) -> UnitGroup {
    groups.first { $0.layer == unit.layer && $0.kind == unit.kind }
      ?? UnitGroup(layer: unit.layer, kind: unit.kind, count: 0)
  }

  private func excerpt(_ drawn: DrawnExcerpt, track: Int, name: String, isExplicit: Bool) -> Excerpt
  {
    let source = texts.excerpts[drawn.excerpt]
    let pieces = texts.pieces[drawn.excerpt]
    return Excerpt(
      id: ExcerptID(rawValue: name), kind: drawn.kind,
      source: corpus.sources[corpus.documents[source.document].source].title,
      tokenIDs: source.tokenIDs, tokens: pieces,
      activations: recording.activations(track: track, excerpt: drawn.excerpt).floats,
      isExplicit: isExplicit || ExplicitExcerpts.hasExplicitWord(pieces.joined()))
  }

  /// Every second excerpt of each kind goes to the half that settles contests.
  static func halved(_ excerpts: [Excerpt]) -> [HeldOutExcerpt] {
    var counts: [Excerpt.Kind: Int] = [:]
    return excerpts.map { excerpt in
      counts[excerpt.kind, default: 0] += 1
      return HeldOutExcerpt(
        excerpt, settlesContests: counts[excerpt.kind, default: 0].isMultiple(of: 2))
    }
  }

  /// The words on which the clues peak, most frequent first.
  static func peakWords(of clues: [ClueExcerpt]) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for clue in clues where clue.excerpt.kind != .random {
      guard let peak = clue.excerpt.peak,
        let word = TokenWindow.word(in: clue.excerpt.tokens, at: peak)
      else { continue }
      if counts[word] == nil { order.append(word) }
      counts[word, default: 0] += 1
    }
    let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return order.sorted {
      (counts[$1] ?? 0, positions[$0] ?? 0) < (counts[$0] ?? 0, positions[$1] ?? 0)
    }
  }
}
