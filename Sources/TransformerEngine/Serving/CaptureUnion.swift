/// Several capture requests as one, and the share of each in what it reads.
struct CaptureUnion {
  /// Everything that any of them wants, each unit once.
  let request: CaptureRequest
  private let neurons: [NeuronIndex: Int]
  private let heads: [HeadIndex: Int]
  private let directions: [ResidualDirection: Int]
  private let features: [FeatureIndex: Int]

  init(_ wishes: [CaptureRequest]) {
    func columns<Unit: Hashable>(_ units: (CaptureRequest) -> [Unit]) -> ([Unit], [Unit: Int]) {
      var columns: [Unit: Int] = [:]
      var all: [Unit] = []
      for unit in wishes.flatMap(units) where columns[unit] == nil {
        columns[unit] = all.count
        all.append(unit)
      }
      return (all, columns)
    }
    var union = CaptureRequest()
    (union.neurons, neurons) = columns(\.neurons)
    (union.heads, heads) = columns(\.heads)
    (union.directions, directions) = columns(\.directions)
    (union.features, features) = columns(\.features)
    union.mlpLayers = Set(wishes.flatMap(\.mlpLayers)).sorted()
    union.patterns = Set(wishes.flatMap(\.patterns)).sorted()
    union.residualLayers = Set(wishes.flatMap(\.residualLayers)).sorted()
    union.dictionaries = columns(\.dictionaries).0
    union.nextTokenLogits = wishes.contains(where: \.nextTokenLogits)
    request = union
  }

  /// What `wish` gets of a sequence that was read for all.
  func share(_ wish: CaptureRequest, of capture: Capture) -> Capture {
    if wish == request { return capture }
    var share = capture
    share.neurons = capture.neurons.columns(wish.neurons.map { neurons[$0] ?? 0 })
    share.heads = capture.heads.columns(wish.heads.map { heads[$0] ?? 0 })
    share.directions = capture.directions.columns(wish.directions.map { directions[$0] ?? 0 })
    share.features = capture.features.columns(wish.features.map { features[$0] ?? 0 })
    share.mlp = capture.mlp.filter { wish.mlpLayers.contains($0.key) }
    share.patterns = capture.patterns.filter { wish.patterns.contains($0.key) }
    share.residuals = capture.residuals.filter { wish.residualLayers.contains($0.key) }
    share.dictionaries = capture.dictionaries.filter { wish.dictionaries.contains($0.key) }
    if !wish.nextTokenLogits { share.nextTokenLogits = [] }
    return share
  }
}

extension ActivationMatrix {
  /// These columns, in this order.
  fileprivate func columns(_ columns: [Int]) -> ActivationMatrix {
    var chosen: [Float] = []
    chosen.reserveCapacity(tokenCount * columns.count)
    for token in 0..<tokenCount {
      for column in columns { chosen.append(self[token, column]) }
    }
    return ActivationMatrix(tokenCount: tokenCount, neuronCount: columns.count, values: chosen)
  }
}
