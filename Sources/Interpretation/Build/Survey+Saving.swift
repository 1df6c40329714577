extension Survey {
  /// The bytes of the survey, for a checkpoint.
  func saved() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(count: tokenCount)
    for slot in sums.indices {
      writer.write(sums[slot])
      writer.write(squareSums[slot])
    }
    for list in peaks {
      writer.write(list) { writer, peak in
        writer.write(peak.value)
        writer.write(count: Int(peak.excerpt))
        writer.write(count: Int(peak.token))
      }
    }
    return writer.bytes
  }

  /// The survey that `saved()` gave for the same groups.
  ///
  /// - Throws: `damaged` where the bytes are no such survey.
  init(groups: [UnitGroup], saved bytes: [UInt8]) throws(CampaignError) {
    self.init(groups: groups)
    var reader = ByteReader(bytes, place: "survey checkpoint")
    let tokenCount = try reader.readCount(max: 1 << 40)
    var sums = self.sums
    var squareSums = self.squareSums
    for slot in sums.indices {
      sums[slot] = try reader.readDouble()
      squareSums[slot] = try reader.readDouble()
    }
    var peaks = self.peaks
    for slot in peaks.indices {
      peaks[slot] = try reader.readArray(max: Self.peakCount) { reader throws(CampaignError) in
        Peak(
          value: try reader.readFloat(), excerpt: Int32(try reader.readCount(max: 1 << 30)),
          token: Int32(try reader.readCount(max: 1 << 20)))
      }
    }
    try reader.finish()
    restore(tokenCount: tokenCount, sums: sums, squareSums: squareSums, peaks: peaks)
  }
}
