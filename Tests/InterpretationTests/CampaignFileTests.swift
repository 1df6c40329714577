import ArenaCrypto
import ArenaTypes
import FoundationEssentials
import Testing

@testable import Interpretation

@Suite struct CampaignFileTests {
  private func bytes(unitCount: Int = 5) throws -> [UInt8] {
    let campaign = ScriptedCampaign.make(unitCount: unitCount)
    return try CampaignFile.encode(
      info: campaign.info, units: campaign.units, baseline: campaign.baseline)
  }

  @Test func `a campaign comes back from its file as it was`() throws {
    let made = ScriptedCampaign.make(unitCount: 5)
    let sealed = try made.replacing(units: made.units)
    let again = try CampaignFile.decode(
      CampaignFile.encode(info: sealed.info, units: sealed.units, baseline: sealed.baseline),
      path: "")
    #expect(again.contentHash == sealed.contentHash)
    #expect(again.info == sealed.info)
    for (left, right) in zip(again.units, sealed.units) {
      #expect(left.id == right.id)
      #expect(left.clues == right.clues)
      #expect(left.heldOut == right.heldOut)
      #expect(left.reveals == right.reveals)
      #expect(left.explanations == right.explanations)
      #expect(left.pairs == right.pairs)
      #expect(left.peakWords == right.peakWords)
    }
    #expect(
      made.units.map { $0.clues.map(\.excerpt.tokens) }
        == sealed.units.map { $0.clues.map(\.excerpt.tokens) })
  }

  @Test func `a file that was cut off anywhere is refused`() throws {
    let whole = try bytes(unitCount: 2)
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: CampaignError.self) {
        try CampaignFile.decode(Array(whole.prefix(length)), path: "cut")
      }
    }
    #expect(throws: CampaignError.damaged("checksum")) {
      try CampaignFile.decode(whole + [0], path: "longer")
    }
  }

  @Test func `a file with any byte changed is refused`() throws {
    let whole = try bytes(unitCount: 2)
    for position in stride(from: 0, to: whole.count, by: 11) {
      var changed = whole
      changed[position] ^= 0x20
      #expect(throws: CampaignError.self) { try CampaignFile.decode(changed, path: "changed") }
    }
  }

  /// The checksum guards against accidents only: whoever can forge it must still meet checked
  /// lengths everywhere.
  @Test func `forged sections end in an error, never in a crash`() throws {
    let campaign = ScriptedCampaign.make(unitCount: 2)
    var encoder = CampaignEncoder()
    let sections = try encoder.sections(
      info: campaign.info, units: campaign.units, baseline: campaign.baseline)
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for round in 0..<400 {
      var contents = Dictionary(uniqueKeysWithValues: sections.map { ($0.0, $0.1) })
      let target = sections[round % sections.count]
      guard !target.1.isEmpty else { continue }
      var forged = target.1
      let position = Int.random(in: 0..<forged.count, using: &generator)
      forged[position] = UInt8.random(in: 0...255, using: &generator)
      if round.isMultiple(of: 3) { forged.removeLast(forged.count - position) }
      contents[target.0] = forged
      do {
        var decoder = CampaignDecoder(contents: contents)
        _ = try decoder.campaign(contentHash: "")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  /// Decodes `made` with some sections changed.
  private func decode(
    _ made: Campaign, _ change: (inout [CampaignFile.Section: [UInt8]]) -> Void
  ) throws {
    var encoder = CampaignEncoder()
    let sections = try encoder.sections(
      info: made.info, units: made.units, baseline: made.baseline)
    var contents = Dictionary(uniqueKeysWithValues: sections.map { ($0.0, $0.1) })
    change(&contents)
    var decoder = CampaignDecoder(contents: contents)
    _ = try decoder.campaign(contentHash: "")
  }

  @Test func `numbers that nothing can be computed with are refused`() throws {
    let made = ScriptedCampaign.make(unitCount: 1)
    #expect(throws: Never.self) { try decode(made) { _ in } }
    for count in [Int.max, -1] {
      let sources = #"[{"title":"","licence":"","origin":"","tokenCount":\#(count)}]"#
      #expect(throws: CampaignError.damaged("section info: sources")) {
        try decode(made) { contents in
          let info = String(decoding: contents[.info] ?? [], as: UTF8.self)
          contents[.info] = Array(
            info.replacing(#""sources":[]"#, with: "\"sources\":" + sources).utf8)
        }
      }
    }
    // The first excerpt's scale stands before its 20 activations; the number is 7 and some.
    let scale = made.units[0].clues[0].excerpt.activations.map(abs).max() ?? 0
    let stored = withUnsafeBytes(of: scale.bitPattern.littleEndian) { Array($0) }
    for wrong in [-scale, 1e13, .greatestFiniteMagnitude, .nan] {
      #expect(throws: CampaignError.self, "\(wrong)") {
        try decode(made) { contents in
          let bytes = withUnsafeBytes(of: wrong.bitPattern.littleEndian) { Array($0) }
          contents[.units]?.replace(stored, with: bytes, maxReplacements: 1)
        }
      }
    }
    #expect(throws: CampaignError.damaged("section windows: mean")) {
      try decode(made) { $0[.windows] = [0, 1, 0, 0, 0x80, 0x3F + 1] }
    }
  }

  @Test func `a table of sections that lies of their lengths or names is refused`() throws {
    func file(_ entries: [(id: UInt32, count: UInt32)]) throws -> [UInt8] {
      let stream = try Deflate.compress([1, 2, 3])
      var body = ByteWriter()
      body.write(UInt32(entries.count))
      for entry in entries {
        body.write(entry.id)
        body.write(entry.count)
        body.write(UInt32(stream.count))
      }
      for _ in entries { body.write(raw: stream) }
      var file = ByteWriter()
      file.write(raw: CampaignFile.magic)
      file.write(UInt32(CampaignFile.version))
      file.write(raw: try SHA256.hash(body.bytes))
      file.write(raw: body.bytes)
      return file.bytes
    }
    for count: UInt32 in [2, 4, 20_000, 512 << 20, .max] {
      #expect(throws: CampaignError.damaged("section baseline")) {
        try CampaignFile.decode(file([(7, count)]), path: "")
      }
    }
    #expect(throws: CampaignError.damaged("section baseline")) {
      try CampaignFile.decode(file([(7, 3), (7, 3)]), path: "")
    }
    #expect(throws: CampaignError.damaged("section info is missing")) {
      try CampaignFile.decode(file([(7, 3), (99, .max)]), path: "")
    }
  }

  @Test func `a newer format and another file are told apart`() throws {
    var newer = try bytes(unitCount: 1)
    newer[8] = 9
    #expect(throws: CampaignError.newerVersion(found: 9, supported: 1)) {
      try CampaignFile.decode(newer, path: "newer")
    }
    #expect(throws: CampaignError.notACampaign("x")) {
      try CampaignFile.decode(Array("GGUF, perhaps".utf8), path: "x")
    }
    #expect(throws: CampaignError.self) { try Campaign.load(from: "/nowhere/at/all") }
  }

  @Test func `a campaign loads from its file and from the file's folder`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/campaign-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let campaign = ScriptedCampaign.make(unitCount: 2)
    try campaign.write(to: folder + "/campaign.narena")
    let loaded = try Campaign.load(from: folder)
    #expect(loaded.units.map(\.id) == campaign.units.map(\.id))
    #expect(try Campaign.load(from: folder + "/campaign.narena").contentHash == loaded.contentHash)
  }
}
