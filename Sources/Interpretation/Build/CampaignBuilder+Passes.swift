import ArenaTypes

extension CampaignBuilder {
  /// How many excerpts go through the model in one batch.
  private static let batchCount = 16

  /// The neurons worth recording: those of the checkpoint, or found by a survey.
  func candidates(texts: ExcerptTexts, seed: SeededGenerator, checkpoint: Checkpoint)
    throws -> [Recording.Track]
  {
    if let saved = checkpoint.read("tracks") { return try Self.tracks(from: saved) }
    let survey = try survey(texts.excerpts, seed: seed, checkpoint: checkpoint)
    var selection = CandidateSelection()
    selection.candidateCount = plan.candidateCount
    selection.comparedCount = max(selection.comparedCount, plan.candidateCount * 5 / 2)
    let reserved = Set(
      plan.reserved.map { NeuronPosition(layer: $0.layer, neuron: $0.neuron) })
    let tracks = try selection.choose(
      from: survey, excluding: reserved, texts: texts, embedder: embedder, progress: progress)
    if tracks.isEmpty {
      throw CampaignError.build("no neuron peaks in enough texts: the corpus is too small")
    }
    try checkpoint.write("tracks", Self.saved(tracks))
    return tracks
  }

  private func survey(
    _ excerpts: [CorpusExcerpt], seed: SeededGenerator, checkpoint: Checkpoint
  ) throws -> Survey {
    let sample = surveySample(excerpts, seed: seed)
    let shards = shards(of: sample.count)
    var survey = Survey(layers: plan.layers, neuronCount: model.neuronCount)
    var next = 0
    if let saved = checkpoint.read("survey"), let shard = saved.first.map(Int.init),
      shard <= shards.count,
      let restored = try? Survey(
        layers: plan.layers, neuronCount: model.neuronCount, saved: Array(saved.dropFirst()))
    {
      survey = restored
      next = shard
    }
    for (index, shard) in shards.enumerated().dropFirst(next) {
      try run(Array(sample[shard]), excerpts: excerpts) { excerpt, layer, activations in
        guard let layerIndex = plan.layers.firstIndex(of: layer) else { return }
        survey.add(excerpt: excerpt, layerIndex: layerIndex, activations: activations)
      }
      try checkpoint.write("survey", [UInt8(index + 1)] + survey.saved())
      progress.report(.surveying, shard.upperBound, sample.count)
    }
    return survey
  }

  /// Excerpts drawn at random, in the order of the corpus, until they have the tokens wanted.
  private func surveySample(_ excerpts: [CorpusExcerpt], seed: SeededGenerator) -> [Int] {
    var generator = seed.forked(for: "survey")
    var tokens = 0
    var sample: [Int] = []
    for index in excerpts.indices.shuffled(using: &generator) {
      if tokens >= plan.surveyTokenCount { break }
      tokens += excerpts[index].tokenIDs.count
      sample.append(index)
    }
    return sample.sorted()
  }

  /// Ranges of at most `shardExcerptCount`; a survey has 255 at most.
  private func shards(of count: Int) -> [Range<Int>] {
    let size = max(plan.shardExcerptCount, (count + 254) / 255)
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }

  /// Runs the whole corpus and records the tracks, shard by shard.
  func record(_ tracks: [Recording.Track], excerpts: [CorpusExcerpt], checkpoint: Checkpoint)
    throws -> Recording
  {
    var recording = Recording(tracks: tracks, excerpts: excerpts)
    let byLayer = Dictionary(grouping: tracks.indices) { tracks[$0].layer }
      .mapValues { $0.map { (track: $0, column: tracks[$0].neuron) } }
    let layers = byLayer.keys.sorted()
    for shard in shards(of: excerpts.count) {
      let name = "record-\(shard.lowerBound)"
      if let saved = checkpoint.read(name),
        (try? recording.restore(shard, from: saved)) != nil
      {
        progress.report(.recording, shard.upperBound, excerpts.count)
        continue
      }
      try run(Array(shard), excerpts: excerpts, layers: layers) { excerpt, layer, activations in
        recording.record(
          excerpt: excerpt, columns: byLayer[layer] ?? [], width: model.neuronCount,
          activations: activations)
      }
      try checkpoint.write(name, recording.saved(shard))
      progress.report(.recording, shard.upperBound, excerpts.count)
    }
    return recording
  }

  private func run(
    _ indices: [Int], excerpts: [CorpusExcerpt], layers: [Int]? = nil,
    _ body: (_ excerpt: Int, _ layer: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError) {
    for start in stride(from: 0, to: indices.count, by: Self.batchCount) {
      let batch = Array(indices[start..<min(indices.count, start + Self.batchCount)])
      try model.captureActivations(
        of: batch.map { excerpts[$0].tokenIDs }, layers: layers ?? plan.layers
      ) { text, layer, activations in
        body(batch[text], layer, activations)
      }
    }
  }

  private static func saved(_ tracks: [Recording.Track]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(tracks) { writer, track in
      writer.write(count: track.layer)
      writer.write(count: track.neuron)
      writer.write(UInt8(track.polarity == .positive ? 1 : 0))
    }
    return writer.bytes
  }

  private static func tracks(from bytes: [UInt8]) throws(CampaignError) -> [Recording.Track] {
    var reader = ByteReader(bytes, place: "candidates checkpoint")
    return try reader.readArray(max: 1 << 20) { reader throws(CampaignError) in
      Recording.Track(
        layer: try reader.readCount(max: 1 << 16), neuron: try reader.readCount(max: 1 << 24),
        polarity: try reader.readByte() == 1 ? .positive : .negative)
    }
  }
}
