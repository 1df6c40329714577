extension ByteLevelBPE {
  /// The tokens of `text`, without any begin token.
  ///
  /// - Complexity: O(n log m) for n bytes in pieces of at most m; a text without white space is a
  ///   single piece.
  public func encode(_ text: String, allowsSpecial: Bool) -> [Int32] {
    var text = text
    var tokens: [Int32] = []
    tokens.reserveCapacity(text.utf8.count / 4 + 1)
    var piece = Piece()
    text.withUTF8 { bytes in
      added.forEachPart(of: bytes, allowsControl: allowsSpecial) { part in
        switch part {
        case .token(let token): tokens.append(token)
        case .text(let range):
          let text = UnsafeBufferPointer(rebasing: bytes[range])
          PreTokenizer.forEachPiece(of: text) { range in
            piece.encode(text, range, with: self, into: &tokens)
          }
        }
      }
    }
    return tokens
  }
}

/// The symbols of one piece: a linked list, and a heap of the pairs that can be merged.
///
/// A heap entry is rank << 32 | index of the left symbol, so the lowest rank comes first, and of
/// equal ranks the leftmost. Entries aren't removed when a neighbour merges; they are recognised by
/// their rank no longer being that of the pair.
private struct Piece {
  private var tokens: [Int32] = []
  private var next: [Int] = []
  private var previous: [Int] = []
  private var heap: [UInt64] = []

  mutating func encode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, with tokenizer: ByteLevelBPE,
    into out: inout [Int32]
  ) {
    tokens.removeAll(keepingCapacity: true)
    for byte in bytes[range] {
      let token = tokenizer.byteTokens[Int(byte)]
      if token >= 0 { tokens.append(token) }
    }
    if tokens.count < 2 {
      out += tokens
      return
    }
    let count = tokens.count
    next.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
    for index in 0..<count {
      next.append(index + 1)
      previous.append(index - 1)
    }
    for index in 0..<count - 1 { push(index, tokenizer.merges) }
    while let entry = pop() { merge(entry, tokenizer.merges) }
    var index = 0
    while index < count {
      out.append(tokens[index])
      index = next[index]
    }
  }

  private mutating func push(_ left: Int, _ merges: [UInt64: ByteLevelBPE.Merge]) {
    guard left >= 0, next[left] < tokens.count,
      let merge = merges[ByteLevelBPE.key(tokens[left], tokens[next[left]])]
    else { return }
    heap.append(UInt64(merge.rank) << 32 | UInt64(left))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] > heap[child] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> UInt64? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return top }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child] < heap[least] { least = child }
      }
      if least == parent { return top }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private mutating func merge(_ entry: UInt64, _ merges: [UInt64: ByteLevelBPE.Merge]) {
    let left = Int(UInt32(truncatingIfNeeded: entry))
    let right = next[left]
    // A symbol that was merged into its left neighbour is marked by token -1.
    guard tokens[left] >= 0, right < tokens.count,
      let merge = merges[ByteLevelBPE.key(tokens[left], tokens[right])],
      UInt64(merge.rank) == entry >> 32
    else { return }
    tokens[left] = merge.token
    tokens[right] = -1
    next[left] = next[right]
    if next[right] < tokens.count { previous[next[right]] = left }
    push(left, merges)
    push(previous[left], merges)
  }
}
