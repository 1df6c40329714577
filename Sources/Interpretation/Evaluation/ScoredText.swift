public import ArenaTypes

/// One text's score on one unit of a labelled set, to fit scorers by.
public struct ScoredText: Hashable, Sendable, Encodable {
  /// What a text is to the unit.
  public enum Role: String, Sendable, Encodable {
    /// Its own explanation.
    case truth
    /// A false one of the same unit; `kind` says of what sort.
    case rival
    /// The truth in other words.
    case paraphrase
    /// Half of the truth.
    case halfRight
    /// True, and of much else too.
    case tooBroad
    /// Another unit's, drawn at random.
    case mismatch
    /// Another unit's that is hard to tell from its own; `kind` says by what.
    case hard
    /// Wants points without explaining; `kind` says how.
    case attack
    /// A program's; `kind` is its place among what the program says of the unit, from 1.
    case machine
  }

  /// The unit.
  public let unit: UnitID
  /// What the unit is about, where somebody said it.
  public let about: LabelledUnit.Kind?
  /// The text.
  public let text: ExplanationText
  /// What it is to the unit.
  public let role: Role
  /// Its sort within its role.
  public let kind: String?
  /// The score, 0 to 100.
  public let value: Double
  /// The lower end of its interval.
  public let low: Double
  /// The upper end of its interval.
  public let high: Double
  /// The scorer's name and version.
  public let scorer: String
  /// What it is made of, as far as the scorer tells.
  public let parts: ScoreParts?
}

extension ScorerEvaluation {
  /// All scores of a unit, one for each role that a text has.
  func scoredTexts(of unit: Int, _ book: ScoreBook) -> [ScoredText] {
    let labels = set.units[unit]
    func scored(_ role: ScoredText.Role, _ text: ExplanationText?, kind: String? = nil)
      -> ScoredText?
    {
      guard let text, let parted = book.parted(text, on: unit) else { return nil }
      return ScoredText(
        unit: labels.id, about: labels.kind, text: text, role: role, kind: kind,
        value: parted.score.value, low: parted.score.low, high: parted.score.high,
        scorer: parted.score.scorer, parts: parted.parts)
    }
    func others(_ role: ScoredText.Role, _ indices: [Int], kind: String? = nil) -> [ScoredText?] {
      indices.map { scored(role, set.units[$0].explanation, kind: kind) }
    }
    let own = [
      scored(.truth, labels.explanation), scored(.paraphrase, labels.paraphrase),
      scored(.halfRight, labels.halfRight), scored(.tooBroad, labels.tooBroad),
    ]
    let rivals = labels.rivals.map { scored(.rival, $0.text, kind: $0.kind) }
    let strangers =
      others(.mismatch, mismatches[unit])
      + others(.hard, hardNegatives.byMeaning[unit], kind: "meaning")
      + others(.hard, hardNegatives.byText[unit], kind: "text")
    let attacks = self.attacks[unit].map { scored(.attack, $0.text, kind: $0.kind.rawValue) }
    let machine = machineTexts[unit].enumerated().map { place, text in
      scored(.machine, text, kind: "\(place + 1)")
    }
    return (own + rivals + strangers + attacks + machine).compactMap { $0 }
  }
}
