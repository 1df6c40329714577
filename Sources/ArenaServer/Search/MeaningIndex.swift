import ArenaTypes
import Interpretation

/// What the explanations of a campaign mean, as embeddings, which are made when they are first needed.
final class MeaningIndex: Sendable {
  /// An explanation that is like a query.
  struct Match: Hashable, Sendable {
    /// The unit's place in the campaign.
    let unit: Int
    /// The explanation.
    let explanation: ExplanationID
    /// The cosine, -1 to 1.
    let likeness: Double
  }

  private struct Source: Sendable {
    let unit: Int
    let explanation: ExplanationID
    let text: String
  }

  /// Texts that are embedded in one go: some 50 ms.
  static let batchCount = 32
  /// The cosine from which on a match is one.
  static let likenessMin = 0.25

  private let embedder: any SentenceEmbedder
  private let sources: [Source]
  /// Of the first sources, in their order.
  private let vectors = Locked<[[Float]]>([])

  /// An index of those explanations of `campaign` that were meant as right.
  init(_ campaign: Campaign, embedder: any SentenceEmbedder) {
    self.embedder = embedder
    sources = campaign.units.enumerated().flatMap { index, unit in
      unit.explanations.filter { $0.role == .intended || $0.role == .machine }.map {
        Source(
          unit: index, explanation: $0.explanation.id, text: $0.explanation.text.description)
      }
    }
  }

  /// Whether all explanations are in it.
  var isComplete: Bool { vectors.withLock { $0.count } == sources.count }

  /// Embeds some more explanations; blocking.
  ///
  /// - Throws: What the sentence model says.
  func grow() throws(InterpretationError) {
    let start = vectors.withLock { $0.count }
    let texts = sources[start...].prefix(Self.batchCount).map(\.text)
    let embedded = try embedder.embed(texts)
    vectors.withLock { vectors in
      // Another search may have been as far.
      if vectors.count == start { vectors += embedded }
    }
  }

  /// The explanations that are most like a query, the nearest first, one of each unit; blocking.
  ///
  /// - Throws: What the sentence model says.
  /// - Complexity: O(explanations x dimension).
  func matches(of query: String) throws(InterpretationError) -> [Match] {
    guard let asked = try embedder.embed([query]).first else { return [] }
    let known = vectors.withLock { $0 }
    var best: [Int: Match] = [:]
    for (source, vector) in zip(sources, known) {
      let likeness = Double(zip(vector, asked).reduce(into: Float(0)) { $0 += $1.0 * $1.1 })
      guard likeness >= Self.likenessMin, likeness > best[source.unit]?.likeness ?? 0 else {
        continue
      }
      best[source.unit] = Match(
        unit: source.unit, explanation: source.explanation, likeness: likeness)
    }
    return best.values.sorted { ($0.likeness, $1.unit) > ($1.likeness, $0.unit) }
  }
}
