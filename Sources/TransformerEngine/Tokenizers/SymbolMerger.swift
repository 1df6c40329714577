/// Merges the symbols of a piece, pair by pair: the lowest rank first, of equal ranks the leftmost.
///
/// Short pieces are searched for the lowest rank again and again, which is quick while they fit a
/// few cache lines; long ones keep their pairs in a heap, so that no text takes quadratic time.
struct SymbolMerger {
  /// Pieces of up to this many symbols are searched.
  static let searchedCountMax = 48

  /// The symbols of the piece, to be filled by the caller; what is left of them after ``merge(_:)``.
  var symbols: [Int32] = []
  /// The merge of symbol i with the next one.
  private var merges: [Int64] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var heap: [UInt64] = []

  /// Merges `symbols` as far as `pairs` go.
  ///
  /// - Complexity: O(n log n) for n symbols.
  @inline(__always)
  mutating func merge(_ pairs: PairTable, searchedCountMax: Int = searchedCountMax) {
    if symbols.count < 2 { return }
    if symbols.count <= searchedCountMax { search(pairs) } else { mergeByHeap(pairs) }
  }

  private mutating func search(_ pairs: PairTable) {
    merges.removeAll(keepingCapacity: true)
    for index in 0..<symbols.count - 1 {
      merges.append(pairs.merge(symbols[index], symbols[index + 1]))
    }
    while true {
      var best = PairTable.none
      var place = 0
      // Of equal ranks the leftmost, whatever the tokens in the lower half are.
      for index in 0..<merges.count where merges[index] >> 32 < best >> 32 {
        best = merges[index]
        place = index
      }
      if best == PairTable.none { return }
      symbols[place] = Int32(truncatingIfNeeded: best)
      symbols.remove(at: place + 1)
      merges.remove(at: place)
      if place > 0 { merges[place - 1] = pairs.merge(symbols[place - 1], symbols[place]) }
      if place < merges.count {
        merges[place] = pairs.merge(symbols[place], symbols[place + 1])
      }
    }
  }
}

// MARK: Long pieces

/// A linked list of symbols, and a heap of the pairs that can be merged.
///
/// A heap entry is rank << 32 | index of the left symbol. Entries aren't removed when a neighbour
/// merges; they are recognised by their rank no longer being that of the pair.
extension SymbolMerger {
  private mutating func mergeByHeap(_ pairs: PairTable) {
    let count = symbols.count
    next.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
    for index in 0..<count {
      next.append(Int32(index + 1))
      previous.append(Int32(index - 1))
    }
    for index in 0..<count - 1 { push(index, pairs) }
    while let entry = pop() { merge(entry, pairs) }
    var index = 0
    var length = 0
    while index < count {
      symbols[length] = symbols[index]
      length += 1
      index = Int(next[index])
    }
    symbols.removeLast(count - length)
  }

  private mutating func push(_ left: Int, _ pairs: PairTable) {
    guard left >= 0, Int(next[left]) < symbols.count else { return }
    let merge = pairs.merge(symbols[left], symbols[Int(next[left])])
    if merge == PairTable.none { return }
    heap.append(UInt64(merge >> 32) << 32 | UInt64(left))
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
      for child in 2 * parent + 1...2 * parent + 2 where child < heap.count {
        if heap[child] < heap[least] { least = child }
      }
      if least == parent { return top }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private mutating func merge(_ entry: UInt64, _ pairs: PairTable) {
    let left = Int(UInt32(truncatingIfNeeded: entry))
    // A symbol that was merged into its left neighbour is marked by token -1.
    guard symbols[left] >= 0, Int(next[left]) < symbols.count else { return }
    let right = Int(next[left])
    let merge = pairs.merge(symbols[left], symbols[right])
    guard merge != PairTable.none, UInt64(merge >> 32) == entry >> 32 else { return }
    symbols[left] = Int32(truncatingIfNeeded: merge)
    symbols[right] = -1
    next[left] = next[right]
    if Int(next[right]) < symbols.count { previous[Int(next[right])] = Int32(left) }
    push(left, pairs)
    push(Int(previous[left]), pairs)
  }
}
