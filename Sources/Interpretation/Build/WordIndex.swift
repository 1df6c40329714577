import Glibc

/// Which words stand in which excerpt, and how rare they are.
struct WordIndex {
  /// How far around a peak words count as its surroundings, in tokens.
  static let reach = 6
  /// How much more the peak's own word counts than its surroundings.
  static let peakWordWeight = 4.0

  /// `[excerpts][tokens]`: the number of each token's word; -1 for punctuation.
  private let wordOfToken: [[Int32]]
  /// `[words]`: the inverse document frequency, in nats.
  private let rarity: [Double]

  init(texts: ExcerptTexts) {
    var numbers: [String: Int32] = [:]
    var excerptCounts: [Int] = []
    wordOfToken = texts.pieces.indices.map { excerpt in
      var seen: Set<Int32> = []
      let row = texts.pieces[excerpt].indices.map { token -> Int32 in
        guard let stem = texts.stem(excerpt: excerpt, at: token) else { return -1 }
        let number = numbers[stem] ?? Int32(numbers.count)
        if numbers[stem] == nil {
          numbers[stem] = number
          excerptCounts.append(0)
        }
        if seen.insert(number).inserted { excerptCounts[Int(number)] += 1 }
        return number
      }
      return row
    }
    let total = Double(texts.pieces.count)
    rarity = excerptCounts.map { log((total + 1) / Double($0 + 1)) }
  }

  /// How much each word has to do with these peaks.
  func weights(around peaks: [(excerpt: Int, token: Int)]) -> [Int32: Double] {
    var weights: [Int32: Double] = [:]
    for peak in peaks {
      let row = wordOfToken[peak.excerpt]
      let from = max(0, peak.token - Self.reach)
      let to = min(row.count, peak.token + Self.reach + 1)
      // Each word counts once a peak, and the peak's own word more.
      for word in Set(row[from..<to]) where word >= 0 {
        let factor = word == row[peak.token] ? Self.peakWordWeight : 1
        weights[word, default: 0] += factor * rarity[Int(word)] / Double(peaks.count)
      }
    }
    // A word that stands by one peak only says nothing of the unit.
    return weights.filter { $0.value > 1.5 * rarity[Int($0.key)] / Double(peaks.count) }
  }

  /// How many of the weighted words an excerpt holds, each counted once.
  func score(_ excerpt: Int, weights: [Int32: Double]) -> Double {
    var seen: Set<Int32> = []
    var score = 0.0
    for word in wordOfToken[excerpt] where word >= 0 {
      if let weight = weights[word], seen.insert(word).inserted { score += weight }
    }
    return score
  }

  /// The token of an excerpt whose word weighs most; the first of equals.
  func bestToken(_ excerpt: Int, weights: [Int32: Double]) -> Int {
    var best = (weight: -1.0, token: 0)
    for (token, word) in wordOfToken[excerpt].enumerated() {
      let weight = weights[word] ?? 0
      if weight > best.weight { best = (weight, token) }
    }
    return best.token
  }

  /// The number of a token's word; -1 for punctuation.
  func word(excerpt: Int, token: Int) -> Int32 { wordOfToken[excerpt][token] }
}
