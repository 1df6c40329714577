import ArenaTypes
import ArgumentParser
import Interpretation

/// Which units of a campaign are listed, and in which order.
struct UnitFilter: ParsableArguments {
  /// What a list is ordered by.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    case name, score, density, peak
  }

  @Option(help: "Only units of these layers, such as 5,10-14.")
  var layers: IndexList?
  @Option(help: "Only units of this kind: mlp, head, residual or feature.")
  var kind: String?
  @Option(help: "Only units with this in an explanation, a peak word or their name.")
  var search: String?
  @Option(help: "Only units whose best explanation scores this much.")
  var scoreMin: Double?
  @Option(help: "The order: name, score, density or peak; the largest first.")
  var sort = Order.name
  @Option(help: "The most units to list.")
  var limit: Int?

  private static let kinds = ["mlp", "head", "residual", "feature"]

  func validate() throws {
    if let kind, !Self.kinds.contains(kind) {
      throw ValidationError("--kind takes \(Self.kinds.joined(separator: ", ")), not \(kind)")
    }
    if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on") }
  }

  /// The units that are wanted, in order.
  func units(of campaign: Campaign) -> [CampaignUnit] {
    let layers = self.layers.map { Set($0.values) }
    let found = campaign.units.filter { unit in
      let parts = unit.id.parts
      if let layers, !layers.contains(parts?.layer ?? -1) { return false }
      if let kind, Self.kindName(parts?.kind) != kind { return false }
      if let scoreMin, Self.score(unit) ?? -1 < scoreMin { return false }
      return search.map { Self.mentions($0, unit) } ?? true
    }
    let ranked: [CampaignUnit] =
      switch sort {
      case .name: found
      case .score: found.sorted { Self.score($0) ?? -1 > Self.score($1) ?? -1 }
      case .density: found.sorted { $0.density > $1.density }
      case .peak: found.sorted { $0.top20MeanPeak > $1.top20MeanPeak }
      }
    return Array(ranked.prefix(limit ?? ranked.count))
  }

  private static func kindName(_ kind: UnitKind?) -> String {
    kind.map { String($0.rawValue.prefix { $0 != ":" }) } ?? ""
  }

  private static func mentions(_ text: String, _ unit: CampaignUnit) -> Bool {
    let wanted = text.lowercased()
    return unit.id.rawValue.lowercased().contains(wanted)
      || unit.peakWords.contains { $0.contains(wanted) }
      || unit.explanations.contains {
        $0.explanation.text.description.lowercased().contains(wanted)
      }
  }

  private static func best(_ unit: CampaignUnit) -> CampaignExplanation? {
    unit.explanations.max { left, right in
      (left.score?.value ?? -1, right.explanation.id) < (
        right.score?.value ?? -1, left.explanation.id
      )
    }
  }

  private static func score(_ unit: CampaignUnit) -> Double? { best(unit)?.score?.value }

  /// Units as a table with a heading, a line each; names as wide as the longest.
  static func table(of units: [CampaignUnit]) -> [String] {
    let width = units.map { VisibleText.of($0.id.rawValue).count }.max() ?? 0
    return [VisibleText.padded("unit", width) + "         score  density    peak  best explanation"]
      + units.map { line($0, width: width) }
  }

  /// A unit in one line.
  private static func line(_ unit: CampaignUnit, width: Int) -> String {
    let score = best(unit)?.score.map { VisibleText.score($0) } ?? "-"
    let text = best(unit)?.explanation.text.description ?? ""
    return [
      VisibleText.padded(VisibleText.of(unit.id.rawValue), width), VisibleText.right(score, 13),
      VisibleText.right(VisibleText.percent(unit.density), 8),
      VisibleText.right(VisibleText.number(unit.top20MeanPeak), 7), "", VisibleText.of(text),
    ].joined(separator: " ")
  }
}
