/// The merges of a vocabulary that has scores instead: every way to cut a token into two.
struct ScoredMerges {
  /// The pairs; ranks are the places of the tokens' scores, the highest first, equal ones shared.
  let pairs: PairTable

  init(_ vocabulary: [String], _ scores: [Double], _ pieces: PieceTable) {
    let order = Set(scores.lazy.filter { !$0.isNaN }).sorted(by: >)
    var ranks: [Double: UInt32] = [:]
    for (rank, score) in order.enumerated() { ranks[score] = UInt32(rank) }
    var found: [(left: Int32, right: Int32, rank: UInt32, token: Int32)] = []
    for (index, text) in vocabulary.enumerated() {
      let bytes = Array(text.utf8)
      // Only what texts are made of, and of two tokens with one text the first.
      guard bytes.count <= VocabularyLimits.scoredByteCountMax, pieces.find(bytes) == Int32(index)
      else { continue }
      let rank = ranks[scores[index]] ?? UInt32(order.count)
      bytes.withUnsafeBufferPointer { bytes in
        for cut in 1..<max(bytes.count, 1) where bytes[cut] & 0xC0 != 0x80 {
          let left = UnsafeBufferPointer(rebasing: bytes[..<cut])
          let right = UnsafeBufferPointer(rebasing: bytes[cut...])
          if let left = pieces.find(left), let right = pieces.find(right) {
            found.append((left, right, rank, Int32(index)))
          }
        }
      }
    }
    var pairs = PairTable(capacity: found.count)
    for pair in found {
      pairs.insert(pair.left, pair.right, rank: pair.rank, token: pair.token)
    }
    self.pairs = pairs
  }
}
