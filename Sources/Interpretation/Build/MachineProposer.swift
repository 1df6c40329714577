import ArenaTypes

/// Proposes explanations from a bank of concepts, by the visible clues alone.
///
/// First by meaning: the cosine of each concept with the surroundings of the clues' peaks, less its
/// mean over the other units. Then the short list by what the subject model would write after the
/// concept: the mean information about the clues' peak tokens, less that of the other units.
struct MachineProposer {
  /// How many concepts are compared in full, the best by the clues' surroundings.
  static let shortListCount = 24
  /// How many explanations a unit gets.
  static let proposalCount = 2

  let subject: any SubjectModel
  let embedder: any SentenceEmbedder
  let concepts: ConceptBank
  let baseline: ScoringBaseline
  let tokens: WriterTokens

  func proposals(for units: [CampaignUnit], progress: BuildProgress)
    throws(InterpretationError) -> [[ExplanationText]]
  {
    // Embedding the bank takes a while, in which somebody may watch.
    progress.report(.proposing, 0, units.count)
    let directions = try units.map { unit throws(InterpretationError) in
      try direction(of: unit)
    }
    let center = Vectors.mean(directions, dimension: embedder.dimension)
    let vectors = try embedder.embed(concepts.texts.map(\.description))
    var shortLists: [[(concept: Int, cosine: Float)]] = []
    for direction in directions {
      let own = zip(direction, center).map { $0 - $1 }
      let ranked = vectors.indices.map { ($0, Vectors.dot(vectors[$0], own)) }
        .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
      shortLists.append(Array(ranked.prefix(Self.shortListCount)))
    }
    return try rerank(shortLists, units: units, progress: progress)
  }

  /// The mean of the windows around the peaks of the clues that fire, of length 1.
  private func direction(of unit: CampaignUnit) throws(InterpretationError) -> [Float] {
    let windows = unit.clues.filter { $0.excerpt.kind == .top }.compactMap { clue in
      clue.excerpt.peak.map { TokenWindow.text(of: clue.excerpt.tokens, around: $0) }
    }
    let vectors = windows.isEmpty ? [] : try embedder.embed(windows)
    return Vectors.normalised(Vectors.mean(vectors, dimension: embedder.dimension))
  }

  private func rerank(
    _ shortLists: [[(concept: Int, cosine: Float)]], units: [CampaignUnit],
    progress: BuildProgress
  ) throws(InterpretationError) -> [[ExplanationText]] {
    let forms = TokenForms(model: subject)
    let expected = baseline.meanLogProbabilities[0]
    let peakTokens = units.map { Self.peakTokens(of: $0, tokens: tokens) }
    var chosen: [[ExplanationText]] = []
    for (index, list) in shortLists.enumerated() {
      let texts = list.map { concepts.texts[$0.concept] }
      let rows = try PromptTemplates.standard.logProbabilities(
        of: texts.map(\.description), model: subject, forms: forms)
      let scored = rows.indices.map { position -> (score: Float, position: Int) in
        func information(_ unit: Int) -> Float {
          peakTokens[unit].reduce(0) { $0 + rows[position][Int($1)] - expected[Int($1)] }
            / Float(max(1, peakTokens[unit].count))
        }
        let others = units.indices.reduce(0) { $0 + information($1) } / Float(units.count)
        // A tenth of cosine tells about as much as a nat of information.
        return (information(index) - others + 10 * list[position].cosine, position)
      }.sorted { ($0.score, $1.position) > ($1.score, $0.position) }
      chosen.append(scored.prefix(Self.proposalCount).map { texts[$0.position] })
      progress.report(.proposing, index + 1, shortLists.count)
    }
    return chosen
  }

  private static func peakTokens(of unit: CampaignUnit, tokens: WriterTokens) -> [Int32] {
    unit.clues.filter { $0.excerpt.kind == .top }.compactMap { clue in
      clue.excerpt.peak.map { tokens.ids(of: clue.excerpt)[$0] }
    }.filter { $0 != WriterTokens.unknown }
  }
}
