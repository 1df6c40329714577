import ArenaCrypto
import ArenaTypes
import CZlib
import Interpretation

/// A campaign's file behind its checksum, which whoever forges a file gets right.
///
/// By the last byte an input is the table of sections with their streams, or the sections' contents,
/// each but the last before a mark. What is read can be checked, compared, written and read again.
enum CampaignFuzz: FuzzTarget {
  static let name = "campaign"

  /// Bytes that no UTF-8 holds, between the contents of two sections.
  private static let mark: [UInt8] = [0xFE, 0xFF, 0xFE, 0xFF]

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let isBody = input.decision() & 1 == 1
    let body = isBody ? input.bytes : Self.body(sections: sections(of: input.bytes))
    guard let hash = try? SHA256.hash(body) else { throw FuzzFinding("no hash") }
    let bytes = Array("NARENA\0C".utf8) + [1, 0, 0, 0] + hash + body
    try TemporaryFolder.with([("campaign.narena", bytes)]) { folder throws(FuzzFinding) in
      guard let campaign = try? Campaign.load(from: folder.path) else { return }
      for unit in campaign.units { try check(unit) }
      _ = (CampaignVerifier().findings(in: campaign), campaign.info.tokenCount)
      let again = try rewritten(campaign, folder["again.narena"])
      let changes = CampaignDiff(from: campaign, to: again)
      try hold(changes.added + changes.removed == [], "other units when written again")
    }
  }

  private static func rewritten(
    _ campaign: Campaign, _ file: String
  ) throws(FuzzFinding) -> Campaign {
    do throws(CampaignError) {
      try campaign.write(to: file)
      return try Campaign.load(from: file)
    } catch {
      throw FuzzFinding("can't be written again: \(error)")
    }
  }

  private static func check(_ unit: CampaignUnit) throws(FuzzFinding) {
    let excerpts =
      unit.clues.map(\.excerpt) + unit.heldOut.map(\.excerpt) + unit.reveals.map(\.excerpt)
    for excerpt in excerpts {
      try hold(
        excerpt.tokens.count == excerpt.activations.count
          && excerpt.tokens.count == excerpt.tokenIDs.count
          && excerpt.activations.allSatisfy(\.isFinite), "\(unit.id): \(excerpt)")
    }
    for pair in unit.pairs where pair.isInPlay {
      try hold(pair.better != nil, "\(unit.id): an undecided pair is in play")
    }
  }

  private static func sections(of bytes: [UInt8]) -> [[UInt8]] {
    var sections: [[UInt8]] = [[]]
    var rest = bytes[...]
    while let first = rest.first {
      if rest.starts(with: mark) {
        sections.append([])
        rest = rest.dropFirst(mark.count)
      } else {
        sections[sections.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return sections
  }

  /// The sections 1, 2 and so on as they stand in a file.
  private static func body(sections: [[UInt8]]) -> [UInt8] {
    func word(_ value: Int) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var table = word(sections.count)
    var streams: [UInt8] = []
    for (index, section) in sections.enumerated() {
      var count = compressBound(uLong(section.count))
      var stream = [UInt8](repeating: 0, count: Int(count))
      compress2(&stream, &count, section, uLong(section.count), Z_NO_COMPRESSION)
      table += word(index + 1) + word(section.count) + word(Int(count))
      streams += stream.prefix(Int(count))
    }
    return table + streams
  }
}
