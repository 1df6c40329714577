import ArenaTypes

extension CampaignImporter {
  /// What the first pass learns of a unit.
  private struct CatalogueEntry {
    var hasTexts = false
    var isExplained = false
    var score = -Double.infinity
  }

  /// The units wanted, in the order of preference: twice as many as the campaign may get, since some
  /// will turn out to have too few texts.
  mutating func catalogue(of files: [String]) throws(CampaignError) -> [UnitID] {
    var entries: [UnitID: CatalogueEntry] = [:]
    try eachRecord(of: files, stage: .reading) {
      importer, record, unit throws(JSONFault) in
      guard let unit else {
        if let corpus = try record.corpus() { importer.corpora.insert(corpus) }
        return
      }
      if let layers = importer.plan.layers, let layer = unit.parts?.layer, !layers.contains(layer) {
        return
      }
      var entry = entries[unit] ?? CatalogueEntry()
      if record.hasTexts { entry.hasTexts = true }
      for explanation in try record.explanations() {
        entry.isExplained = true
        entry.score = max(entry.score, explanation.score?.value ?? -.infinity)
      }
      entries[unit] = entry
    }
    if report.faultCount > 0, !plan.skipsBadRecords {
      throw .records(count: report.faultCount, first: report.faults)
    }
    let found = entries.filter(\.value.hasTexts)
    report.foundUnitCount = found.count
    report.reservedCount = found.keys.count { plan.reserved.contains($0) }
    return ranked(found.filter { !plan.reserved.contains($0.key) })
  }

  private func ranked(_ entries: [UnitID: CatalogueEntry]) -> [UnitID] {
    let seed = SeededGenerator(seed: plan.seed)
    let drawn = entries.map { unit, entry in
      var generator = seed.forked(for: "import/\(unit)")
      let score = plan.order == .score ? entry.score : 0
      return (
        unit: unit, isExplained: entry.isExplained ? 1 : 0, score: score, lot: generator.next()
      )
    }
    let count = plan.unitCountMax > Int.max / 4 ? Int.max : 2 * plan.unitCountMax + 8
    return
      drawn.sorted {
        ($0.isExplained, $0.score, $0.lot, $0.unit) > ($1.isExplained, $1.score, $1.lot, $1.unit)
      }
      .prefix(count).map(\.unit)
  }

  /// The texts, words and facts of the units wanted.
  mutating func texts(of wanted: [UnitID], in files: [String]) throws(CampaignError)
    -> (units: [UnitID: ImportedUnit], tokens: [String])
  {
    var units = Dictionary(uniqueKeysWithValues: wanted.map { ($0, ImportedUnit(id: $0)) })
    var numbers = TokenNumbers()
    let seen = report.recordCount
    try eachRecord(of: files, stage: .importing) {
      importer, record, unit throws(JSONFault) in
      guard let unit, var collected = units[unit] else { return }
      // Out of the dictionary while it grows, so that its arrays are not copied.
      units[unit] = nil
      defer { units[unit] = collected }
      importer.origins.insert(record.origin)
      collected.add(try record.facts())
      collected.add(try record.explanations())
      var texts: [ImportedText] = []
      try record.eachText { text throws(JSONFault) in texts.append(text) }
      for text in texts { collected.add(text, numbers: &numbers) }
    }
    report.recordCount = seen
    if report.faultCount > 0, !plan.skipsBadRecords {
      throw .records(count: report.faultCount, first: report.faults)
    }
    return (units, numbers.tokens)
  }

  /// Calls `body` with each record of a known kind and the unit it speaks of.
  private mutating func eachRecord(
    of files: [String], stage: BuildProgress.Stage,
    _ body: (inout CampaignImporter, ImportedRecord, UnitID?) throws(JSONFault) -> Void
  ) throws(CampaignError) {
    let sizes = files.map(SourceFiles.byteCount)
    let total = sizes.reduce(0, +)
    var before = 0
    for (path, size) in zip(files, sizes) {
      do throws(ImportFault) {
        var reader = try RecordReader(path: path)
        while let record = next(from: &reader) {
          read(record, path: path, body)
          progress.report(stage, min(total, before + reader.byteCount) >> 10, total >> 10)
        }
      } catch {
        note(error)
      }
      before += size
    }
    progress.report(stage, total >> 10, total >> 10)
  }

  /// The next record; what can't even be read is noted and passed by.
  private mutating func next(from reader: inout RecordReader) -> RecordReader.Record? {
    while true {
      do throws(ImportFault) {
        return try reader.next()
      } catch {
        note(error)
      }
    }
  }

  private mutating func read(
    _ record: RecordReader.Record, path: String,
    _ body: (inout CampaignImporter, ImportedRecord, UnitID?) throws(JSONFault) -> Void
  ) {
    report.recordCount += 1
    do throws(JSONFault) {
      let known = try ImportedRecord(JSONRecord(record.bytes))
      try body(&self, known, known.unit(model: plan.model))
    } catch {
      note(ImportFault(file: path, line: record.line, path: error.path, reason: error.reason))
    }
  }

  /// Notes a fault once, though each file is read twice.
  private mutating func note(_ fault: ImportFault) {
    if badLines[fault.file, default: []].insert(fault.line).inserted { report.note(fault) }
  }
}
