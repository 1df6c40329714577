import CKernels

/// Carries out a plan on one batch: an observer of its pass, and the outputs.
struct CaptureRun: DecoderPass.Observer {
  let plan: CapturePlan
  let pass: DecoderPass
  /// [rows, width] each.
  private let outputs: [FloatBuffer]
  private let patterns = Patterns()

  /// The attention of the batch's sequences, by head.
  private final class Patterns {
    var values: [[HeadIndex: ActivationMatrix]] = []
  }

  init(_ plan: CapturePlan, _ pass: DecoderPass) {
    self.plan = plan
    self.pass = pass
    outputs = plan.widths.map { FloatBuffer(count: pass.rowCount * $0) }
    patterns.values = pass.batch.ranges.map { _ in [:] }
  }

  var end: ActivationPlace? { plan.end }

  func wants(_ place: ActivationPlace) -> Bool { plan.steps[place] != nil }

  func chosenNeurons(layer: Int) -> DecoderWeights.Linear? {
    layer == plan.end?.layer ? plan.chosen : nil
  }

  func see(
    _ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int
  ) {
    for step in plan.steps[place] ?? [] {
      switch step.reading {
      case .all:
        let output = outputs[step.output].pointer + rows.lowerBound * width
        output.update(from: values, count: rows.count * width)
      case .columns(let columns):
        fill(step, rows, from: values, width: width, columns: columns)
      case .directions(let matrix):
        let products = FloatBuffer(count: rows.count * matrix.rowCount)
        ck_gemm(
          pass.pool, values, width, rows.count, matrix.matrix, nil, products.pointer,
          matrix.rowCount, 0)
        fill(step, rows, from: products.pointer, width: matrix.rowCount)
      case .features(let encoder):
        let features = encoder.encode(values, rows: rows.count, pass)
        fill(step, rows, from: features.pointer, width: encoder.count)
      case .headLengths(let heads):
        let lengths = headLengths(heads, layer: place.layer, rows: rows.count, values, width)
        fill(step, rows, from: lengths.pointer, width: heads.count)
      }
    }
  }

  /// Copies values to the step's columns of its output; to all where it names none.
  private func fill(
    _ step: CapturePlan.Step, _ rows: Range<Int>, from values: UnsafePointer<Float>, width: Int,
    columns: [Int]? = nil
  ) {
    let outputWidth = plan.widths[step.output]
    let output = outputs[step.output].pointer + rows.lowerBound * outputWidth
    guard !step.columns.isEmpty else {
      return output.update(from: values, count: rows.count * width)
    }
    ck_copy_columns(
      values, rows.count, width, (columns ?? Array(0..<width)).map(Int64.init),
      step.columns.map(Int64.init), step.columns.count, output, outputWidth)
  }

  /// |attn_output * (the head's values alone)| of each head, [rows, heads].
  private func headLengths(
    _ heads: [Int], layer: Int, rows: Int, _ values: UnsafePointer<Float>, _ width: Int
  ) -> FloatBuffer {
    let (size, hidden) = (pass.sizes.headSize, pass.sizes.hiddenSize)
    let output = pass.weights.layers[layer].attn_output.weight.matrix
    let lengths = FloatBuffer(count: rows * heads.count)
    let added = FloatBuffer(count: rows * hidden)
    for (column, head) in heads.enumerated() {
      let first = head * size
      ck_gemm_columns(
        pass.pool, values + first, width, rows, output, first, size, nil, added.pointer, hidden, 0)
      for row in 0..<rows {
        var sum: Float = 0
        for value in UnsafeBufferPointer(start: added.pointer + row * hidden, count: hidden) {
          sum += value * value
        }
        lengths.pointer[row * heads.count + column] = sum.squareRoot()
      }
    }
    return lengths
  }

  func patternHeads(layer: Int) -> [Int] { plan.patterns[layer] ?? [] }

  func seePatterns(layer: Int, _ all: FloatBuffer) {
    let tokens = pass.batch.tokenRanges
    var start = 0
    for head in patternHeads(layer: layer) {
      for (sequence, range) in pass.batch.ranges.enumerated() {
        let width = pass.batch.pastCount(of: sequence) + range.count
        // The sink's row is left out, but not its column.
        let dropped = tokens[sequence].lowerBound - range.lowerBound
        patterns.values[sequence][HeadIndex(layer: layer, head: head)] = ActivationMatrix(
          tokenCount: range.count - dropped, neuronCount: width,
          values: all.array(from: start + dropped * width, count: (range.count - dropped) * width))
        start += range.count * width
      }
    }
  }

  /// The outputs, sequence by sequence, without the sink's rows.
  func captures() -> [Capture] {
    let matrices = zip(outputs, plan.widths).map { output, width in
      var collector = RowCollector(pass.batch.tokenRanges, width: width)
      collector.append(0..<pass.rowCount, output.pointer)
      return collector.matrices
    }
    let request = plan.request
    let rows = pass.batch.ranges.map { $0.upperBound - 1 }
    let logits = request.nextTokenLogits ? pass.logits(after: rows) : nil
    return pass.batch.ranges.indices.map { sequence in
      func output(_ index: Int) -> ActivationMatrix { matrices[index][sequence] }
      var capture = Capture(
        tokenCount: pass.batch.tokenRanges[sequence].count,
        neurons: output(CapturePlan.Output.neurons), heads: output(CapturePlan.Output.heads),
        directions: output(CapturePlan.Output.directions),
        features: output(CapturePlan.Output.features))
      capture.patterns = patterns.values[sequence]
      for (layer, index) in zip(request.mlpLayers, plan.mlpOutputs) {
        capture.mlp[layer] = output(index)
      }
      for (layer, index) in zip(request.residualLayers, plan.residualOutputs) {
        capture.residuals[layer] = output(index)
      }
      for (dictionary, index) in zip(request.dictionaries, plan.dictionaryOutputs) {
        capture.dictionaries[dictionary] = output(index)
      }
      if let logits {
        let count = pass.sizes.vocabularySize
        capture.nextTokenLogits = logits.array(from: sequence * count, count: count)
      }
      return capture
    }
  }
}
