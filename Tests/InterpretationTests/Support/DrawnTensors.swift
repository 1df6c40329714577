import ArenaTypes

/// Safetensors files of drawn numbers, for dictionaries of no meaning.
enum DrawnTensors {
  /// A file of F32 tensors, each drawn from a seed of its own.
  static func bytes(_ tensors: [(name: String, shape: [Int], seed: UInt64)]) -> [UInt8] {
    var entries: [String] = []
    var data: [UInt8] = []
    for tensor in tensors {
      let start = data.count
      var generator = SeededGenerator(seed: tensor.seed)
      for _ in 0..<tensor.shape.reduce(1, *) {
        let value = Float.random(in: -1...1, using: &generator)
        data += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
      }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(data.count)]}")
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
  }
}
