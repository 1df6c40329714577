import ArenaTypes

/// The keys and values of beginnings that many sequences share, by their tokens.
///
/// Bounded in bytes: the one that was used least lately goes first. Shared by all callers of a queue.
final class PrefixCache: Sendable {
  private struct State {
    var entries: [[Int32]: (prefix: SequencePrefix, byteCount: Int, usedAt: Int)] = [:]
    var byteCount = 0
    var time = 0
    var hitCount = 0
    var missCount = 0
  }

  /// The most bytes that are kept.
  let byteCountMax: Int
  private let model: LanguageModel
  private let state = Locked(State())

  /// Nothing kept yet of `model`.
  init(model: LanguageModel, byteCountMax: Int) {
    self.model = model
    self.byteCountMax = byteCountMax
  }

  /// What has been found and what had to be computed, and the bytes that are kept.
  var counts: (hits: Int, misses: Int, byteCount: Int) {
    state.withLock { ($0.hitCount, $0.missCount, $0.byteCount) }
  }

  /// The longest of `beginnings` that `sequence` goes beyond and that can be kept, if there is one.
  func beginning(of sequence: [Int32], among beginnings: [[Int32]]) -> [Int32]? {
    beginnings.filter { beginning in
      !beginning.isEmpty && beginning.count < sequence.count && sequence.starts(with: beginning)
        && model.prefixByteCount(tokenCount: beginning.count) <= byteCountMax
    }.max { $0.count < $1.count }
  }

  /// The keys and values of `beginning`, computed where they aren't kept.
  ///
  /// - Throws: As `LanguageModel.prefix(_:)`.
  func prefix(_ beginning: [Int32]) throws(EngineError) -> SequencePrefix {
    let kept = state.withLock { state -> SequencePrefix? in
      state.time += 1
      guard let entry = state.entries[beginning] else {
        state.missCount += 1
        return nil
      }
      state.hitCount += 1
      state.entries[beginning]?.usedAt = state.time
      return entry.prefix
    }
    if let kept { return kept }
    // A pass that is stopped half-way leaves nothing that may be kept, so this one isn't; what is more
    // urgent still goes between its layers.
    let check = EngineThreads.layerCheck.value
    let prefix = try EngineThreads.layerCheck.withValue({
      _ = check?()
      return true
    }) { () throws(EngineError) in
      try model.prefix(beginning)
    }
    keep(prefix, of: beginning)
    return prefix
  }

  private func keep(_ prefix: SequencePrefix, of beginning: [Int32]) {
    let byteCount = model.prefixByteCount(tokenCount: beginning.count)
    state.withLock { state in
      if let old = state.entries[beginning] { state.byteCount -= old.byteCount }
      state.entries[beginning] = (prefix, byteCount, state.time)
      state.byteCount += byteCount
      while state.byteCount > byteCountMax,
        let oldest = state.entries.min(by: { $0.value.usedAt < $1.value.usedAt })
      {
        state.byteCount -= oldest.value.byteCount
        state.entries[oldest.key] = nil
      }
    }
  }
}
