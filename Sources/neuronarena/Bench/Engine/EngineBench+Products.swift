import TransformerEngine

extension EngineBench {
  /// Products of SmolLM2's largest weights in a block, gate and up.
  private static let shape = (inputs: 576, outputs: 3_072)

  /// The product of floats beside the roofline, and of each packed type beside floats.
  func products() -> [Comparison.Figure] {
    [64, 240].flatMap { rows -> [Comparison.Figure] in
      ElementType.allCases.compactMap { type in
        product(type, rows: rows)
      }
    }
  }

  private func product(_ type: ElementType, rows: Int) -> Comparison.Figure? {
    guard let ours = probe(type, rows), let floats = probe(.f32, rows) else { return nil }
    // About three hundredths of a second at 100 GFLOP/s a thread.
    let count = max(1, 30 * threads.count * 64 / rows)
    func rate(_ probe: ProductProbe) -> Double {
      probe.operationsPerSecond(products: count) / 1e9
    }
    var contenders: [Comparison.Contender] = [
      .init(name: ComparedServer.ours) { rate(ours) },
      .init(name: Self.roofline) { yardstick.operationsPerSecond() / 1e9 },
    ]
    var figure = Comparison.Figure(load: "product of \(rows) rows, \(type)", unit: "GFLOP/s")
    if type == .f32 {
      figure.floors = [Self.roofline: 0.95]
    } else {
      contenders.append(.init(name: "f32") { rate(floats) })
      figure.floors = ["f32": 0.95]
    }
    return Comparison.measure(figure, among: contenders, runs: rounds)
  }

  private func probe(_ type: ElementType, _ rows: Int) -> ProductProbe? {
    // Quantised in blocks of 256: SmolLM2's 576 columns aren't a multiple, 512 is near.
    let inputs = Self.shape.inputs / type.blockElementCount * type.blockElementCount
    return ProductProbe(
      type, rows: rows, inputs: inputs, outputs: Self.shape.outputs, threads: threads)
  }
}
