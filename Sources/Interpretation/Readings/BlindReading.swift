import ArenaTypes

/// What a second reader sees: held-out excerpts, and a unit's texts without their authors.
///
/// The order of items and texts is drawn from the campaign's seed, the unit and the reader's name,
/// so it differs between readers and needs no file that tells it.
public struct BlindReading {
  /// A unit with its texts in the reader's order.
  struct Item {
    /// The name under which the reader rates it.
    let name: String
    let unit: CampaignUnit
    /// The texts' keys, in the order a, b, c ...
    let keys: [String]
    let texts: [ExplanationText]
  }

  let items: [Item]

  /// The items of `reader`: all units of the campaign that have two texts or more.
  public init(campaign: Campaign, explanations: WrittenExplanations, reader: String) {
    let seed = SeededGenerator(seed: campaign.info.seed).forked(for: "blind/\(reader)")
    var generator = seed
    let units = campaign.units.filter {
      (explanations.entries[$0.id]?.count ?? 0) >= 2 && !explanations.skipped.contains($0.id)
    }.shuffled(using: &generator)
    items = units.enumerated().map { index, unit in
      var order = seed.forked(for: unit.id.rawValue)
      let entries = (explanations.entries[unit.id] ?? []).shuffled(using: &order)
      let number = String(index + 1)
      let padded = String(repeating: "0", count: max(0, 3 - number.count)) + number
      return Item(
        name: "\(reader)-\(padded)", unit: unit, keys: entries.map(\.key),
        texts: entries.map(\.text))
    }
  }

  /// The pages in Markdown, with `itemCount` items each.
  public func pages(itemCount: Int = 15) -> [String] {
    stride(from: 0, to: items.count, by: max(1, itemCount)).map { start in
      Self.preface
        + items[start..<min(items.count, start + max(1, itemCount))].map(page)
        .joined(separator: "\n")
    }
  }

  private static let preface = """
    # Texts to rate

    A unit fires on the tokens in >>marks<<, in brackets the strength (1.0 is its usual peak); in
    texts without a mark it stays silent. Rate each text from 0 to 100 by how well it would let you
    predict all of this.


    """

  private func page(_ item: Item) -> String {
    var order = SeededGenerator(seed: 0).forked(for: item.name + item.unit.id.rawValue)
    let excerpts = item.unit.heldOut.filter { !$0.settlesContests }.map(\.excerpt)
      .shuffled(using: &order)
    var lines = ["## \(item.name)", ""]
    for excerpt in excerpts {
      lines.append("- " + ReaderSheet.full(excerpt, peakOf: item.unit.top20MeanPeak))
    }
    lines.append("")
    for (index, text) in item.texts.enumerated() {
      lines.append("\(Self.letter(index)): \(text)")
    }
    lines.append("")
    return lines.joined(separator: "\n")
  }

  /// a, b, c ...
  static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(25, index))))
  }
}
