import ArenaTypes

/// Draws pools from the texts that a file gives of a unit, which are as many as they are.
///
/// The rules are the builder's (`PoolDrawing`); the pools are as large as the texts allow, and near
/// misses and silent texts may be few: sources often show only where a unit fires.
struct ImportedPools {
  /// The largest part of each held-out kind, and how far it is lowered.
  static let heldOutCounts = [10, 8, 6, 4, 2]

  let texts: ExcerptTexts
  let recording: Recording
  let drawn: DrawnPools
  /// The share of tokens on which the unit is active.
  let density: Double

  /// The pools of `unit`; nil where it has too few texts in which it fires.
  init?(of unit: ImportedUnit, tokens: [String], seed: SeededGenerator) {
    let pieces = unit.distinctPieces()
    let excerpts = pieces.map { CorpusExcerpt(document: $0.text, tokenIDs: $0.tokenIDs) }
    let parts = unit.id.parts
    let track = Recording.Track(
      unit: UnitAddress(
        layer: parts?.layer ?? 0, kind: parts?.kind ?? .mlp, index: parts?.index ?? 0),
      polarity: .positive)
    var recording = Recording(tracks: [track], excerpts: excerpts)
    for (index, piece) in pieces.enumerated() {
      piece.values.withUnsafeBufferPointer {
        recording.record(
          excerpt: index, columns: [(track: 0, column: 0)], width: 1, activations: $0)
      }
    }
    texts = ExcerptTexts(
      excerpts: excerpts, pieces: pieces.map { $0.tokenIDs.map { tokens[Int($0)] } })
    self.recording = recording
    let words = WordIndex(texts: texts)
    let drawn = Self.heldOutCounts.lazy.compactMap { [texts] count in
      PoolDrawing(
        sizes: PoolSizes(heldOutPerKind: count), texts: texts, words: words, recording: recording
      ).draw(track: 0, seed: seed)
    }.first
    guard let drawn else { return nil }
    self.drawn = drawn
    density =
      unit.facts.density
      ?? Self.activeShare(of: pieces, threshold: PoolDrawing.activeShare * drawn.top20MeanPeak)
      ?? drawn.density
  }

  /// The share of active tokens in the texts that were drawn at random; nil where there is none.
  private static func activeShare(of pieces: [ImportedUnit.Piece], threshold: Float) -> Double? {
    let values = pieces.filter(\.isRandom).flatMap(\.values)
    guard !values.isEmpty else { return nil }
    return Double(values.count { $0 >= threshold }) / Double(values.count)
  }
}

extension PoolSizes {
  /// The sizes with `count` held-out texts of each kind and the others in proportion.
  fileprivate init(heldOutPerKind count: Int) {
    self.init()
    topClues = count
    heldOutPerKind = count
    topReveals = count / 2
    quantileClues = max(1, count * 2 / 5)
    quantileReveals = max(1, count * 3 / 10)
    // What was published has few texts that leave a unit silent; all near ones are scored on.
    silentClues = 3
    nearMissClues = 0
    nearMissCountMin = 0
  }
}
