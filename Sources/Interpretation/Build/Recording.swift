import ArenaTypes

/// The activations of some units on every token of the corpus, in one byte each.
///
/// An activation is stored as `round(127 * a / scale)` with one scale an excerpt and unit, the
/// largest magnitude in the excerpt; what of it is firing (`Firing`) has been taken already. That is the
/// precision of the campaign file, so what is chosen here is what players see.
struct Recording {
  /// A unit to record.
  struct Track: Hashable {
    let unit: UnitAddress
    let polarity: Polarity
    /// The unit's usual level, where it is never silent.
    var rest: Float = 0

    /// What of its raw activation is firing.
    var firing: Firing { Firing(polarity: polarity, rest: rest) }
  }

  let tracks: [Track]
  /// `[excerpts + 1]`: where each excerpt's tokens begin; ascending.
  let tokenOffsets: [Int]
  /// `[tracks][excerpts]`.
  private(set) var scales: [[Float]]
  /// `[tracks][tokens]`.
  private(set) var values: [[Int8]]

  init(tracks: [Track], excerpts: [CorpusExcerpt]) {
    self.tracks = tracks
    var offsets = [0]
    for excerpt in excerpts { offsets.append((offsets.last ?? 0) + excerpt.tokenIDs.count) }
    tokenOffsets = offsets
    let tokenCount = offsets.last ?? 0
    scales = Array(repeating: Array(repeating: 0, count: excerpts.count), count: tracks.count)
    values = Array(repeating: Array(repeating: 0, count: tokenCount), count: tracks.count)
  }

  /// The number of excerpts.
  var excerptCount: Int { tokenOffsets.count - 1 }

  /// Stores what some tracks did in `excerpt`.
  ///
  /// - Parameters:
  ///   - columns: The tracks, and the column of `activations` in which each stands.
  ///   - width: The number of columns.
  ///   - activations: `[tokens, width]`, row-major.
  mutating func record(
    excerpt: Int, columns: [(track: Int, column: Int)], width: Int,
    activations: UnsafeBufferPointer<Float>
  ) {
    let range = tokenOffsets[excerpt]..<tokenOffsets[excerpt + 1]
    for (index, column) in columns {
      let firing = tracks[index].firing
      var largest: Float = 0
      for token in 0..<range.count {
        largest = max(largest, abs(firing(activations[token * width + column])))
      }
      scales[index][excerpt] = largest
      guard largest > 0 else { continue }
      for token in 0..<range.count {
        let value = firing(activations[token * width + column])
        values[index][range.lowerBound + token] = QuantisedActivations.byte(value, scale: largest)
      }
    }
  }

  /// The activations of a track in an excerpt.
  func activations(track: Int, excerpt: Int) -> QuantisedActivations {
    QuantisedActivations(
      scale: scales[track][excerpt],
      bytes: Array(values[track][tokenOffsets[excerpt]..<tokenOffsets[excerpt + 1]]))
  }

  /// The strongest activation of a track in an excerpt and its position.
  func peak(track: Int, excerpt: Int) -> (value: Float, token: Int) {
    var best: Int8 = .min
    var position = 0
    let start = tokenOffsets[excerpt]
    values[track].withUnsafeBufferPointer { values in
      for token in start..<tokenOffsets[excerpt + 1] where values[token] > best {
        best = values[token]
        position = token - start
      }
    }
    return (Float(best) / 127 * scales[track][excerpt], position)
  }

  /// The bytes of excerpts `range` of all tracks, for a checkpoint.
  func saved(_ range: Range<Int>) -> [UInt8] {
    var writer = ByteWriter()
    for track in tracks.indices {
      for excerpt in range { writer.write(scales[track][excerpt]) }
      writer.write(values[track][tokenOffsets[range.lowerBound]..<tokenOffsets[range.upperBound]])
    }
    return writer.bytes
  }

  /// Takes back what `saved(_:)` gave.
  ///
  /// - Throws: `damaged` where it has another length.
  mutating func restore(_ range: Range<Int>, from bytes: [UInt8]) throws(CampaignError) {
    var reader = ByteReader(bytes, place: "checkpoint")
    let tokens = tokenOffsets[range.lowerBound]..<tokenOffsets[range.upperBound]
    for track in tracks.indices {
      for excerpt in range { scales[track][excerpt] = try reader.readFloat() }
      let restored = try reader.readInt8s(count: tokens.count)
      values[track].replaceSubrange(tokens, with: restored)
    }
    try reader.finish()
  }
}

/// Activations in one byte each, as campaign files keep them.
struct QuantisedActivations: Hashable {
  /// The magnitude that 127 stands for.
  let scale: Float
  let bytes: [Int8]

  /// The activations.
  var floats: [Float] { bytes.map { Float($0) / 127 * scale } }

  static func byte(_ value: Float, scale: Float) -> Int8 {
    Int8(max(-127, min(127, (value / scale * 127).rounded())))
  }
}
