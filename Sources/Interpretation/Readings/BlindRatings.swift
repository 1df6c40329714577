import ArenaTypes
import FoundationEssentials

/// What blind readers answered: `{"item", "reader", "ratings": {"a": 80, ...}, "note"}`, a line each.
public struct BlindRatings: Sendable {
  /// One reader's ratings of a unit's texts.
  struct Rating: Hashable {
    let reader: String
    /// 0 to 100 by the text's key.
    let values: [String: Int]
    let note: String
  }

  /// How many points more make a choice.
  static let choiceDifference = 10
  /// From this confidence on one reader's choice stands against another's "can't tell".
  static let loneConfidence = 0.8

  private(set) var ratings: [UnitID: [Rating]] = [:]

  private struct Line: Decodable {
    let item: String
    let reader: String
    let ratings: [String: Int]
    let note: String?
  }

  /// Reads the lines of files and checks them against what the readers were shown.
  ///
  /// - Throws: `readings` with all that is wrong, a line each.
  public init(
    files: [(name: String, content: String)], campaign: Campaign,
    explanations: WrittenExplanations
  ) throws(CampaignError) {
    var problems: [String] = []
    var shown: [String: [String: BlindReading.Item]] = [:]
    for file in files {
      let lines = file.content.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
        do {
          let entry = try Self.decode(line)
          if shown[entry.reader] == nil {
            let reading = BlindReading(
              campaign: campaign, explanations: explanations, reader: entry.reader)
            shown[entry.reader] = Dictionary(
              uniqueKeysWithValues: reading.items.map { ($0.name, $0) })
          }
          guard let item = shown[entry.reader]?[entry.item] else {
            throw ReadingProblem("no item \(entry.item) for reader \(entry.reader)")
          }
          try add(entry, item: item)
        } catch let problem as ReadingProblem {
          problems.append("\(file.name):\(index + 1): \(problem.reason)")
        } catch {
          problems.append("\(file.name):\(index + 1): \(error)")
        }
      }
    }
    if !problems.isEmpty { throw .readings(problems.joined(separator: "\n")) }
  }

  private static func decode(_ line: Substring) throws(ReadingProblem) -> Line {
    do {
      return try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    } catch {
      throw ReadingProblem("no JSON object with item, reader and whole-number ratings")
    }
  }

  private mutating func add(_ line: Line, item: BlindReading.Item) throws(ReadingProblem) {
    var values: [String: Int] = [:]
    for (index, key) in item.keys.enumerated() {
      guard let value = line.ratings[BlindReading.letter(index)], (0...100).contains(value) else {
        throw ReadingProblem(
          "\(line.item): no rating from 0 to 100 for \(BlindReading.letter(index))")
      }
      values[key] = value
    }
    guard line.ratings.count == item.keys.count else {
      throw ReadingProblem("\(line.item): ratings of texts that were not shown")
    }
    let note = line.note ?? ""
    guard note.count <= 200 else { throw ReadingProblem("\(line.item): the note is too long") }
    guard !ratings[item.unit.id, default: []].contains(where: { $0.reader == line.reader }) else {
      throw ReadingProblem("\(line.item) was rated twice by \(line.reader)")
    }
    ratings[item.unit.id, default: []].append(
      Rating(reader: line.reader, values: values, note: note))
  }

  /// The verdicts of all readers on two texts of a unit.
  func verdicts(_ unit: UnitID, _ a: String, _ b: String) -> [ReaderVerdict] {
    (ratings[unit] ?? []).sorted { $0.reader < $1.reader }.compactMap { rating in
      guard let first = rating.values[a], let second = rating.values[b] else { return nil }
      let difference = first - second
      let choice: ReaderVerdict.Choice =
        abs(difference) < Self.choiceDifference ? .undecided : difference > 0 ? .a : .b
      return ReaderVerdict(
        reader: rating.reader, choice: choice,
        confidence: min(1, 0.5 + Double(abs(difference)) / 100), note: rating.note)
    }
  }

  /// What the verdicts decide: the side that two readers chose and none refused, or that one reader
  /// chose with confidence while the others couldn't tell.
  static func decision(_ verdicts: [ReaderVerdict]) -> ReaderVerdict.Choice {
    let a = verdicts.filter { $0.choice == .a }
    let b = verdicts.filter { $0.choice == .b }
    guard verdicts.count >= 2, a.isEmpty != b.isEmpty else { return .undecided }
    let chosen = a.isEmpty ? b : a
    let isSure = chosen.count >= 2 || chosen.contains { $0.confidence >= loneConfidence }
    return isSure ? (a.isEmpty ? .b : .a) : .undecided
  }
}
