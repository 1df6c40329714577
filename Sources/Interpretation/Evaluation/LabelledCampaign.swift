import ArenaTypes

/// A labelled set as a campaign, so that any scorer runs on it as it is.
///
/// What the reader saw are clues, what was hidden is held out, all of it in the first sealed half.
struct LabelledCampaign {
  /// A held-out excerpt with what a profile keeps of it; what checks move about.
  struct Part {
    var excerpt: Excerpt
    /// As in `ScoringProfile.Windows`; empty for what is not among the strongest.
    var windows: [Int8]
  }

  let campaign: Campaign
  /// `[units]`: the held-out excerpts.
  let parts: [[Part]]

  /// The set's campaign, its windows embedded: a second for five units.
  ///
  /// - Parameter subject: The model whose tokens the excerpts may have.
  init(
    _ set: LabelledSet, embedder: any SentenceEmbedder, subject: any SubjectModel,
    progress: BuildProgress = .silent
  ) throws(InterpretationError) {
    var units: [CampaignUnit] = []
    for (ordinal, unit) in set.units.enumerated() {
      units.append(try Self.unit(unit, ordinal: ordinal, embedder: embedder))
      progress.report(.profiling, ordinal + 1, set.units.count)
    }
    let isOwn = set.units.allSatisfy { Self.hasTokens(of: subject, $0) }
    let info = CampaignInfo(
      id: CampaignID(rawValue: "labelled"), title: set.name,
      model: set.units.first?.id.parts?.model ?? LabelledSet.defaultModel,
      modelDigest: isOwn ? subject.digest : "", architecture: subject.architecture,
      layers: Array(Set(set.units.compactMap { $0.id.parts?.layer })).sorted(), sources: [],
      seed: 0, builtAt: Timestamp(millisecondsSinceEpoch: 0))
    campaign = Campaign(
      info: info, contentHash: "", units: units,
      baseline: ScoringBaseline(meanLogProbabilities: []))
    parts = units.map(Self.parts)
  }

  /// Whether the excerpts' numbers are the model's own: those of the first ones have the texts.
  private static func hasTokens(of subject: any SubjectModel, _ unit: LabelledUnit) -> Bool {
    guard let excerpt = unit.excerpts.first else { return false }
    let known = excerpt.tokenIDs.allSatisfy { $0 < subject.vocabularyCount }
    return known && subject.pieces(of: excerpt.tokenIDs) == excerpt.tokens
  }

  private static func unit(_ unit: LabelledUnit, ordinal: Int, embedder: any SentenceEmbedder)
    throws(InterpretationError) -> CampaignUnit
  {
    func excerpts(_ areHidden: Bool, _ pool: String) -> [Excerpt] {
      unit.excerpts.filter { $0.isHidden == areHidden }.enumerated().map { index, excerpt in
        Excerpt(
          id: ExcerptID(rawValue: "u\(ordinal)\(pool)\(index)"), kind: excerpt.kind,
          source: excerpt.source, tokenIDs: excerpt.tokenIDs, tokens: excerpt.tokens,
          activations: excerpt.activations,
          isExplicit: ExplicitWords.standard.matches(excerpt.tokens.joined()))
      }
    }
    let clues = excerpts(false, "c").map { ClueExcerpt($0) }
    let heldOut = excerpts(true, "h").map { HeldOutExcerpt($0, settlesContests: false) }
    let peakWords = UnitAssembly.peakWords(of: clues)
    let peak = unit.top20MeanPeak ?? Self.meanPeak(of: unit)
    let active = heldOut.filter { $0.excerpt.kind == .random }.flatMap(\.excerpt.activations)
    return CampaignUnit(
      id: unit.id, polarity: unit.polarity,
      density: active.isEmpty
        ? 0
        : Double(active.count { $0 >= PoolDrawing.activeShare * peak }) / Double(active.count),
      top20MeanPeak: peak, isLexical: unit.isLexical, clues: clues, heldOut: heldOut,
      reveals: [], peakWords: peakWords, promoted: [], suppressed: [], neighbours: [],
      explanations: [], pairs: [],
      scoring: try ProfileMaker(embedder: embedder).profile(
        of: heldOut, nearMissTokens: heldOut.map { promisingToken(of: $0.excerpt, peakWords) }))
  }

  private static func meanPeak(of unit: LabelledUnit) -> Float {
    let peaks = unit.excerpts.filter { $0.kind == .top }.compactMap { $0.activations.max() }
    return peaks.reduce(0, +) / Float(max(1, peaks.count))
  }

  /// The token of a text that promises most: one of the clues' peak words, else the strongest.
  private static func promisingToken(of excerpt: Excerpt, _ peakWords: [String]) -> Int {
    excerpt.tokens.indices.first { index in
      TokenWindow.word(in: excerpt.tokens, at: index).map(peakWords.contains) ?? false
    } ?? excerpt.peak ?? 0
  }

  private static func parts(of unit: CampaignUnit) -> [Part] {
    var windows: [Int: [Int8]] = [:]
    for entry in unit.scoring.windows { windows[entry.heldOutIndex] = entry.vectors }
    return unit.heldOut.enumerated().map { index, held in
      Part(excerpt: held.excerpt, windows: windows[index] ?? [])
    }
  }

  /// The campaign with other held-out excerpts, all else as it is.
  func replacing(parts: [[Part]]) -> Campaign {
    let units = zip(campaign.units, parts).enumerated().map { ordinal, pair in
      Self.replacing(parts: pair.1, in: pair.0, ordinal: ordinal)
    }
    return Campaign(
      info: campaign.info, contentHash: "", units: units, baseline: campaign.baseline)
  }

  private static func replacing(parts: [Part], in unit: CampaignUnit, ordinal: Int)
    -> CampaignUnit
  {
    let heldOut = parts.enumerated().map { index, part in
      HeldOutExcerpt(
        part.excerpt.renamed("u\(ordinal)h\(index)"), settlesContests: false)
    }
    let windows = parts.enumerated().compactMap { index, part in
      part.windows.isEmpty
        ? nil : ScoringProfile.Windows(heldOutIndex: index, vectors: part.windows)
    }
    return CampaignUnit(
      id: unit.id, polarity: unit.polarity, density: unit.density,
      top20MeanPeak: unit.top20MeanPeak, isLexical: unit.isLexical, clues: unit.clues,
      heldOut: heldOut, reveals: [], peakWords: unit.peakWords, promoted: [], suppressed: [],
      neighbours: [], explanations: [], pairs: [],
      scoring: ScoringProfile(windows: windows, meanWindow: unit.scoring.meanWindow))
  }
}

extension Excerpt {
  /// The excerpt under another name and, where given, as another kind and with other activations.
  func renamed(_ name: String, kind: Kind? = nil, activations: [Float]? = nil) -> Excerpt {
    Excerpt(
      id: ExcerptID(rawValue: name), kind: kind ?? self.kind, source: source, tokenIDs: tokenIDs,
      tokens: tokens, activations: activations ?? self.activations, isExplicit: isExplicit)
  }
}
