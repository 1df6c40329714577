import ArenaTypes
import FoundationEssentials

/// Reads the sections of a campaign file.
struct CampaignDecoder {
  /// The most units of a campaign, as a guard against forged counts.
  static let unitCountMax = 1 << 20
  /// The most excerpts of a pool.
  static let poolCountMax = 4_096
  /// The most tokens of a source, so that they can be added up.
  static let sourceTokenCountMax = 1 << 48
  /// The largest activation: far above any model's, and its square is a number too.
  static let activationMax: Float = 1e12

  /// A text that several units may share.
  private struct SharedText {
    let source: String
    let tokenIDs: [Int32]
    let tokens: [String]
  }

  private let contents: [CampaignFile.Section: [UInt8]]
  private var texts: [SharedText] = []

  init(contents: [CampaignFile.Section: [UInt8]]) { self.contents = contents }

  private func reader(_ section: CampaignFile.Section) -> ByteReader {
    ByteReader(contents[section] ?? [], place: "section \(section)")
  }

  mutating func campaign(contentHash: String) throws(CampaignError) -> Campaign {
    let info: CampaignInfo = try json(.info)
    guard info.sources.count < 1 << 12,
      info.sources.allSatisfy({ (0...Self.sourceTokenCountMax).contains($0.tokenCount) })
    else { throw .damaged("section info: sources") }
    let words: [StoredWords] = try json(.words)
    texts = try readTexts()
    var unitReader = reader(.units)
    var windowReader = reader(.windows)
    let count = try unitReader.readCount(max: Self.unitCountMax)
    guard count == words.count else { throw .damaged("section words: another number of units") }
    var units: [CampaignUnit] = []
    for index in 0..<count {
      units.append(try readUnit(&unitReader, &windowReader, words: words[index]))
    }
    try unitReader.finish()
    try windowReader.finish()
    guard Set(units.map(\.id)).count == units.count else {
      throw .damaged("section units: a unit stands twice")
    }
    return Campaign(
      info: info, contentHash: contentHash, units: units, baseline: try readBaseline())
  }

