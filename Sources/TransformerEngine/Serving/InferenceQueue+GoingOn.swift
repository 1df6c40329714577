extension InferenceQueue {
  /// Checks sequences that go on from beginnings, and sizes them up.
  func planGoingOn(
    _ request: CaptureRequest, _ sequences: [[Int32]], after prefixes: [SequencePrefix?],
    keepsPrefixes: Bool
  ) throws(EngineError) -> Plan {
    let model = try modelAsked
    try model.check(request)
    let inputs = try model.inputs(sequences, after: prefixes)
    let depth = request.depth(in: model.configuration)
    try model.check(prefixes, depth: depth)
    let sizes = inputs.indices.map { index in
      let rowCount = inputs[index].count
      let pastCount = prefixes.isEmpty ? 0 : prefixes[index]?.tokenCount ?? 0
      let byteCount = request.byteCount(
        tokenCount: sequences[index].count, in: model.configuration)
      let keptByteCount =
        keepsPrefixes ? 8 * (pastCount + rowCount) * depth * model.configuration.keyValueSize : 0
      return BatchSchedule.Work.Size(
        rowCount: rowCount,
        bufferByteCount: model.bufferByteCount(rowCount: rowCount, pastCount: pastCount)
          + 2 * byteCount,
        // A long text of a large model is kept by itself, however much it is.
        resultByteCount: max(byteCount, min(byteCount + keptByteCount, limits.resultByteCountMax)))
    }
    return Plan(
      work: BatchSchedule.Work(
        kind: .goingOn(depth: depth, keepsPrefixes: keepsPrefixes), depth: depth, sizes: sizes),
      beginnings: [])
  }

  /// All units that any share wants are read in one pass; each then gets its own.
  func goingOn(_ shares: [Share]) throws(EngineError) -> [[InferenceOutput]] {
    var wishes: [CaptureRequest] = []
    var prefixes: [SequencePrefix?] = []
    var isKept = false
    for share in shares {
      guard case .goingOn(let request, let all, let keepsPrefixes) = share.work else { continue }
      wishes.append(request)
      prefixes += all.isEmpty ? share.sequences.map { _ in nil } : Array(all[share.range])
      isKept = keepsPrefixes
    }
    let union = CaptureUnion(wishes)
    let sequences = shares.flatMap(\.sequences)
    let model = try modelAsked
    let read: [InferenceOutput]
    if isKept {
      read = try model.read(union.request, of: sequences, after: prefixes).map { .piece($0) }
    } else {
      read = try model.capture(union.request, of: sequences, prefixes: prefixes).map {
        .capture($0)
      }
    }
    return zip(wishes, Self.apportion(read, to: shares)).map { wish, outputs in
      outputs.map { output in
        switch output {
        case .piece(let piece):
          .piece(
            CapturedPiece(capture: union.share(wish, of: piece.capture), prefix: piece.prefix))
        case .capture(let capture): .capture(union.share(wish, of: capture))
        case .floats: output
        }
      }
    }
  }
}
