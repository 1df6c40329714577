public import ArenaTypes
import TransformerEngine

/// Windows over all of an excerpt, read, and for each token the window that predicts it.
struct ReadCover: Sendable {
  let windows: [ReadWindow]
  let owners: [Int]

  /// What it takes of memory.
  var byteCount: Int { windows.reduce(0) { $0 + $1.byteCount } }
}

extension JudgeScorer {
  /// How strongly `text` makes one expect `unit` to fire on each token, 0 to 1.
  ///
  /// Windows slide over each excerpt, so that a token is predicted with as much as there can be on both
  /// its sides; those of all excerpts are computed together. A text has no more to say of what stands
  /// behind the first 512 tokens: 0.
  public func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    guard campaign.index(of: unit) != nil else { throw .unknownUnit(unit) }
    let covers = try covers(of: excerpts.map(\.tokens))
    let logits = try logits(try questions(text), on: covers.flatMap(\.windows))
    var first = 0
    return zip(excerpts, covers).map { excerpt, cover in
      defer { first += cover.windows.count }
      return excerpt.tokens.indices.map { token in
        guard token < cover.owners.count else { return 0 }
        let window = cover.windows[cover.owners[token]].window
        let place = token - window.tokens.lowerBound
        let values = logits[first + cover.owners[token]]
        return values.indices.contains(place) ? Float(logistic(Double(values[place]))) : 0
      }
    }
  }

  /// The windows of each text, those that aren't kept read at once.
  private func covers(of texts: [[String]]) throws(InterpretationError) -> [ReadCover] {
    var found = texts.map { covers.value($0) }
    let missing = found.indices.filter { found[$0] == nil }
    if missing.isEmpty { return found.compactMap { $0 } }
    let made = missing.map { judge.cover(texts[$0]) }
    var read = try InterpretationError.wrap { () throws(EngineError) in
      try judge.read(made.flatMap(\.windows))
    }[...]
    for (index, cover) in zip(missing, made) {
      let own = ReadCover(
        windows: Array(read.prefix(cover.windows.count)), owners: cover.owners)
      read = read.dropFirst(cover.windows.count)
      covers.keep(own, byteCount: own.byteCount, under: texts[index])
      found[index] = own
    }
    return found.compactMap { $0 }
  }
}
