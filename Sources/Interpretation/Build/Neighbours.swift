import ArenaTypes

/// Finds units that are near to others, by weights and by firing.
struct Neighbours {
  let model: any SubjectModel
  let recording: Recording
  let layers: [Int]

  /// The neighbours of each track: by weights among all neurons of `layers`, by firing among the
  /// recorded ones; `count` of either.
  func of(tracks: [Int], count: Int) throws(InterpretationError) -> [[UnitNeighbour]] {
    let byWeights = try weightNeighbours(of: tracks, count: count)
    let byFiring = firingNeighbours(of: tracks, count: count)
    return zip(byWeights, byFiring).map { $0 + $1 }
  }

  private func weightNeighbours(of tracks: [Int], count: Int)
    throws(InterpretationError) -> [[UnitNeighbour]]
  {
    var found: [[UnitNeighbour]] = Array(repeating: [], count: tracks.count)
    var own: [[Float]] = []
    var rows: [Int: [Float]] = [:]
    for layer in layers { rows[layer] = try model.neuronWeights(layer: layer) }
    let width = (rows[layers[0]]?.count ?? 0) / model.neuronCount
    for track in tracks {
      let identity = recording.tracks[track]
      let matrix = rows[identity.layer] ?? []
      own.append(Array(matrix[(identity.neuron * width)..<((identity.neuron + 1) * width)]))
    }
    for layer in layers {
      guard let matrix = rows[layer] else { continue }
      for (index, track) in tracks.enumerated() {
        let identity = recording.tracks[track]
        for neuron in 0..<model.neuronCount
        where !(identity.layer == layer && identity.neuron == neuron) {
          let similarity = cosine(own[index], matrix, row: neuron)
          insert(
            UnitNeighbour(
              unit: id(layer, neuron), relation: .weights, similarity: similarity),
            into: &found[index], count: count)
        }
      }
    }
    return found
  }

  private func cosine(_ vector: [Float], _ matrix: [Float], row: Int) -> Float {
    vector.withUnsafeBufferPointer { vector in
      matrix.withUnsafeBufferPointer { matrix in
        // Eight sums at a time are what the compiler turns into vector instructions.
        var sums = SIMD8<Float>(repeating: 0)
        let start = row * vector.count
        for index in stride(from: 0, to: vector.count - 7, by: 8) {
          var left = SIMD8<Float>()
          var right = SIMD8<Float>()
          for lane in 0..<8 {
            left[lane] = vector[index + lane]
            right[lane] = matrix[start + index + lane]
          }
          sums += left * right
        }
        return sums.sum()
      }
    }
  }

  private func firingNeighbours(of tracks: [Int], count: Int) -> [[UnitNeighbour]] {
    let peaks = recording.tracks.indices.map { track in
      standardised(
        (0..<recording.excerptCount).map {
          max(0, recording.peak(track: track, excerpt: $0).value)
        })
    }
    return tracks.map { track in
      var found: [UnitNeighbour] = []
      for other in recording.tracks.indices where other != track {
        let identity = recording.tracks[other]
        insert(
          UnitNeighbour(
            unit: id(identity.layer, identity.neuron), relation: .firing,
            similarity: Vectors.dot(peaks[track], peaks[other])),
          into: &found, count: count)
      }
      return found
    }
  }

  /// The values less their mean, scaled to length 1, so that a dot product is a correlation.
  private func standardised(_ values: [Float]) -> [Float] {
    let mean = values.reduce(0, +) / Float(max(1, values.count))
    return Vectors.normalised(values.map { $0 - mean })
  }

  private func insert(
    _ neighbour: UnitNeighbour, into list: inout [UnitNeighbour], count: Int
  ) {
    if list.count == count, (list.last?.similarity ?? 1) >= neighbour.similarity { return }
    let position = list.firstIndex { $0.similarity < neighbour.similarity } ?? list.count
    list.insert(neighbour, at: position)
    if list.count > count { list.removeLast() }
  }

  private func id(_ layer: Int, _ neuron: Int) -> UnitID {
    UnitID(model: model.name, layer: layer, kind: .mlp, index: neuron)
  }
}
