import ArenaTypes

/// Turns explanations as programs write them into such as the game can hold.
struct ImportedWords {
  /// What became of a text.
  enum Outcome: Hashable {
    /// It fits as it is, but for white space and a full stop at the end.
    case kept(ExplanationText)
    /// Its first clauses fit.
    case shortened(ExplanationText)
    /// Not even the first clause fits, it holds an explicit word, or nothing.
    case dropped
  }

  private static let borders = [", ", "; ", " - ", " (", ". ", ": "]
  private let checks = TextChecks()

  /// Fits `text` into the limits of `ExplanationText` without changing a word of what it keeps.
  func fit(_ text: String) -> Outcome {
    // A bar would part meanings; what writes it means "or" at most.
    var rest = text.replacing("|", with: "/").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    while let last = rest.last, ".,;:".contains(last) { rest.removeLast() }
    if checks.isExplicit(rest) { return .dropped }
    if let whole = try? ExplanationText(rest) { return .kept(whole) }
    while let border = Self.lastBorder(in: rest) {
      rest = String(rest[..<border])
      if let part = try? ExplanationText(rest) { return .shortened(part) }
    }
    return .dropped
  }

  private static func lastBorder(in text: String) -> String.Index? {
    borders.compactMap { border in text.ranges(of: border).last?.lowerBound }.max()
  }

  /// The explanations of a unit that can be kept, best first, at most `countMax`.
  func explanations(
    _ imported: [ImportedExplanation], of unit: UnitID, countMax: Int, report: inout ImportReport
  ) -> [CampaignExplanation] {
    let ranked = imported.enumerated().sorted { left, right in
      let (first, second) = (left.element.score?.value ?? 0, right.element.score?.value ?? 0)
      return (first, right.offset) > (second, left.offset)
    }
    var kept: [CampaignExplanation] = []
    for (_, entry) in ranked where kept.count < countMax {
      let text: ExplanationText
      switch fit(entry.text) {
      case .kept(let whole): text = whole
      case .shortened(let part):
        text = part
        report.shortenedExplanationCount += 1
      case .dropped:
        report.droppedExplanationCount += 1
        continue
      }
      if kept.contains(where: { $0.explanation.text == text }) { continue }
      kept.append(
        CampaignExplanation(
          explanation: Explanation(
            id: ExplanationNaming.id(of: text, unit: unit), unit: unit, text: text,
            author: .machine(entry.author)),
          role: .machine, score: nil, sourceScore: entry.score))
    }
    report.explanationCount += kept.count
    return kept
  }
}
