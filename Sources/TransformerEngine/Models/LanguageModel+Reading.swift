/// A piece of a text as a model has read it, and what the next piece goes on from.
public struct CapturedPiece: Sendable {
  /// What was read of the piece.
  public let capture: Capture
  /// The whole text so far, as deep as the request goes.
  public let prefix: SequencePrefix
}

extension LanguageModel {
  /// Reads the units of `request` on pieces of texts, each from where its text was left off.
  ///
  /// A text that is read piece by piece costs what reading it at once costs, and its first tokens are
  /// known early. Results differ from those of the whole text by no more than the rounding of f32.
  ///
  /// - Parameter prefixes: What each piece goes on from, which then has at least one token; nil where a
  ///   text begins.
  /// - Returns: One for each piece, in order.
  /// - Throws: As `capture(_:of:prefixes:)`.
  public func read(
    _ request: CaptureRequest, of pieces: [[Int32]], after prefixes: [SequencePrefix?]
  ) throws(EngineError) -> [CapturedPiece] {
    let plan = try CapturePlan(request, self)
    let inputs = try self.inputs(pieces, after: prefixes)
    try check(prefixes, depth: request.depth(in: configuration))
    var read: [CapturedPiece] = []
    forEachBatch(inputs, prefixes: prefixes) { pass in
      let run = CaptureRun(plan, pass)
      let keeper = PrefixKeeper(run)
      if plan.end != nil { pass.run(keeper) }
      for (sequence, capture) in run.captures().enumerated() {
        read.append(CapturedPiece(capture: capture, prefix: keeper.prefix(of: sequence)))
      }
    }
    return read
  }

  /// Checks that prefixes go as deep as a pass.
  func check(_ prefixes: [SequencePrefix?], depth: Int) throws(EngineError) {
    for prefix in prefixes {
      if let prefix, prefix.layers.count < depth {
        throw .outOfRange(
          "a beginning of \(prefix.layers.count) layers, and \(depth) are needed: read it anew")
      }
    }
  }
}

/// Shows a run what it wants to see, and keeps the keys and values of each layer on the way.
private final class PrefixKeeper: DecoderPass.Observer {
  private let run: CaptureRun
  /// `[sequences][layers]`.
  private var layers: [[SequencePrefix.Layer]]

  init(_ run: CaptureRun) {
    self.run = run
    layers = run.pass.batch.ranges.map { _ in [] }
  }

  /// What a sequence of the batch has become, its own prefix included.
  func prefix(of sequence: Int) -> SequencePrefix {
    let batch = run.pass.batch
    return SequencePrefix(
      tokenCount: batch.pastCount(of: sequence) + batch.ranges[sequence].count,
      layers: layers[sequence])
  }

  var end: ActivationPlace? { run.end }

  func wants(_ place: ActivationPlace) -> Bool { place.site == .attentionHeads || run.wants(place) }

  func chosenNeurons(layer: Int) -> DecoderWeights.Linear? { run.chosenNeurons(layer: layer) }

  func see(
    _ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int
  ) {
    if place.site == .attentionHeads {
      for sequence in layers.indices {
        layers[sequence].append(run.pass.keysAndValues(layer: place.layer, of: sequence))
      }
    }
    if run.wants(place) { run.see(place, rows: rows, values: values, width: width) }
  }

  func patternHeads(layer: Int) -> [Int] { run.patternHeads(layer: layer) }

  func seePatterns(layer: Int, _ patterns: FloatBuffer) {
    run.seePatterns(layer: layer, patterns)
  }
}
