extension InferenceQueue {
  /// What the schedule is told of a request, and where each of its sequences goes on from.
  struct Plan {
    let work: BatchSchedule.Work
    let beginnings: [[Int32]?]
  }

  /// Checks a request and sizes it up.
  ///
  /// - Throws: `engine` for what the model doesn't have, or where there is none.
  func plan(_ work: InferenceWork, _ sequences: [[Int32]]) throws(InferenceRefusal) -> Plan {
    do {
      switch work {
      case .capture(let request): return try planCapture(request, sequences)
      case .goingOn(let request, let prefixes, let keepsPrefixes):
        return try planGoingOn(request, sequences, after: prefixes, keepsPrefixes: keepsPrefixes)
      case .nextToken(let tokens, let beginnings):
        return try planProbabilities(tokens, sequences, beginnings)
      case .embedding: return try planEmbeddings(sequences)
      }
    } catch {
      throw .engine(error)
    }
  }

  var modelAsked: LanguageModel {
    get throws(EngineError) {
      guard let model else { throw .outOfRange("this queue has no language model") }
      return model
    }
  }

  private func planCapture(
    _ request: CaptureRequest, _ sequences: [[Int32]]
  ) throws(EngineError) -> Plan {
    let model = try modelAsked
    try model.check(request)
    try model.check(sequences, after: 1)
    let sizes = sequences.map { sequence in
      let byteCount = request.byteCount(
        tokenCount: sequence.count, in: model.configuration)
      return BatchSchedule.Work.Size(
        rowCount: sequence.count + 1,
        // What is read is gathered for the batch, then parted by sequence.
        bufferByteCount: model.bufferByteCount(rowCount: sequence.count + 1, pastCount: 0)
          + 2 * byteCount,
        resultByteCount: byteCount)
    }
    return Plan(
      work: BatchSchedule.Work(
        kind: request.nextTokenLogits ? .captureWithLogits : .capture,
        depth: request.depth(in: model.configuration), sizes: sizes),
      beginnings: [])
  }

  private func planProbabilities(
    _ tokens: [Int32]?, _ sequences: [[Int32]], _ beginnings: [[Int32]]
  ) throws(EngineError) -> Plan {
    let model = try modelAsked
    try model.check(sequences, after: 1)
    if let tokens { try model.check([tokens], after: 0) }
    let own = sequences.map { prefixes?.beginning(of: $0, among: beginnings) }
    let width = tokens?.count ?? model.configuration.vocabularySize
    let sizes = zip(sequences, own).map { sequence, beginning in
      let past = beginning.map { $0.count + 1 } ?? 0
      let rowCount = sequence.count + 1 - past
      return BatchSchedule.Work.Size(
        rowCount: rowCount,
        bufferByteCount: model.bufferByteCount(rowCount: rowCount, pastCount: past)
          + 4 * model.configuration.vocabularySize,
        resultByteCount: 4 * width)
    }
    return Plan(
      work: BatchSchedule.Work(
        kind: tokens == nil ? .allTokens : .someTokens, depth: model.configuration.layerCount,
        sizes: sizes),
      beginnings: own)
  }

  private func planEmbeddings(_ sequences: [[Int32]]) throws(EngineError) -> Plan {
    guard let encoder else { throw .outOfRange("this queue has no sentence model") }
    let sizes = sequences.map { sequence in
      BatchSchedule.Work.Size(
        rowCount: sequence.count,
        bufferByteCount: encoder.bufferByteCount(rowCount: sequence.count),
        resultByteCount: 4 * encoder.dimension)
    }
    return Plan(
      work: BatchSchedule.Work(
        kind: .embedding, depth: encoder.configuration.layerCount, sizes: sizes),
      beginnings: [])
  }

  /// Computes a pass: for each of its parts the results of its sequences.
  func outputs(of running: Running) throws(EngineError) -> [[InferenceOutput]] {
    let parts = zip(running.pass.parts, running.jobs).map { part, job in
      Share(
        work: job.work, sequences: Array(job.sequences[part.range]),
        beginnings: job.beginnings.isEmpty ? [] : Array(job.beginnings[part.range]),
        range: part.range)
    }
    switch parts.first?.work {
    case .capture: return try captures(parts)
    case .goingOn: return try goingOn(parts)
    case .nextToken: return try nextTokens(parts)
    case .embedding:
      guard let encoder else { return [] }
      let values = encoder.embed(tokenized: parts.flatMap(\.sequences))
      return Self.apportion(values.map { .floats($0) }, to: parts)
    case nil: return []
    }
  }

  /// One request's share of a pass.
  struct Share {
    let work: InferenceWork
    let sequences: [[Int32]]
    let beginnings: [[Int32]?]
    /// Which of the request's sequences these are.
    let range: Range<Int>
  }

  /// Cuts the results of all sequences into those of each share.
  static func apportion(
    _ values: [InferenceOutput], to shares: [Share]
  ) -> [[InferenceOutput]] {
    var start = 0
    return shares.map { share in
      defer { start += share.sequences.count }
      return Array(values[start..<start + share.sequences.count])
    }
  }

  /// All units that any share wants are read in one pass; each then gets its own.
  private func captures(_ shares: [Share]) throws(EngineError) -> [[InferenceOutput]] {
    let wishes = shares.map { share -> CaptureRequest in
      if case .capture(let request) = share.work { request } else { CaptureRequest() }
    }
    let union = CaptureUnion(wishes)
    let captures = try modelAsked.capture(union.request, of: shares.flatMap(\.sequences))
    let outputs = Self.apportion(captures.map { .capture($0) }, to: shares)
    return zip(wishes, outputs).map { wish, outputs in
      outputs.map { output in
        output.capture.map { .capture(union.share(wish, of: $0)) } ?? output
      }
    }
  }

  private func nextTokens(_ shares: [Share]) throws(EngineError) -> [[InferenceOutput]] {
    let model = try modelAsked
    let wishes = shares.map { share -> [Int32]? in
      if case .nextToken(let tokens, _) = share.work { tokens } else { nil }
    }
    // Of one kind: all want every token, or none does.
    let union = wishes.contains(nil) ? nil : Set(wishes.compactMap { $0 }.joined()).sorted()
    var prefixes: [SequencePrefix?] = []
    var endings: [[Int32]] = []
    for share in shares {
      for (index, sequence) in share.sequences.enumerated() {
        let beginning = share.beginnings.isEmpty ? nil : share.beginnings[index]
        if let beginning, let cache = self.prefixes {
          prefixes.append(try cache.prefix(beginning))
          endings.append(Array(sequence.dropFirst(beginning.count)))
        } else {
          prefixes.append(nil)
          endings.append(sequence)
        }
      }
    }
    let rows = try model.nextTokenLogProbabilities(after: endings, prefixes: prefixes, of: union)
    var rest = rows[...]
    return zip(shares, wishes).map { share, wish in
      let own = rest.prefix(share.sequences.count)
      rest = rest.dropFirst(share.sequences.count)
      guard let wish, let union, wish != union else { return own.map { .floats($0) } }
      let places = Dictionary(uniqueKeysWithValues: union.enumerated().map { ($1, $0) })
      return own.map { row in .floats(wish.map { row[places[$0] ?? 0] }) }
    }
  }
}
