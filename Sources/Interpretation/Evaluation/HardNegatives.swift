import ArenaTypes

/// Other units whose explanations are hardest to tell from a unit's own.
struct HardNegatives {
  /// `[units]`: by explanation, nearest first.
  let byMeaning: [[Int]]
  /// `[units]`: by the surroundings of the peaks that readers saw, nearest first.
  let byText: [[Int]]

  init(
    set: LabelledSet, campaign: Campaign, embedder: any SentenceEmbedder, count: Int
  ) throws(InterpretationError) {
    let texts = try embedder.embed(set.units.map(\.explanation.description))
    var directions: [[Float]] = []
    for unit in campaign.units { directions.append(try Self.direction(of: unit, embedder)) }
    byMeaning = Self.nearest(texts, in: set, count: count)
    byText = Self.nearest(directions, in: set, count: count)
  }

  /// The mean of the windows around the peaks of what was seen; of what is hidden where nothing was.
  private static func direction(of unit: CampaignUnit, _ embedder: any SentenceEmbedder)
    throws(InterpretationError) -> [Float]
  {
    let seen = unit.clues.map(\.excerpt).filter { $0.kind == .top }
    let excerpts = seen.isEmpty ? unit.heldOut.map(\.excerpt).filter { $0.kind == .top } : seen
    let windows = excerpts.compactMap { excerpt in
      excerpt.peak.map { TokenWindow.text(of: excerpt.tokens, around: $0) }
    }
    return Vectors.normalised(
      Vectors.mean(try embedder.embed(windows), dimension: embedder.dimension))
  }

  private static func nearest(_ vectors: [[Float]], in set: LabelledSet, count: Int) -> [[Int]] {
    vectors.indices.map { unit in
      let others = vectors.indices.filter {
        set.units[$0].explanation != set.units[unit].explanation
      }
      let cosines = others.map { ($0, Vectors.dot(vectors[unit], vectors[$0])) }
      return cosines.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.prefix(count).map(\.0)
    }
  }

  /// All of a unit's, each once.
  func all(of unit: Int) -> [Int] { Array(Set(byMeaning[unit] + byText[unit])).sorted() }
}
