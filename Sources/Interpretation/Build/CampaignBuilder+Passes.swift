import ArenaTypes

extension CampaignBuilder {
  /// The most excerpts that go through the model in one batch.
  private static let batchCountMax = 16
  /// The most activations that a batch gives, 128 MB of them; a large dictionary needs small batches.
  private static let batchValueCountMax = 1 << 25

  /// The units worth recording: those of the checkpoint, or found by a survey.
  func candidates(texts: ExcerptTexts, seed: SeededGenerator, checkpoint: Checkpoint)
    throws -> [Recording.Track]
  {
    if let saved = checkpoint.read("tracks") { return try Self.tracks(from: saved) }
    let survey = try survey(texts.excerpts, seed: seed, checkpoint: checkpoint)
    let reserved = Set(plan.reserved.map(\.address))
    let tracks =
      try plan.only.map { try named($0, in: survey, excluding: reserved) }
      ?? promising(in: survey, excluding: reserved, texts: texts)
    try checkpoint.write("tracks", Self.saved(tracks))
    return tracks
  }

  /// The neurons that the plan names, each with the polarity that the survey found.
  private func named(
    _ neurons: [CampaignPlan.Neuron], in survey: Survey, excluding reserved: Set<UnitAddress>
  ) throws(CampaignError) -> [Recording.Track] {
    let wanted = Set(neurons.map(\.address)).subtracting(reserved)
    let tracks = survey.summaries().filter { wanted.contains($0.unit) }.map(Recording.Track.init)
    let missing = wanted.subtracting(tracks.map(\.unit)).sorted()
    if let first = missing.first {
      throw .build(
        "\(missing.count) of the neurons that are wanted are in none of the layers that are looked "
          + "through, such as neuron \(first.index) of layer \(first.layer)")
    }
    if tracks.isEmpty { throw .build("all neurons that are wanted are reserved") }
    return tracks.sorted { $0.unit < $1.unit }
  }

  /// The best candidates that the survey found.
  private func promising(
    in survey: Survey, excluding reserved: Set<UnitAddress>, texts: ExcerptTexts
  ) throws -> [Recording.Track] {
    var selection = CandidateSelection()
    selection.candidateCount = plan.candidateCount
    selection.comparedCount = max(selection.comparedCount, plan.candidateCount * 5 / 2)
    let tracks = try selection.choose(
      from: survey, excluding: reserved, texts: texts, embedder: embedder, progress: progress)
    if tracks.isEmpty {
      throw CampaignError.build("no unit peaks in enough texts: the corpus is too small")
    }
    return tracks
  }

  func survey(
    _ excerpts: [CorpusExcerpt], seed: SeededGenerator, checkpoint: Checkpoint
  ) throws -> Survey {
    let sample = surveySample(excerpts, seed: seed)
    let shards = shards(of: sample.count)
    let groups = try groups()
    var survey = Survey(groups: groups)
    var next = 0
    if let saved = checkpoint.read("survey"), let shard = saved.first.map(Int.init),
      shard <= shards.count,
      let restored = try? Survey(groups: groups, saved: Array(saved.dropFirst()))
    {
      survey = restored
      next = shard
    }
    for (index, shard) in shards.enumerated().dropFirst(next) {
      try run(Array(sample[shard]), excerpts: excerpts, groups: groups) {
        survey.add(excerpt: $0, group: $1, activations: $2)
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
    let (groups, columns) = try groups(of: tracks)
    for shard in shards(of: excerpts.count) {
      let name = "record-\(shard.lowerBound)"
      if let saved = checkpoint.read(name),
        (try? recording.restore(shard, from: saved)) != nil
      {
        progress.report(.recording, shard.upperBound, excerpts.count)
        continue
      }
      try run(Array(shard), excerpts: excerpts, groups: groups) { excerpt, group, activations in
        recording.record(
          excerpt: excerpt, columns: columns[group], width: groups[group].count,
          activations: activations)
      }
      try checkpoint.write(name, recording.saved(shard))
      progress.report(.recording, shard.upperBound, excerpts.count)
    }
    return recording
  }

  /// The groups that tracks are of, and of each which tracks stand in which columns.
  private func groups(of tracks: [Recording.Track]) throws(CampaignError)
    -> (groups: [UnitGroup], columns: [[(track: Int, column: Int)]])
  {
    var groups: [UnitGroup] = []
    var columns: [[(track: Int, column: Int)]] = []
    for group in try self.groups() {
      let found = tracks.indices.filter {
        tracks[$0].unit.layer == group.layer && tracks[$0].unit.kind == group.kind
      }
      guard !found.isEmpty else { continue }
      groups.append(group)
      columns.append(found.map { (track: $0, column: tracks[$0].unit.index) })
    }
    return (groups, columns)
  }

  private func run(
    _ indices: [Int], excerpts: [CorpusExcerpt], groups: [UnitGroup],
    _ body: (_ excerpt: Int, _ group: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError) {
    let width = Excerpt.tokenCountMax * groups.reduce(0) { $0 + $1.count }
    let count = max(1, min(Self.batchCountMax, Self.batchValueCountMax / max(1, width)))
    for start in stride(from: 0, to: indices.count, by: count) {
      let batch = Array(indices[start..<min(indices.count, start + count)])
      try model.captureActivations(of: batch.map { excerpts[$0].tokenIDs }, groups: groups) {
        body(batch[$0], $1, $2)
      }
    }
  }

  private static func saved(_ tracks: [Recording.Track]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(tracks) { writer, track in
      writer.write(track.unit.kind.rawValue)
      writer.write(count: track.unit.layer)
      writer.write(count: track.unit.index)
      writer.write(UInt8(track.polarity == .positive ? 1 : 0))
      writer.write(track.rest)
    }
    return writer.bytes
  }

  private static func tracks(from bytes: [UInt8]) throws(CampaignError) -> [Recording.Track] {
    var reader = ByteReader(bytes, place: "candidates checkpoint")
    return try reader.readArray(max: 1 << 20) { reader throws(CampaignError) in
      guard let kind = UnitKind(rawValue: try reader.readText()) else {
        throw .damaged("candidates checkpoint: kind")
      }
      let unit = UnitAddress(
        layer: try reader.readCount(max: 1 << 16), kind: kind,
        index: try reader.readCount(max: 1 << 24))
      let polarity: Polarity = try reader.readByte() == 1 ? .positive : .negative
      return Recording.Track(
        unit: unit, polarity: polarity, rest: try reader.readFloat())
    }
  }
}
