import ArenaTypes

/// What files have said of one unit so far, in some 40 KB.
struct ImportedUnit {
  /// The most pieces of text that are kept of one unit.
  static let pieceCountMax = 512

  /// A piece of a text, its tokens by number.
  struct Piece {
    let tokenIDs: [Int32]
    let values: [Float]
    let isRandom: Bool
    /// Which of the unit's texts it was cut from.
    let text: Int
  }

  let id: UnitID
  private(set) var pieces: [Piece] = []
  private(set) var explanations: [ImportedExplanation] = []
  private(set) var facts = ImportedFacts()
  private var textCount = 0

  init(id: UnitID) { self.id = id }

  mutating func add(_ text: ImportedText, numbers: inout TokenNumbers) {
    for piece in text.pieces() where pieces.count < Self.pieceCountMax {
      pieces.append(
        Piece(
          tokenIDs: piece.tokens.map { numbers.number(of: $0) }, values: piece.values,
          isRandom: piece.isRandom, text: textCount))
    }
    textCount += 1
  }

  mutating func add(_ more: [ImportedExplanation]) {
    for explanation in more where !explanations.contains(where: { $0.text == explanation.text }) {
      explanations.append(explanation)
    }
  }

  mutating func add(_ more: ImportedFacts) {
    facts.density = facts.density ?? more.density
    if facts.promoted.isEmpty { facts.promoted = more.promoted }
    if facts.suppressed.isEmpty { facts.suppressed = more.suppressed }
  }
}

extension ImportedUnit {
  /// The pieces, strongest first, of which none shares sixteen tokens in a row with one before it.
  func distinctPieces() -> [Piece] {
    let ranked = pieces.enumerated().sorted { left, right in
      let (first, second) = (left.element.values.max() ?? 0, right.element.values.max() ?? 0)
      return (first, right.offset) > (second, left.offset)
    }
    var seenRuns: Set<UInt64> = []
    var seenTexts: Set<[Int32]> = []
    var distinct: [Piece] = []
    for (_, piece) in ranked {
      let runs = ExcerptCutter.runs(of: piece.tokenIDs)
      guard seenRuns.isDisjoint(with: runs), seenTexts.insert(piece.tokenIDs).inserted else {
        continue
      }
      seenRuns.formUnion(runs)
      distinct.append(piece)
    }
    return distinct
  }
}
