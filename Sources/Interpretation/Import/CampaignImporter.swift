import ArenaTypes

/// Makes a campaign from records of activations that others have published.
///
/// ```
/// files -> catalogue of units -> the best or a sample of them -> their texts -> pools -> campaign
/// ```
///
/// The files are read twice: first to learn which units there are and what was said of them, then for
/// the texts of those that are wanted. Memory: some 100 bytes for each unit of the files, 40 KB for
/// each unit wanted, and one record.
///
/// The model itself is not run. What follows from it alone is left out: neighbours, and promoted
/// tokens where the records don't have them; and nobody can try texts on it.
public struct CampaignImporter {
  /// How many explanations of one unit are kept.
  static let explanationCountMax = 4

  let plan: ImportPlan
  let embedder: any SentenceEmbedder
  let progress: BuildProgress
  var report = ImportReport()
  var corpora: Set<String> = []
  var origins: Set<String> = []
  /// The lines of each file that are known to be bad.
  var badLines: [String: Set<Int>] = [:]

  /// An importer for `plan`; `embedder` makes what scores are made from.
  public init(
    plan: ImportPlan, embedder: any SentenceEmbedder, progress: BuildProgress = .silent
  ) {
    self.plan = plan
    self.embedder = embedder
    self.progress = progress
  }

  /// Imports the campaign and tells what was found.
  ///
  /// - Throws: `file`; `records` where one is bad and none are to be skipped; `build` where nothing
  ///   can be made of what there is; `model` where the sentence model fails.
  public mutating func run() throws(CampaignError) -> (campaign: Campaign, report: ImportReport) {
    guard UnitKind.isName(plan.model) else {
      throw .build("a model's name is 1 to 48 of A-Z, a-z, 0-9, _ . and -")
    }
    let files = try SourceFiles.find(plan.paths)
    report.fileCount = files.count
    let wanted = try catalogue(of: files)
    let (units, tokens) = try texts(of: wanted, in: files)
    let made = try campaignUnits(from: wanted.compactMap { units[$0] }, tokens: tokens)
    guard let first = made.first?.id.parts else {
      throw .build(
        report.foundUnitCount == 0
          ? "the files hold no unit with texts"
          : "none of \(report.foundUnitCount) units has enough texts in which it fires")
    }
    let info = CampaignInfo(
      id: plan.id, title: plan.title, model: first.model, modelDigest: "",
      architecture: "not at hand", layers: Set(made.compactMap(\.id.parts?.layer)).sorted(),
      sources: sources(of: made), seed: plan.seed, builtAt: plan.startedAt,
      importedFrom: origins.sorted().joined(separator: ", "))
    let campaign = try CampaignFile.sealed(
      info: info, units: made, baseline: ScoringBaseline(meanLogProbabilities: []))
    return (campaign, report)
  }

  /// One source: the corpus is known by name at best.
  private func sources(of units: [CampaignUnit]) -> [CorpusSource] {
    let excerpts = units.flatMap { unit in
      unit.clues.map(\.excerpt) + unit.heldOut.map(\.excerpt) + unit.reveals.map(\.excerpt)
    }
    return [
      CorpusSource(
        title: corpusTitle, licence: plan.licence, origin: origins.sorted().joined(separator: ", "),
        tokenCount: excerpts.reduce(0) { $0 + $1.tokenIDs.count })
    ]
  }

  /// The title that excerpts carry.
  var corpusTitle: String {
    corpora.isEmpty ? "texts of the records" : corpora.sorted().joined(separator: ", ")
  }
}

extension CampaignImporter {
  /// Makes the units, the first `unitCountMax` that have enough texts.
  private mutating func campaignUnits(from imported: [ImportedUnit], tokens: [String])
    throws(CampaignError) -> [CampaignUnit]
  {
    var made: [CampaignUnit] = []
    let seed = SeededGenerator(seed: plan.seed)
    let explicit: ExplicitExcerpts
    do throws(InterpretationError) {
      explicit = try ExplicitExcerpts(embedder: embedder)
    } catch {
      throw .model(error)
    }
    for (index, unit) in imported.enumerated() where made.count < plan.unitCountMax {
      guard let pools = ImportedPools(of: unit, tokens: tokens, seed: seed) else {
        report.poorCount += 1
        continue
      }
      do throws(InterpretationError) {
        let maker = ImportedUnitMaker(
          unit: unit, pools: pools, corpusTitle: corpusTitle, embedder: embedder,
          explicit: explicit, seed: seed)
        made.append(try maker.unit(ordinal: made.count, report: &report))
      } catch {
        throw .model(error)
      }
      progress.report(
        .profiling, min(index + 1, plan.unitCountMax), min(imported.count, plan.unitCountMax))
    }
    if plan.makesPairs {
      do throws(InterpretationError) {
        report.pairCount = try ImportedPairs(embedder: embedder, seed: seed).add(to: &made)
      } catch {
        throw .model(error)
      }
    }
    report.unitCount = made.count
    return made.sorted(by: Self.precedes)
  }

  private static func precedes(_ left: CampaignUnit, _ right: CampaignUnit) -> Bool {
    guard let first = left.id.parts, let second = right.id.parts else { return left.id < right.id }
    return (first.layer, first.kind.rawValue, first.index)
      < (second.layer, second.kind.rawValue, second.index)
  }
}
