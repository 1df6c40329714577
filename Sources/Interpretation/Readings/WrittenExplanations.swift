import ArenaTypes
import FoundationEssentials

/// What readers wrote after reading the visible clues: one JSON object a line.
///
/// A line is an explanation, `{"unit", "key", "role", "text", "author", "writer"}`, or says that a
/// unit makes no sense to its reader, `{"unit", "skip", "writer"}`.
public struct WrittenExplanations: Sendable {
  /// One explanation.
  struct Entry: Hashable {
    let unit: UnitID
    let key: String
    let role: CampaignExplanation.Role
    let text: ExplanationText
  }

  /// The explanations by unit, in the order of their keys.
  private(set) var entries: [UnitID: [Entry]] = [:]
  /// The units that a reader found no sense in.
  private(set) var skipped: Set<UnitID> = []

  private struct Line: Decodable {
    let unit: String
    let key: String?
    let role: String?
    let text: String?
    let author: String?
    let writer: String?
    let skip: String?
  }

  /// Reads the lines of files and checks them against the campaign.
  ///
  /// - Parameter files: (name, content) of each.
  /// - Throws: `readings` with all that is wrong, a line each.
  public init(files: [(name: String, content: String)], campaign: Campaign) throws(CampaignError) {
    var problems: [String] = []
    for file in files {
      let lines = file.content.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated()
      where !line.allSatisfy(\.isWhitespace) {
        do {
          try add(line, campaign: campaign)
        } catch {
          problems.append("\(file.name):\(index + 1): \(error.reason)")
        }
      }
    }
    if !problems.isEmpty { throw .readings(problems.joined(separator: "\n")) }
    for unit in entries.keys { entries[unit]?.sort { $0.key < $1.key } }
  }

  private mutating func add(_ line: Substring, campaign: Campaign) throws(ReadingProblem) {
    let entry: Line
    do {
      entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    } catch {
      throw ReadingProblem("no JSON object with a unit")
    }
    let id = UnitID(rawValue: entry.unit)
    guard let unit = campaign.unit(id) else { throw ReadingProblem("no unit \(id)") }
    if entry.skip != nil {
      skipped.insert(id)
      return
    }
    guard let key = entry.key, (1...8).contains(key.count),
      key.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isLowercase) })
    else { throw ReadingProblem("key must be 1 to 8 of a-z and 0-9") }
    guard let role = entry.role.flatMap(CampaignExplanation.Role.init), role != .machine else {
      throw ReadingProblem("role must be true, tooBroad, halfRight or wrongTempting")
    }
    guard entry.author == (role == .intended ? "house" : "rival") else {
      throw ReadingProblem("author must be house for true, rival for the others")
    }
    let text: ExplanationText
    do {
      text = try ExplanationText(entry.text ?? "")
    } catch {
      throw ReadingProblem("text: \(error)")
    }
    try check(text, role: role, unit: unit)
    guard !entries[id, default: []].contains(where: { $0.key == key || $0.text == text }) else {
      throw ReadingProblem("key \(key) or its text stands twice for \(id)")
    }
    entries[id, default: []].append(Entry(unit: id, key: key, role: role, text: text))
  }

  private func check(
    _ text: ExplanationText, role: CampaignExplanation.Role, unit: CampaignUnit
  ) throws(ReadingProblem) {
    let checks = TextChecks()
    if checks.copies(text.description, from: unit.clues) {
      throw ReadingProblem("text repeats five tokens of a clue: \(text)")
    }
    if checks.isExplicit(text.description) { throw ReadingProblem("text is explicit: \(text)") }
    if role == .intended, !unit.isLexical,
      checks.isPeakWordList(text, peakWords: unit.peakWords)
    {
      throw ReadingProblem("text is a list of the clues' peak words: \(text)")
    }
  }
}

/// What is wrong with a line.
struct ReadingProblem: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