  private func json<Value: Decodable>(_ section: CampaignFile.Section) throws(CampaignError)
    -> Value
  {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(contents[section] ?? []))
    } catch {
      throw .damaged("section \(section): \(error)")
    }
  }

  private func readTexts() throws(CampaignError) -> [SharedText] {
    var tokenReader = reader(.tokens)
    let tokens = try tokenReader.readArray(max: 1 << 24) { reader throws(CampaignError) in
      (id: Int32(try reader.readCount(max: Int(Int32.max))), text: try reader.readText())
    }
    try tokenReader.finish()
    var textReader = reader(.texts)
    let sources = try textReader.readArray(max: 1 << 16) { reader throws(CampaignError) in
      try reader.readText()
    }
    let texts = try textReader.readArray(max: 1 << 24) { reader throws(CampaignError) in
      let source = try reader.readCount(max: sources.count - 1)
      let indices = try reader.readArray(max: Excerpt.tokenCountMax) {
        reader throws(CampaignError) in
        try reader.readCount(max: tokens.count - 1)
      }
      return SharedText(
        source: sources[source], tokenIDs: indices.map { tokens[$0].id },
        tokens: indices.map { tokens[$0].text })
    }
    try textReader.finish()
    return texts
  }

  private func readUnit(
    _ reader: inout ByteReader, _ windowReader: inout ByteReader, words: StoredWords
  ) throws(CampaignError) -> CampaignUnit {
    func text(_ reader: inout ByteReader) throws(CampaignError) -> String {
      try reader.readText()
    }
    let rest = words.rest ?? 0
    guard rest >= 0 else { throw .damaged("section words: a rest below 0") }
    let id = UnitID(rawValue: try reader.readText())
    let polarity: Polarity = try reader.readByte() == 1 ? .positive : .negative
    let isLexical = try reader.readByte() == 1
    let density = try reader.readDouble()
    let top20MeanPeak = try reader.readFloat()
    let peakWords = try reader.readArray(max: Self.poolCountMax, text)
    let promoted = try reader.readArray(max: Self.poolCountMax, text)
    let suppressed = try reader.readArray(max: Self.poolCountMax, text)
    let neighbours = try reader.readArray(max: Self.poolCountMax) { reader throws(CampaignError) in
      UnitNeighbour(
        unit: UnitID(rawValue: try reader.readText()),
        relation: try reader.readByte() == 0 ? .weights : .firing,
        similarity: try reader.readFloat())
    }
    let clues = try readPool(&reader).map { ClueExcerpt($0.excerpt) }
    let heldOut = try readPool(&reader).map {
      HeldOutExcerpt($0.excerpt, settlesContests: $0.settlesContests)
    }
    let reveals = try readPool(&reader).map { RevealExcerpt($0.excerpt) }
    let scoring = try readProfile(&windowReader, heldOutCount: heldOut.count)
    return CampaignUnit(
      id: id, polarity: polarity, rest: rest, density: density, top20MeanPeak: top20MeanPeak,
      isLexical: isLexical, clues: clues, heldOut: heldOut, reveals: reveals,
      peakWords: peakWords, promoted: promoted, suppressed: suppressed, neighbours: neighbours,
      explanations: words.explanations(of: id), pairs: try words.readPairs(), scoring: scoring)
  }

  private func readPool(_ reader: inout ByteReader) throws(CampaignError)
    -> [(excerpt: Excerpt, settlesContests: Bool)]
  {
    try reader.readArray(max: Self.poolCountMax) { reader throws(CampaignError) in
      let id = ExcerptID(rawValue: try reader.readText())
      let flags = try reader.readByte()
      let kinds = Excerpt.Kind.allCases
      guard Int(flags & 0x0F) < kinds.count else { throw .damaged("section units: kind") }
      let text = texts[try reader.readCount(max: texts.count - 1)]
      let scale = try reader.readFloat()
      guard (0...Self.activationMax).contains(scale) else {
        throw .damaged("section units: scale")
      }
      let bytes = try reader.readInt8s(count: text.tokenIDs.count)
      let excerpt = Excerpt(
        id: id, kind: kinds[Int(flags & 0x0F)], source: text.source, tokenIDs: text.tokenIDs,
        tokens: text.tokens, activations: QuantisedActivations(scale: scale, bytes: bytes).floats,
        isExplicit: flags & 0x20 != 0)
      return (excerpt, flags & 0x10 != 0)
    }
  }

  private func readProfile(_ reader: inout ByteReader, heldOutCount: Int) throws(CampaignError)
    -> ScoringProfile
  {
    let windows = try reader.readArray(max: Self.poolCountMax) { reader throws(CampaignError) in
      let index = try reader.readCount(max: heldOutCount - 1)
      let count = try reader.readCount(max: 1 << 20)
      return ScoringProfile.Windows(
        heldOutIndex: index, vectors: try reader.readInt8s(count: count))
    }
    let mean = try reader.readArray(max: 1 << 16) { reader throws(CampaignError) in
      let component = try reader.readFloat()
      // A mean of vectors of length 1.
      guard abs(component) < 1.01 else { throw .damaged("section windows: mean") }
      return component
    }
    guard windows.allSatisfy({ $0.vectors.count.isMultiple(of: max(1, mean.count)) }) else {
      throw .damaged("section windows: another dimension")
    }
    return ScoringProfile(windows: windows, meanWindow: mean)
  }

  private func readBaseline() throws(CampaignError) -> ScoringBaseline {
    var reader = reader(.baseline)
    let rows = try reader.readArray(max: 16) { reader throws(CampaignError) in
      try reader.readArray(max: 1 << 24) { reader throws(CampaignError) in
        try reader.readFloat()
      }
    }
    try reader.finish()
    return ScoringBaseline(meanLogProbabilities: rows)
  }
}
