import ArenaCrypto
import ArenaTypes

/// Builds a campaign: from a folder of texts to units with their pools.
///
/// ```
/// corpus -> excerpts -> survey of a sample -> candidates -> recording of everything
///        -> pools and measurements of each candidate -> the best units -> campaign
/// ```
///
/// The two passes through the model are saved shard by shard; all else follows from them, the corpus
/// and the seed, so a build that is killed and started again ends with the same bytes.
public struct CampaignBuilder {
  let plan: CampaignPlan
  let model: any SubjectModel
  let embedder: any SentenceEmbedder
  let progress: BuildProgress

  /// A builder for `plan`.
  public init(
    plan: CampaignPlan, model: any SubjectModel, embedder: any SentenceEmbedder,
    progress: BuildProgress = .silent
  ) {
    self.plan = plan
    self.model = model
    self.embedder = embedder
    self.progress = progress
  }

  /// Builds the campaign, taking up an interrupted build.
  ///
  /// Memory: one byte a token and candidate, and some 100 bytes a token.
  /// - Throws: `corpus` or `build` where the plan can't be carried out, `model`, `file`.
  public func build() throws(CampaignError) -> Campaign {
    try check()
    let corpus = try Corpus(folder: plan.corpusFolder)
    let seed = SeededGenerator(seed: plan.seed)
    do {
      let excerpts = try cut(corpus)
      let digest = try Self.digest(of: excerpts)
      let (checkpoint, startedAt) = try Checkpoint.open(
        plan, corpusDigest: digest, modelDigest: model.digest)
      let texts = ExcerptTexts(excerpts: excerpts, model: model)
      let tracks = try candidates(texts: texts, seed: seed, checkpoint: checkpoint)
      let recording = try record(tracks, excerpts: excerpts, checkpoint: checkpoint)
      let assessed = try assess(recording, texts: texts, seed: seed)
      // Who names neurons has chosen them.
      let chosen =
        plan.only != nil
        ? assessed
        : UnitSelection(unitCount: plan.unitCount, layerCount: plan.layers.count)
          .choose(among: assessed) { tracks[$0].unit }
      if chosen.isEmpty {
        throw CampaignError.build(
          "no unit has enough texts: the corpus is too small or too uniform")
      }
      let assembly = UnitAssembly(
        model: model, embedder: embedder, corpus: corpus, texts: texts, recording: recording,
        groups: try groups(), seed: seed, progress: progress)
      return try assembly.campaign(of: chosen, plan: plan, startedAt: startedAt)
    } catch let error as CampaignError {
      throw error
    } catch let error as InterpretationError {
      throw .model(error)
    } catch {
      throw .build("\(error)")
    }
  }

  /// Removes what `build()` saved on its way, once its result is safe.
  ///
  /// - Throws: `file` where it can't.
  public func removeCheckpoints() throws(CampaignError) {
    try Checkpoint(folder: plan.workFolder).remove()
  }

  private func check() throws(CampaignError) {
    guard !plan.layers.isEmpty, Set(plan.layers).count == plan.layers.count else {
      throw .build("at least one layer must be asked for, and none twice")
    }
    guard !plan.kinds.isEmpty, Set(plan.kinds).count == plan.kinds.count else {
      throw .build("at least one kind of unit must be asked for, and none twice")
    }
    guard plan.unitCount > 0, plan.candidateCount >= plan.unitCount, plan.shardExcerptCount > 0
    else { throw .build("at least one unit must be asked for, and no more than candidates") }
    guard plan.only == nil || plan.kinds == [.mlp] else {
      throw .build("only neurons can be named, and mlp must be the one kind")
    }
    _ = try groups()
  }

  /// The groups of units to look in, by layer and kind.
  func groups() throws(CampaignError) -> [UnitGroup] {
    var groups: [UnitGroup] = []
    for layer in plan.layers {
      for kind in plan.kinds {
        guard let group = model.group(kind, layer: layer), group.count > 0 else {
          throw .build("\(model.name) has no units of kind \(kind.rawValue) in layer \(layer)")
        }
        groups.append(group)
      }
    }
    return groups
  }

  func cut(_ corpus: Corpus) throws(InterpretationError) -> [CorpusExcerpt] {
    var cutter = ExcerptCutter(model: model)
    var excerpts: [CorpusExcerpt] = []
    for (index, document) in corpus.documents.enumerated() {
      excerpts += try cutter.cut(document, index: index)
      progress.report(.cutting, index + 1, corpus.documents.count)
    }
    return excerpts
  }

  static func digest(of excerpts: [CorpusExcerpt]) throws(CampaignError) -> String {
    var writer = ByteWriter()
    for excerpt in excerpts {
      writer.write(count: excerpt.document)
      writer.write(excerpt.tokenIDs) { $0.write(count: Int($1)) }
    }
    do {
      return Hex.encode(try SHA256.hash(writer.bytes))
    } catch {
      throw .build("can't hash the corpus: \(error)")
    }
  }

  private func assess(_ recording: Recording, texts: ExcerptTexts, seed: SeededGenerator)
    throws(InterpretationError) -> [UnitAssessment]
  {
    let drawing = PoolDrawing(
      sizes: PoolSizes(), texts: texts, words: WordIndex(texts: texts), recording: recording)
    let assessor = UnitAssessor(texts: texts, embedder: embedder)
    var assessed: [UnitAssessment] = []
    for track in recording.tracks.indices {
      if let pools = drawing.draw(track: track, seed: seed) {
        assessed.append(try assessor.assess(track: track, pools: pools, seed: seed))
      }
      progress.report(.drawing, track + 1, recording.tracks.count)
    }
    return assessed
  }
}
