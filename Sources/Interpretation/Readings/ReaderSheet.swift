import ArenaTypes

/// What a reader sees who writes explanations: a unit's visible clues and nothing else.
public struct ReaderSheet {
  /// How many tokens on either side of a peak the short view shows.
  static let reach = 10
  /// From which share of an excerpt's peak on a token is marked.
  static let markedShare: Float = 0.5

  private let campaign: Campaign

  /// Sheets for `campaign`.
  public init(_ campaign: Campaign) { self.campaign = campaign }

  /// The sheets in Markdown, with `unitCount` units each.
  public func pages(unitCount: Int = 15) -> [String] {
    stride(from: 0, to: campaign.units.count, by: max(1, unitCount)).map { start in
      let units = campaign.units[start..<min(campaign.units.count, start + max(1, unitCount))]
      return Self.preface + units.map(page).joined(separator: "\n")
    }
  }

  private static let preface = """
    # Units to explain

    Each unit fires on the tokens in >>marks<<; the strongest is followed by its strength relative to
    the unit's usual peak (1.0), so a clue with 0.3 fires weakly. Silent clues have no mark;
    ␣ is a token that is just a space.


    """

  private func page(_ unit: CampaignUnit) -> String {
    var lines = ["## \(unit.id)", ""]
    if unit.isLexical { lines.append("(its peaks are a handful of words)") }
    let promoted = unit.promoted.map { Self.quoted($0) }.joined(separator: " ")
    lines.append("When it fires, the model expects next: \(promoted)")
    lines.append("")
    for (index, clue) in unit.clues.enumerated() {
      lines.append("\(index + 1). " + Self.short(clue.excerpt, peakOf: unit.top20MeanPeak))
    }
    lines.append("")
    lines.append("In full:")
    lines.append("")
    for (index, clue) in unit.clues.enumerated() {
      lines.append("\(index + 1). " + Self.full(clue.excerpt, peakOf: unit.top20MeanPeak))
    }
    lines.append("")
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ piece: String) -> String {
    "`" + piece.filter { !$0.isNewline && $0 != "`" }.trimmingSpaces() + "`"
  }

  /// The surroundings of the peak.
  static func short(_ excerpt: Excerpt, peakOf usual: Float) -> String {
    guard let peak = excerpt.peak else { return "" }
    let range = max(0, peak - reach)..<min(excerpt.tokens.count, peak + reach + 1)
    let before = range.lowerBound > 0 ? "…" : ""
    let after = range.upperBound < excerpt.tokens.count ? "…" : ""
    return before + marked(excerpt, range: range, usual: usual) + after
  }

  /// The whole excerpt.
  static func full(_ excerpt: Excerpt, peakOf usual: Float) -> String {
    marked(excerpt, range: 0..<excerpt.tokens.count, usual: usual)
  }

  private static func marked(_ excerpt: Excerpt, range: Range<Int>, usual: Float) -> String {
    let peak = excerpt.peak ?? 0
    let strongest = excerpt.activations.isEmpty ? 0 : excerpt.activations[peak]
    // A text in which the unit stays silent has peaks too, but nobody should look at them.
    let isSilent = strongest < PoolDrawing.activeShare * usual
    var text = ""
    for index in range {
      let token = excerpt.tokens[index].filter { !$0.isNewline }
      guard !isSilent, excerpt.activations[index] >= markedShare * strongest else {
        text += token
        continue
      }
      let space = token.hasPrefix(" ") ? " " : ""
      let word = token.trimmingSpaces()
      text += word.isEmpty ? ">>␣<<" : "\(space)>>\(word)<<"
      if index == peak {
        let tenths = Int((strongest / max(usual, 1e-6) * 10).rounded())
        text += "(\(tenths / 10).\(tenths % 10))"
      }
    }
    return text.trimmingSpaces()
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  func trimmingSpaces() -> String {
    var part = self[...]
    while part.first == " " { part = part.dropFirst() }
    while part.last == " " { part = part.dropLast() }
    return String(part)
  }
}
