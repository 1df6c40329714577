import ArenaTypes
import FoundationEssentials

/// Asks fresh readers about pairs in play, drawn at random: whether what counts as right in pick rounds
/// is right by people's judgement.
///
/// They see the second sealed half of the held-out excerpts, which nobody who decided the pairs saw,
/// and neither scores nor authors. The draw follows from the campaign's seed, the order of pairs and
/// sides from the reader's name too.
public struct PairReading {
  /// A pair as one reader sees it.
  struct Item {
    let name: String
    let unit: CampaignUnit
    let pair: ReadPair
    /// What the reader calls `a` and `b`.
    let sides: [CampaignExplanation]
  }

  let items: [Item]

  /// The items of `reader`: `count` pairs in play, or as many as there are.
  public init(campaign: Campaign, count: Int, reader: String) {
    let seed = SeededGenerator(seed: campaign.info.seed).forked(for: "pairs-in-play")
    var draw = seed
    var order = seed.forked(for: reader)
    let all = campaign.units.flatMap { unit in
      unit.pairs.filter(\.isInPlay).map { (unit: unit, pair: $0) }
    }
    let drawn = all.shuffled(using: &draw).prefix(max(0, count)).shuffled(using: &order)
    items = drawn.enumerated().compactMap { index, entry in
      let sides = [entry.pair.a, entry.pair.b].compactMap { id in
        entry.unit.explanations.first { $0.explanation.id == id }
      }
      guard sides.count == 2 else { return nil }
      return Item(
        name: "\(reader)-p\(index + 1)", unit: entry.unit, pair: entry.pair,
        sides: sides.shuffled(using: &order))
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
    # Which text is right?

    A unit fires on the tokens in >>marks<<, in brackets the strength (1.0 is its usual peak); in
    texts without a mark it stays silent. Say which of the two texts would let you predict all of this
    better: a, b, or neither where you can't tell.


    """

  private func page(_ item: Item) -> String {
    var order = SeededGenerator(seed: 0).forked(for: item.name + item.unit.id.rawValue)
    let excerpts = item.unit.heldOut.filter(\.settlesContests).map(\.excerpt)
      .shuffled(using: &order)
    let lines =
      ["## \(item.name)", ""]
      + excerpts.map { "- " + ReaderSheet.full($0, peakOf: item.unit.top20MeanPeak) } + [""]
      + zip(["a", "b"], item.sides).map { "\($0): \($1.explanation.text)" } + [""]
    return lines.joined(separator: "\n")
  }
}

/// What fresh readers answered about pairs in play: `{"item", "reader", "choice": "a", "note"}`, a line
/// each; the choice is `a`, `b` or `neither`.
public struct PairAnswers {
  /// Readers' choices about pairs whose scores lie so far apart.
  public struct Row: Hashable, Sendable {
    /// The gap between the two scores, in points; nil for all pairs.
    public let gap: Range<Double>?
    /// How many pairs.
    public let pairCount: Int
    /// How many answers.
    public let answerCount: Int
    /// Answers that chose what counts as right.
    public let rightCount: Int
    /// Answers that could not tell.
    public let neitherCount: Int
    /// Of the answers that chose a side, those that chose the higher score.
    public let higherCount: Int
  }

  private struct Line: Decodable {
    let item: String
    let reader: String
    let choice: String
  }

  private struct Answer {
    let unit: UnitID
    let pair: ReadPair
    let gap: Double
    /// nil for neither.
    let chosen: CampaignExplanation?
    let higher: ExplanationID?
  }

  private var answers: [Answer] = []

  /// Reads the lines of files against what the readers were shown.
  ///
  /// - Throws: `readings` with the file, the line and what is wrong.
  public init(files: [(name: String, content: String)], campaign: Campaign, count: Int)
    throws(CampaignError)
  {
    var shown: [String: [String: PairReading.Item]] = [:]
    var seen: Set<String> = []
    for file in files {
      let lines = file.content.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, text) in lines.enumerated() where !text.allSatisfy(\.isWhitespace) {
        func fault(_ reason: String) -> CampaignError {
          .readings("\(file.name):\(index + 1): \(reason)")
        }
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)) else {
          throw fault("no JSON object with item, reader and choice")
        }
        let items =
          shown[line.reader]
          ?? Dictionary(
            uniqueKeysWithValues: PairReading(campaign: campaign, count: count, reader: line.reader)
              .items.map { ($0.name, $0) })
        shown[line.reader] = items
        guard let item = items[line.item] else {
          throw fault("no item \(line.item) for reader \(line.reader)")
        }
        guard let side = ["a", "b", "neither"].firstIndex(of: line.choice) else {
          throw fault("the choice is a, b or neither")
        }
        guard seen.insert(line.item).inserted else { throw fault("\(line.item) is answered twice") }
        answers.append(Self.answer(item, chosen: side < 2 ? item.sides[side] : nil))
      }
    }
  }

  private static func answer(_ item: PairReading.Item, chosen: CampaignExplanation?) -> Answer {
    let values = item.sides.map { $0.score?.value ?? 0 }
    return Answer(
      unit: item.unit.id, pair: item.pair, gap: abs(values[0] - values[1]), chosen: chosen,
      higher: values[0] == values[1]
        ? nil : item.sides[values[0] > values[1] ? 0 : 1].explanation.id)
  }

  /// All pairs, then those of each gap.
  public var rows: [Row] {
    ([nil] + PairAgreement.gapBins.map { $0 as Range<Double>? }).map { bin in
      let inside = answers.filter { bin?.contains($0.gap) ?? true }
      let decided = inside.filter { $0.chosen != nil }
      return Row(
        gap: bin,
        pairCount: Set(inside.map { [$0.unit.rawValue, $0.pair.a.rawValue, $0.pair.b.rawValue] })
          .count,
        answerCount: inside.count,
        rightCount: decided.count { $0.chosen?.explanation.id == $0.pair.better },
        neitherCount: inside.count - decided.count,
        higherCount: decided.count { $0.chosen?.explanation.id == $0.higher })
    }
  }
}
