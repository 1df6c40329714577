import ArenaTypes

extension CampaignBuilder {
  /// More is shown to who explains the units than to players.
  private static let sizes = PoolSizes(silentClues: 3, nearMissClues: 4)

  /// Draws the pools of many units without choosing among them and without scoring anything.
  ///
  /// The units of every layer that peak highest above their mean are taken, whether their peaks are
  /// alike in meaning or in form; `plan.candidateCount` in all. Passes through the model are
  /// saved as a build's are.
  /// - Parameter body: Called with each unit whose pools the corpus can fill.
  /// - Returns: The corpus, which the units' excerpts point into.
  /// - Throws: As `build()`, and what `body` throws.
  public func drawPools(_ body: (RecordedUnit) throws -> Void) throws -> [RecordedText] {
    let corpus = try Corpus(folder: plan.corpusFolder)
    let seed = SeededGenerator(seed: plan.seed)
    let excerpts = try cut(corpus)
    let (checkpoint, _) = try Checkpoint.open(
      plan, corpusDigest: try Self.digest(of: excerpts), modelDigest: model.digest)
    let texts = ExcerptTexts(excerpts: excerpts, model: model)
    let tracks = try spreadCandidates(excerpts: excerpts, seed: seed, checkpoint: checkpoint)
    let recording = try record(tracks, excerpts: excerpts, checkpoint: checkpoint)
    let drawing = PoolDrawing(
      sizes: Self.sizes, texts: texts, words: WordIndex(texts: texts), recording: recording)
    for track in tracks.indices {
      if let pools = drawing.draw(track: track, seed: seed) {
        try body(try unit(track: track, pools: pools, texts: texts, recording: recording))
      }
      progress.report(.drawing, track + 1, tracks.count)
    }
    return excerpts.indices.map { index in
      RecordedText(
        source: corpus.sources[corpus.documents[excerpts[index].document].source].title,
        tokenIDs: excerpts[index].tokenIDs, tokens: texts.pieces[index])
    }
  }

  /// The same number of units of every layer, those with the highest peaks.
  private func spreadCandidates(
    excerpts: [CorpusExcerpt], seed: SeededGenerator, checkpoint: Checkpoint
  ) throws -> [Recording.Track] {
    let reserved = Set(plan.reserved.map(\.address))
    let summaries = try survey(excerpts, seed: seed, checkpoint: checkpoint).summaries()
      .filter { !reserved.contains($0.unit) }
      .sorted { ($0.peakHeight, $1.unit) > ($1.peakHeight, $0.unit) }
    return plan.layers
      .flatMap { layer in
        summaries.filter { $0.unit.layer == layer }
          .prefix(plan.candidateCount / plan.layers.count)
      }
      .map { Recording.Track(unit: $0.unit, polarity: $0.polarity) }
      .sorted { $0.unit < $1.unit }
  }

  private func unit(track: Int, pools: DrawnPools, texts: ExcerptTexts, recording: Recording)
    throws(InterpretationError) -> RecordedUnit
  {
    let identity = recording.tracks[track]
    let moments = recording.moments(track: track)
    let windows = pools.clues.filter { $0.kind == .top }
      .map { texts.window(excerpt: $0.excerpt, around: $0.token) }
    func draws(_ drawn: [DrawnExcerpt], _ pool: String) -> [RecordedUnit.Draw] {
      drawn.map { drawn in
        let activations = recording.activations(track: track, excerpt: drawn.excerpt)
        return RecordedUnit.Draw(
          text: drawn.excerpt, pool: pool, kind: drawn.kind.rawValue, scale: activations.scale,
          activations: activations.bytes)
      }
    }
    return RecordedUnit(
      layer: identity.unit.layer, neuron: identity.unit.index, sign: identity.polarity.rawValue,
      density: pools.density, top20MeanPeak: pools.top20MeanPeak, mean: moments.mean,
      deviation: moments.deviation, thousandth: moments.thousandth,
      consistency: Vectors.meanPairwiseCosine(try embedder.embed(windows)),
      excerpts: draws(pools.clues, "clue") + draws(pools.heldOut, "heldOut")
        + draws(pools.reveals, "reveal"))
  }
}

extension Recording {
  /// What a track's activations are like over the whole corpus.
  func moments(track: Int) -> (mean: Double, deviation: Double, thousandth: Float) {
    var sum = 0.0
    var squares = 0.0
    let largest = scales[track].max() ?? 0
    var steps = [Int](repeating: 0, count: 4_097)
    for excerpt in 0..<excerptCount {
      let factor = scales[track][excerpt] / 127
      for token in tokenOffsets[excerpt]..<tokenOffsets[excerpt + 1] {
        let value = Float(values[track][token]) * factor
        sum += Double(value)
        squares += Double(value * value)
        if value > 0, largest > 0 { steps[Int(value / largest * 4_096)] += 1 }
      }
    }
    let tokenCount = tokenOffsets.last ?? 0
    let mean = sum / Double(max(1, tokenCount))
    // The step in which the tokens counted from the strongest reach one in a thousand.
    var passed = 0
    let step = steps.indices.last { index in
      passed += steps[index]
      return passed > tokenCount / 1_000
    }
    return (
      mean, max(0, squares / Double(max(1, tokenCount)) - mean * mean).squareRoot(),
      Float(step ?? 0) / 4_096 * largest
    )
  }
}
