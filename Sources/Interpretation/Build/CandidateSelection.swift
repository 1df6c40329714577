import ArenaTypes

/// Chooses the units that are worth recording, from a survey of a sample.
///
/// A good candidate peaks far above its usual activation, and the surroundings of its peaks resemble
/// each other more than chance. Units whose peaks share one word resemble trivially, so they
/// compete among themselves for a part of the places. Units of several kinds take turns: what a kind's
/// activations are decides how high they peak, so that neurons would leave no place to heads.
struct CandidateSelection {
  /// How many units' surroundings are compared, those with the highest peaks.
  var comparedCount = 1_100
  /// How many candidates are recorded.
  var candidateCount = 420
  /// The most candidates of one word each, as a share.
  var lexicalShare = 0.35
  /// How many peaks of each unit are compared.
  var windowCount = 10

  /// A candidate, and what spoke for it.
  struct Candidate {
    let summary: Survey.Summary
    /// The mean cosine of the windows around its peaks.
    let consistency: Float
    /// The share of its peaks that fall on their commonest word.
    let commonestWordShare: Double
  }

  /// The candidates, by layer and index.
  func choose(
    from survey: Survey, excluding reserved: Set<UnitAddress>, texts: ExcerptTexts,
    embedder: any SentenceEmbedder, progress: BuildProgress
  ) throws(InterpretationError) -> [Recording.Track] {
    let ranked = survey.summaries()
      .filter { summary in
        // A dictionary has features that never fire; their peaks are no peaks.
        summary.peaks.count >= windowCount && summary.peaks[windowCount - 1].value > 0
          && !reserved.contains(summary.unit)
      }
      .sorted { ($0.peakHeight, $1.unit) > ($1.peakHeight, $0.unit) }
    let compared = Self.capped(
      ranked.inTurns(by: { $0.unit.kind }), count: comparedCount, groupCount: survey.groups.count)
    var candidates: [Candidate] = []
    for (index, summary) in compared.enumerated() {
      let peaks = summary.peaks.prefix(windowCount)
      let windows = peaks.map { texts.window(excerpt: Int($0.excerpt), around: Int($0.token)) }
      let vectors = try embedder.embed(windows)
      candidates.append(
        Candidate(
          summary: summary, consistency: Vectors.meanPairwiseCosine(vectors),
          commonestWordShare: commonestWordShare(of: summary, texts: texts)))
      progress.report(.comparing, index + 1, compared.count)
    }
    return best(of: candidates)
  }

  /// What shares places: the units of one kind in one layer.
  private struct Place: Hashable {
    let layer: Int
    let kind: UnitKind
  }

  /// At most twice a group's even share of `count`, in the order given.
  private static func capped(_ ranked: [Survey.Summary], count: Int, groupCount: Int)
    -> [Survey.Summary]
  {
    var taken: [Place: Int] = [:]
    var chosen: [Survey.Summary] = []
    for summary in ranked where chosen.count < count {
      let place = Place(layer: summary.unit.layer, kind: summary.unit.kind)
      guard taken[place, default: 0] <= 2 * count / max(1, groupCount) else { continue }
      taken[place, default: 0] += 1
      chosen.append(summary)
    }
    return chosen
  }

  private func commonestWordShare(of summary: Survey.Summary, texts: ExcerptTexts) -> Double {
    var counts: [String: Int] = [:]
    for peak in summary.peaks {
      let excerpt = Int(peak.excerpt)
      let token = Int(peak.token)
      counts[texts.stem(excerpt: excerpt, at: token) ?? texts.pieces[excerpt][token], default: 0] +=
        1
    }
    return Double(counts.values.max() ?? 0) / Double(max(1, summary.peaks.count))
  }

  private func best(of candidates: [Candidate]) -> [Recording.Track] {
    let sorted = candidates.sorted {
      ($0.consistency, $1.summary.unit) > ($1.consistency, $0.summary.unit)
    }.inTurns { $0.summary.unit.kind }
    let lexicalCount = Int(Double(candidateCount) * lexicalShare)
    let lexical = sorted.filter { $0.commonestWordShare > 0.6 }.prefix(lexicalCount)
    let other = sorted.filter { $0.commonestWordShare <= 0.6 }
      .prefix(candidateCount - lexical.count)
    return (lexical + other)
      .map { Recording.Track($0.summary) }
      .sorted { $0.unit < $1.unit }
  }
}

extension Recording.Track {
  /// The unit as the survey saw it.
  init(_ summary: Survey.Summary) {
    self.init(unit: summary.unit, polarity: summary.polarity, rest: summary.rest)
  }
}

extension CampaignPlan.Neuron {
  var address: UnitAddress { UnitAddress(layer: layer, kind: .mlp, index: neuron) }
}

extension Array {
  /// The best of each kind, then the second best of each, and so on; for one kind nothing changes.
  ///
  /// - Parameter kind: The kind of an element of this list, which has the best first.
  func inTurns(by kind: (Element) -> UnitKind) -> [Element] {
    var places: [UnitKind: Int] = [:]
    let turns = map { element -> Int in
      let turn = places[kind(element), default: 0]
      places[kind(element)] = turn + 1
      return turn
    }
    return indices.sorted { (turns[$0], $0) < (turns[$1], $1) }.map { self[$0] }
  }
}

/// Arithmetic on embeddings.
enum Vectors {
  static func dot(_ left: [Float], _ right: [Float]) -> Float {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var sum: Float = 0
        for index in 0..<min(left.count, right.count) { sum += left[index] * right[index] }
        return sum
      }
    }
  }

  /// The mean of the vectors, not normalised.
  static func mean(_ vectors: [[Float]], dimension: Int) -> [Float] {
    var mean = [Float](repeating: 0, count: dimension)
    for vector in vectors {
      for index in 0..<dimension { mean[index] += vector[index] / Float(vectors.count) }
    }
    return mean
  }

  static func normalised(_ vector: [Float]) -> [Float] {
    let length = dot(vector, vector).squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }

  /// The mean cosine of all pairs of vectors of length 1.
  static func meanPairwiseCosine(_ vectors: [[Float]]) -> Float {
    let count = Float(vectors.count)
    guard let dimension = vectors.first?.count, count > 1 else { return 0 }
    // |sum|^2 = n + 2 * (sum over pairs), so the pairs need not be visited.
    let sum = mean(vectors, dimension: dimension).map { $0 * count }
    return (dot(sum, sum) - count) / (count * (count - 1))
  }
}
