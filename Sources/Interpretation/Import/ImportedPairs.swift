import ArenaTypes

/// Puts beside each unit's own explanation one of another unit, so that pick rounds can ask.
///
/// Each explanation is the right one once and a wrong one at most once, so that its looks tell
/// nothing; what does tell is taken out of play as in any campaign (`PairBalance`). The wrong one is
/// the nearest in meaning that is not nearly the same.
struct ImportedPairs {
  /// Explanations nearer than this may both be right.
  static let cosineMax: Float = 0.5
  /// Whose judgement such a pair stands on.
  static let reader = "source"

  let embedder: any SentenceEmbedder
  let seed: SeededGenerator

  /// Adds explanations and pairs; returns how many pairs are in play.
  func add(to units: inout [CampaignUnit]) throws(InterpretationError) -> Int {
    let owners = units.indices.filter { !units[$0].explanations.isEmpty }
    let own = owners.map { Self.best(of: units[$0]) }
    let vectors = try embedder.embed(own.map(\.explanation.text.description))
    var generator = seed.forked(for: "import/pairs")
    var free = Set(owners.indices)
    var made: [PairBalance.Place] = []
    for turn in owners.indices.shuffled(using: &generator) {
      guard let rival = Self.rival(of: turn, among: free, own: own, vectors: vectors) else {
        continue
      }
      free.remove(rival)
      let unit = owners[turn]
      let text = own[rival].explanation.text
      let decoy = CampaignExplanation(
        explanation: Explanation(
          id: ExplanationNaming.id(of: text, unit: units[unit].id), unit: units[unit].id,
          text: text, author: own[rival].explanation.author),
        role: .wrongTempting, score: nil)
      units[unit].explanations.append(decoy)
      units[unit].explanations.sort { $0.explanation.id < $1.explanation.id }
      made.append(PairBalance.Place(unit: unit, pair: units[unit].pairs.count))
      units[unit].pairs.append(
        Self.pair(own[turn], decoy, of: own[rival].explanation.unit, isInPlay: false))
    }
    return PairBalance().putIntoPlay(made, of: &units).count
  }

  /// The explanation with the highest score of the source; the first of equals.
  private static func best(of unit: CampaignUnit) -> CampaignExplanation {
    let ranked = unit.explanations.enumerated().max { left, right in
      let first = left.element.sourceScore?.value ?? -.infinity
      let second = right.element.sourceScore?.value ?? -.infinity
      return (first, right.offset) < (second, left.offset)
    }
    return ranked?.element ?? unit.explanations[0]
  }

  private static func rival(
    of turn: Int, among free: Set<Int>, own: [CampaignExplanation], vectors: [[Float]]
  ) -> Int? {
    var best: (cosine: Float, index: Int)?
    for other in free
    where other != turn && own[other].explanation.text != own[turn].explanation.text {
      let cosine = Vectors.dot(vectors[turn], vectors[other])
      guard cosine < cosineMax else { continue }
      if best.map({ (cosine, $0.index) > ($0.cosine, other) }) ?? true { best = (cosine, other) }
    }
    return best?.index
  }

  private static func pair(
    _ own: CampaignExplanation, _ decoy: CampaignExplanation, of other: UnitID, isInPlay: Bool
  ) -> ReadPair {
    let verdict = ReaderVerdict(
      reader: reader, choice: .a, confidence: 0.9,
      note: "a was given for this unit, b for \(other)")
    return ReadPair(
      a: own.explanation.id, b: decoy.explanation.id, verdicts: [verdict],
      better: own.explanation.id, isInPlay: isInPlay)
  }
}
