import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct SymbolMergerTests {
  /// The definition: of all pairs the one of the lowest rank, of equal ranks the leftmost, again
  /// and again.
  private func merged(_ symbols: [Int32], _ pairs: [[Int32]: (rank: Int, token: Int32)]) -> [Int32]
  {
    var symbols = symbols
    while true {
      let places = symbols.indices.dropLast().compactMap { place in
        pairs[[symbols[place], symbols[place + 1]]].map { (place, $0) }
      }
      guard let (place, merge) = places.min(by: { ($0.1.rank, $0.0) < ($1.1.rank, $1.0) }) else {
        return symbols
      }
      symbols.replaceSubrange(place...place + 1, with: [merge.token])
    }
  }

  @Test func `searching and the heap both merge as the definition does`() {
    let seed: UInt64 = 0xB9E
    var generator = SeededGenerator(seed: seed)
    for round in 0..<400 {
      var pairs: [[Int32]: (rank: Int, token: Int32)] = [:]
      var table = PairTable(capacity: 40)
      for rank in 0..<Int.random(in: 0...40, using: &generator) {
        let pair = (0..<2).map { _ in Int32.random(in: 0..<8, using: &generator) }
        // Ranks are shared by some, as scores are.
        let merge = (rank: rank / 2, token: Int32.random(in: 0..<8, using: &generator))
        if pairs[pair] == nil { pairs[pair] = merge }
        table.insert(pair[0], pair[1], rank: UInt32(merge.rank), token: merge.token)
      }
      let symbols = (0..<Int.random(in: 0...70, using: &generator)).map { _ in
        Int32.random(in: 0..<8, using: &generator)
      }
      let expected = merged(symbols, pairs)
      for limit in [0, SymbolMerger.searchedCountMax, 1000] {
        var merger = SymbolMerger()
        merger.symbols = symbols
        merger.merge(table, searchedCountMax: limit)
        #expect(merger.symbols == expected, "seed \(seed), round \(round), limit \(limit)")
      }
    }
  }

  @Test func `a table of pairs holds what a dictionary holds`() {
    var generator = SeededGenerator(seed: 77)
    var table = PairTable(capacity: 500)
    var dictionary: [[Int32]: Int64] = [:]
    for rank in 0..<500 {
      let pair = (0..<2).map { _ in Int32.random(in: 0..<40, using: &generator) }
      table.insert(pair[0], pair[1], rank: UInt32(rank), token: Int32(rank))
      if dictionary[pair] == nil { dictionary[pair] = Int64(rank) << 32 | Int64(rank) }
    }
    #expect(table.count == dictionary.count)
    for left in 0..<Int32(41) {
      for right in 0..<Int32(41) {
        #expect(table.merge(left, right) == dictionary[[left, right]] ?? PairTable.none)
      }
    }
  }

  @Test func `a table of pieces tells apart what Unicode holds for equal`() {
    var table = PieceTable(capacity: 4)
    table.insert(Array("é".utf8), 1)
    table.insert(Array("e\u{301}".utf8), 2)
    table.insert(Array("é".utf8), 3)
    table.insert([], 4)
    #expect(table.find("\u{E9}") == 1 && table.find("e\u{301}") == 2 && table.find("e") == nil)
    #expect(table.find([]) == 4)
    table.replace(Array("é".utf8), 5)
    #expect(table.find("é") == 5 && PieceTable(capacity: 0).find([]) == nil)
  }

  @Test func `a cache gives back what it was given, and nothing else`() throws {
    var generator = SeededGenerator(seed: 5)
    var cache = WordCache()
    let text = (0..<4000).map { _ in UInt8.random(in: 0...3, using: &generator) }
    try text.withUnsafeBufferPointer { text in
      var kept: [[UInt8]: [Int32]] = [:]
      for _ in 0..<3000 {
        let start = Int.random(in: 0..<text.count, using: &generator)
        let range = start..<min(start + Int.random(in: 0...40, using: &generator), text.count)
        guard let key = WordCache.Key(text, range) else {
          #expect(range.isEmpty || range.count > WordCache.byteCountMax)
          continue
        }
        var found: [Int32] = [-7]
        if cache.append(key, to: &found) {
          #expect(found.dropFirst() == kept[Array(text[range])]?[...])
        } else {
          let tokens = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
            Int32.random(in: .min ... .max, using: &generator)
          }
          cache.keep(key, tokens[...])
          if tokens.count <= WordCache.tokenCountMax { kept[Array(text[range])] = tokens }
        }
      }
      #expect(kept.count > 500)
      // The same word elsewhere in a text, at its very end among other places, is the same word.
      let word = try #require(WordCache.Key(text, text.count - 5..<text.count))
      cache.keep(word, [1, 2, 3])
      let copy = Array(text.suffix(5)) + [9, 9, 9, 9, 9, 9, 9, 9]
      try copy.withUnsafeBufferPointer { copy in
        var found: [Int32] = []
        let key = try #require(WordCache.Key(copy, 0..<5))
        #expect(cache.append(key, to: &found))
        #expect(found == [1, 2, 3])
      }
    }
  }

  @Test func `a table of scalars holds what was set`() {
    var table = ScalarTable()
    table.add(1, to: 0x41...0x5A)
    table.add(2, to: 0x100...0x2FF)
    table.add(4, to: 0x50...0x180)
    table.add(8, to: 0x10FFFF...0x10FFFF)
    for scalar in [0x40, 0x41, 0x4F, 0x50, 0x5A, 0x5B, 0xFF, 0x100, 0x180, 0x181, 0x2FF, 0x300] {
      let expected =
        ((0x41...0x5A).contains(scalar) ? 1 : 0) | ((0x100...0x2FF).contains(scalar) ? 2 : 0)
        | ((0x50...0x180).contains(scalar) ? 4 : 0)
      #expect(table[UInt32(scalar)] == UInt16(expected), "\(scalar)")
    }
    #expect(table[0x10FFFF] == 8 && table[0x10FFFE] == 0 && table[0xFFFF_FFFF] == 8)
  }
}
