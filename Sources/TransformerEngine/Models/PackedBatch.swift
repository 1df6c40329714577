import CKernels

/// Sequences packed one after another into the rows of one batch, without padding.
struct PackedBatch {
  /// The rows of each sequence.
  let ranges: [Range<Int>]
  /// All tokens, in the order of the rows.
  let tokens: [Int32]
  /// What stands before each sequence, whose keys and values are known; empty where nothing does.
  let prefixes: [SequencePrefix?]

  init(_ sequences: [[Int32]], prefixes: [SequencePrefix?] = []) {
    var ranges: [Range<Int>] = []
    var tokens: [Int32] = []
    for sequence in sequences {
      ranges.append(tokens.count..<tokens.count + sequence.count)
      tokens += sequence
    }
    self.ranges = ranges
    self.tokens = tokens
    self.prefixes = prefixes
  }

  /// The rows of each sequence that stand for its tokens: all but the sink's, which only sequences
  /// without a prefix have.
  var tokenRanges: [Range<Int>] {
    ranges.indices.map { pastCount(of: $0) == 0 ? ranges[$0].dropFirst() : ranges[$0] }
  }

  /// Positions before the first row of `sequence`.
  func pastCount(of sequence: Int) -> Int {
    prefixes.isEmpty ? 0 : prefixes[sequence]?.tokenCount ?? 0
  }

  /// What the attention kernel needs to know at `layer`.
  func sequences(layer: Int) -> [ck_sequence] {
    ranges.enumerated().map { index, range in
      let prefix = prefixes.isEmpty ? nil : prefixes[index]
      // A pass without attention has beginnings without layers, and only sizes itself up by them.
      let past = prefix.flatMap { $0.layers.indices.contains(layer) ? $0.layers[layer] : nil }
      return ck_sequence(
        first_row: range.lowerBound, row_count: range.count, past_count: prefix?.tokenCount ?? 0,
        past_keys: past.map { UnsafePointer($0.keys.pointer) },
        past_values: past.map { UnsafePointer($0.values.pointer) })
    }
  }

  /// Splits `sequences` into batches of about `rowCount` rows, in order; a longer sequence is a
  /// batch of its own.
  static func split(_ sequences: [[Int32]], rowCount: Int) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var start = 0
    var rows = 0
    for (index, sequence) in sequences.enumerated() {
      if index > start, rows + sequence.count > rowCount {
        batches.append(start..<index)
        start = index
        rows = 0
      }
      rows += sequence.count
    }
    if start < sequences.count { batches.append(start..<sequences.count) }
    return batches
  }
}
