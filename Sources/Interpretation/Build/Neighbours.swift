import ArenaTypes

/// Finds units that are near to others, by weights and by firing.
struct Neighbours {
  let model: any SubjectModel
  let recording: Recording
  let groups: [UnitGroup]

  /// The neighbours of each track: by weights among all units of `groups`, by firing among the
  /// recorded ones; `count` of either.
  func of(tracks: [Int], count: Int) throws(InterpretationError) -> [[UnitNeighbour]] {
    let byWeights = try weightNeighbours(of: tracks, count: count)
    let byFiring = firingNeighbours(of: tracks, count: count)
    return zip(byWeights, byFiring).map { $0 + $1 }
  }

  /// Units of one sort are compared with each other: neurons with neurons, features of a dictionary
  /// with those of its like.
  private func weightNeighbours(of tracks: [Int], count: Int)
    throws(InterpretationError) -> [[UnitNeighbour]]
  {
    var found: [[UnitNeighbour]] = Array(repeating: [], count: tracks.count)
    for kind in Set(groups.map(\.kind)).sorted(by: { $0.rawValue < $1.rawValue }) {
      let alike = groups.filter { $0.kind == kind }
      var rows: [[Float]] = []
      for group in alike { rows.append(try model.weightRows(of: group)) }
      for (index, track) in tracks.enumerated() {
        let unit = recording.tracks[track].unit
        guard unit.kind == kind, let home = alike.firstIndex(where: { $0.layer == unit.layer }),
          !rows[home].isEmpty
        else { continue }
        let width = rows[home].count / alike[home].count
        let own = Array(rows[home][(unit.index * width)..<((unit.index + 1) * width)])
        for (group, matrix) in zip(alike, rows) where matrix.count == width * group.count {
          insertNearest(to: own, of: unit, in: group, matrix, into: &found[index], count: count)
        }
      }
    }
    return found
  }

  private func insertNearest(
    to own: [Float], of unit: UnitAddress, in group: UnitGroup, _ matrix: [Float],
    into list: inout [UnitNeighbour], count: Int
  ) {
    for index in 0..<group.count {
      let other = UnitAddress(layer: group.layer, kind: group.kind, index: index)
      guard other != unit else { continue }
      insert(
        UnitNeighbour(
          unit: other.id(in: model.name), relation: .weights,
          similarity: cosine(own, matrix, row: index)), into: &list, count: count)
    }
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
        insert(
          UnitNeighbour(
            unit: recording.tracks[other].unit.id(in: model.name), relation: .firing,
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
}
