import ArenaTypes
import FoundationEssentials

/// Writes the sections of a campaign file.
struct CampaignEncoder {
  private var tokenIndices: [Int32: Int] = [:]
  private var tokens: [(id: Int32, text: String)] = []
  private var textIndices: [[Int32]: Int] = [:]
  private var texts: [(source: Int, tokens: [Int])] = []
  private var sources: [String] = []

  /// The sections in the order in which they stand in the file.
  mutating func sections(info: CampaignInfo, units: [CampaignUnit], baseline: ScoringBaseline)
    throws(CampaignError) -> [(CampaignFile.Section, [UInt8])]
  {
    var unitWriter = ByteWriter()
    var windowWriter = ByteWriter()
    unitWriter.write(count: units.count)
    for unit in units {
      write(unit, to: &unitWriter)
      write(unit.scoring, to: &windowWriter)
    }
    var tokenWriter = ByteWriter()
    tokenWriter.write(tokens) { writer, token in
      writer.write(count: Int(token.id))
      writer.write(token.text)
    }
    var textWriter = ByteWriter()
    textWriter.write(sources) { $0.write($1) }
    textWriter.write(texts) { writer, text in
      writer.write(count: text.source)
      writer.write(text.tokens) { $0.write(count: $1) }
    }
    var baselineWriter = ByteWriter()
    baselineWriter.write(baseline.meanLogProbabilities) { writer, row in
      writer.write(row) { $0.write($1) }
    }
    return [
      (.info, try json(info)), (.tokens, tokenWriter.bytes), (.texts, textWriter.bytes),
      (.units, unitWriter.bytes), (.windows, windowWriter.bytes),
      (.words, try json(units.map(StoredWords.init))), (.baseline, baselineWriter.bytes),
    ]
  }

  private func json(_ value: some Encodable) throws(CampaignError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      return Array(try encoder.encode(value))
    } catch {
      throw .file("can't encode the campaign: \(error)")
    }
  }

  private mutating func write(_ unit: CampaignUnit, to writer: inout ByteWriter) {
    writer.write(unit.id.rawValue)
    writer.write(UInt8(unit.polarity == .positive ? 1 : 0))
    writer.write(UInt8(unit.isLexical ? 1 : 0))
    writer.write(unit.density)
    writer.write(unit.top20MeanPeak)
    writer.write(unit.peakWords) { $0.write($1) }
    writer.write(unit.promoted) { $0.write($1) }
    writer.write(unit.suppressed) { $0.write($1) }
    writer.write(unit.neighbours) { writer, neighbour in
      writer.write(neighbour.unit.rawValue)
      writer.write(UInt8(neighbour.relation == .weights ? 0 : 1))
      writer.write(neighbour.similarity)
    }
    write(unit.clues.map { ($0.excerpt, false) }, to: &writer)
    write(unit.heldOut.map { ($0.excerpt, $0.settlesContests) }, to: &writer)
    write(unit.reveals.map { ($0.excerpt, false) }, to: &writer)
  }

  private mutating func write(
    _ excerpts: [(excerpt: Excerpt, settlesContests: Bool)], to writer: inout ByteWriter
  ) {
    writer.write(count: excerpts.count)
    for (excerpt, settlesContests) in excerpts {
      writer.write(excerpt.id.rawValue)
      let kind = Excerpt.Kind.allCases.firstIndex(of: excerpt.kind) ?? 0
      writer.write(
        UInt8(kind) | (settlesContests ? 0x10 : 0) | (excerpt.isExplicit ? 0x20 : 0))
      writer.write(count: index(of: excerpt))
      let scale = excerpt.activations.reduce(0) { max($0, abs($1)) }
      writer.write(scale)
      writer.write(
        excerpt.activations.map { scale > 0 ? QuantisedActivations.byte($0, scale: scale) : 0 })
    }
  }

  private mutating func index(of excerpt: Excerpt) -> Int {
    if let known = textIndices[excerpt.tokenIDs] { return known }
    let source = sources.firstIndex(of: excerpt.source) ?? sources.count
    if source == sources.count { sources.append(excerpt.source) }
    let indices = zip(excerpt.tokenIDs, excerpt.tokens).map { id, text -> Int in
      if let known = tokenIndices[id] { return known }
      tokenIndices[id] = tokens.count
      tokens.append((id, text))
      return tokens.count - 1
    }
    textIndices[excerpt.tokenIDs] = texts.count
    texts.append((source, indices))
    return texts.count - 1
  }

  private func write(_ profile: ScoringProfile, to writer: inout ByteWriter) {
    writer.write(profile.windows) { writer, windows in
      writer.write(count: windows.heldOutIndex)
      writer.write(count: windows.vectors.count)
      writer.write(windows.vectors)
    }
    writer.write(profile.meanWindow) { $0.write($1) }
  }
}

/// What people and programs said of a unit, as the file keeps it, and what came later to the format.
struct StoredWords: Codable {
  struct StoredExplanation: Codable {
    let id: ExplanationID
    let text: ExplanationText
    let author: Author
    let role: CampaignExplanation.Role
    let score: Score?
    let sourceScore: SourceScore?
    /// Left out where there are none.
    let earlierScores: [Score]?
  }
  struct StoredPair: Codable {
    let a: ExplanationID
    let b: ExplanationID
    let better: ExplanationID?
    let isInPlay: Bool
    let verdicts: [ReaderVerdict]
  }

  let explanations: [StoredExplanation]
  let pairs: [StoredPair]
  /// The unit's rest; left out where it is 0.
  let rest: Float?

  init(_ unit: CampaignUnit) {
    rest = unit.rest == 0 ? nil : unit.rest
    explanations = unit.explanations.map {
      StoredExplanation(
        id: $0.explanation.id, text: $0.explanation.text, author: $0.explanation.author,
        role: $0.role, score: $0.score, sourceScore: $0.sourceScore,
        earlierScores: $0.earlierScores.isEmpty ? nil : $0.earlierScores)
    }
    pairs = unit.pairs.map {
      StoredPair(
        a: $0.a, b: $0.b, better: $0.better, isInPlay: $0.isInPlay, verdicts: $0.verdicts)
    }
  }

  func explanations(of unit: UnitID) -> [CampaignExplanation] {
    explanations.map {
      CampaignExplanation(
        explanation: Explanation(id: $0.id, unit: unit, text: $0.text, author: $0.author),
        role: $0.role, score: $0.score, sourceScore: $0.sourceScore,
        earlierScores: $0.earlierScores ?? [])
    }
  }

  /// The pairs; those that name an explanation of no unit are refused.
  func readPairs() throws(CampaignError) -> [ReadPair] {
    let known = Set(explanations.map(\.id))
    var result: [ReadPair] = []
    for pair in pairs {
      let decides = pair.better == nil || pair.better == pair.a || pair.better == pair.b
      guard known.contains(pair.a), known.contains(pair.b), decides,
        pair.better != nil || !pair.isInPlay
      else { throw .damaged("section words: a pair without its explanations") }
      result.append(
        ReadPair(
          a: pair.a, b: pair.b, verdicts: pair.verdicts, better: pair.better,
          isInPlay: pair.isInPlay))
    }
    return result
  }
}
